"""A diagnosis as typed, which often carries its antibody: `anti-Jo1 polymyositis` is polymyositis and a positive anti-Jo-1."""

from __future__ import annotations

import re

from myofind.names.compiled_files import read
from myofind.names.facts import FactId
from myofind.names.laboratory_values import LabResult, Refusal, Remark
from myofind.names.normal import compact
from myofind.names.subtypes import is_inflammatory
from myofind.names.vocabulary import Resolution, exact_id, resolve
from myofind.records import NamedTuple

__all__ = ["DiagnosisReading", "read_diagnosis"]


class DiagnosisReading(NamedTuple):
    """The subtype a text names, the antibodies it names with their results, and what the reader should be told."""

    subtype: Resolution
    results: tuple[LabResult, ...]
    problems: tuple[Refusal, ...] = ()
    """Why the antibodies cannot be read."""
    remarks: tuple[Remark, ...] = ()
    """What the reader of the answer should be told about how the text was read."""
    qualifier: str | None = None
    """What the words say of the disease beside its name: `cam` where it is associated with a cancer."""
    facts: tuple[FactId, ...] = ()
    """The facts that the words of the disease say hold: lung disease that progresses rapidly in "RP-ILD"."""


LONGEST = 300
"""Characters of a diagnosis that are read."""
_MARK = r"^\s*\?+|\s*(?:\?+|[(\[]\s*\?+\s*[)\]])\s*$"
"""A question mark before or after a whole diagnosis."""
_DOUBT = (
    r"(?i)^\s*(?P<before>suspected|suspicion (?:of|de)|suspicion d['’]|suspect[ée]e?|possible|possibly|likely|presumed|v\. ?a\.|verdacht auf|vd\. ?a\.)(?:\s+|(?<=['’]))(?P<named>\S.*)$"
    r"|^\s*(?P<alone>\S.*?)[\s,(]+(?P<after>suspected|suspect[ée]e?|possible|suspicion|vermutet)\)?\s*$"
)
"""A word before or after a whole diagnosis that says of it what a question mark says."""
_SEVERAL = r"(?i)[,;:=/()\[\]+&.]|\s[-–—]\s|\b(?:and|et|und|with|avec|mit|without|sans|ohne)\b|paran|cancer|malign|tumou?r|neopl|néopl"
"""Signs of more than one diagnosis: a question mark may then stand with any part."""
_DASHES = r"\s?[-–—−]\s?[-–—−]"
"""Two dashes after the name of an antibody: one of them may be its result."""
_MINUS = ("-", "–", "—", "−")
_LUNG = r"(?i)\w[\s/-]?(?<!\s-)(?:rp[\s-]?)?(?:ilds?|pid)\b|\bassoc\w+\s+(?:rp[\s-]?)?ilds?\b(?!\s*[-+?])"
"""Lung disease written with a diagnosis, without a word or sign between that could deny it."""
_WORSENING = r"(?i)\b(?:ilds?|pid)[\s-]+[eé]volutive|\b(?:progressive|worsening)\s+(?:ild|lung)"
"""Lung disease that gets worse."""
_CANCER = ("paraneopla", "cancer", "malignan", "tumour", "tumor", "neopla")


def read_diagnosis(text: str, *, exact: bool = False) -> DiagnosisReading:
    """Read a diagnosis in English or French, and the antibodies named with it.

    >>> reading = read_diagnosis("JDM NXP2+")
    >>> reading.subtype.id, [(r.id, r.result) for r in reading.results]
    ('jdm', [('nxp2', 'positive')])
    """
    text = " ".join(text.split()) if len(text) > LONGEST else text  # long runs of spaces are read slowly
    key = compact(text)
    results: tuple[LabResult, ...] = ()
    problems: tuple[Refusal, ...] = ()
    remarks: list[Remark] = []
    short = len(text) <= LONGEST
    marked = short and "?" in text
    plain = not marked and key in read("keys_subtypes")
    if short and (not plain or key in read("mentioning_subtypes")):
        from myofind.names.codes import without_codes
        from myofind.names.diagnosis_antibodies import read_antibodies

        codes, words = without_codes(text)
        named = read_antibodies(words)
        results, problems = named.results, (named.refusal,) if named.refusal else ()
        if any(re.search(re.escape(result.typed.rstrip("-–—− ")) + _DASHES, words) for result in results):
            problems = (Refusal("unclear_sign", ("--",)),)
        if named.alone is not None or named.rest != words:
            words = named.rest if named.alone is None else named.alone
            text = " ".join([words, *(code.typed for code in codes)]).strip()
    if marked and "?" in text and not re.search(_SEVERAL, re.sub(_MARK, "", text).strip()):
        text = re.sub(_MARK, "", text).strip()
        remarks.append(Remark("in_doubt", (text,)))
    doubt = re.match(_DOUBT, text) if short and not (plain or results or problems) else None
    if doubt and exact_id("subtypes", doubt["named"] or doubt["alone"]) is not None:
        text = doubt["named"] or doubt["alone"]
        remarks.append(Remark("doubted", (text, (doubt["before"] or doubt["after"]).strip())))
    if (
        short
        and key
        and ("?" in text or text.rstrip(" )]").endswith(_MINUS))
        and not problems
        and not any(result.typed in text for result in results)
    ):
        problems = (Refusal("unclear_sign", (text.strip()[-1:] if "?" not in text else "?",)),)
    subtype = (_joined_by_signs(text) if short and not plain else None) or resolve("subtypes", text, exact=exact)
    subtype = _with_antibodies(subtype, results) if results and not problems else subtype
    facts: tuple[FactId, ...] = ()
    beside_lung = _beside_lung_disease(text) if subtype.id is None and not problems and not marked else None
    if beside_lung is not None:
        subtype = _with_antibodies(Resolution("subtypes", text, "exact", beside_lung, (), (), "a_name"), results)
        facts = (_lungs(text) or "ild",)
    elif subtype.outcome in ("unknown", "ambiguous") or not is_inflammatory(str(subtype.id)):
        joined = _beside_another(text, exact)
        if joined is not None:
            subtype, company = joined
            remarks += [Remark("also_mentioned", (f"@{id}",)) for id in company]
    if subtype.id in ("asys_ild", "mda5_ild") and (course := _lungs(text)) is not None:
        facts = (course,)
    qualifier = "cam" if subtype.id not in (None, "cam") and any(stem in key for stem in _CANCER) else None
    if qualifier:
        remarks.append(Remark("cancer_associated"))
    return DiagnosisReading(subtype, results, problems, tuple(remarks), qualifier, facts)


def _lungs(text: str) -> FactId | None:
    """What the words say of the course of lung disease, in whichever order they stand: `RP-ILD`, `PID RP`, `PID évolutive`."""
    from myofind.names.diagnosis_words import diagnosis_words
    from myofind.names.normal import words

    return (
        "rpild" if "rapid" in diagnosis_words(words(text)) else "ild_worsening" if re.search(_WORSENING, text) else None
    )


def _beside_another(text: str, exact: bool) -> tuple[Resolution, list[str]] | None:
    """The inflammatory disease of two that words join, or that stand side by side, and the other."""
    from myofind.names.diagnosis_joined import side_by_side, with_company

    return with_company(text, exact) or side_by_side(text)


def _with_antibodies(subtype: Resolution, results: tuple[LabResult, ...]) -> Resolution:
    """The subtype of its own that a disease is with the antibodies found beside it: `DM MDA5+ Ro52-` is anti-MDA5 dermatomyositis."""
    from myofind.names.diagnosis_bags import refined

    positive = [one.id for one in results if one.result == "positive"]
    return subtype if subtype.id is None else subtype._replace(id=refined(subtype.id, positive))


def _joined_by_signs(text: str) -> Resolution | None:
    """Two names of a text that signs part, where which of them is meant is plain or asked about."""
    if text.isalnum():
        return None
    from myofind.names.diagnosis_joined import either, kind_of_general, of_two_words

    return either(text) or of_two_words(text) or kind_of_general(text)


def _beside_lung_disease(text: str) -> str | None:
    """The kind of myositis in `DM-ILD`, `PM ILD`, `dermatomyositis-associated ILD`; of no kind the antibody is asked for."""
    if not re.search(_LUNG, text):
        return None
    from myofind.names.diagnosis_bags import owner_beside_lung_disease

    owner = owner_beside_lung_disease(text)
    return owner if owner is not None and owner != "iim" and is_inflammatory(owner) else None
