"""What a diagnosis says beside what it is now: what it was taken for earlier, its remission, a cancer it followed."""

from __future__ import annotations

import re

from myofind.diagnostics import InputError, shown
from myofind.domain.patient_facts import line_of
from myofind.names.diagnosis import LONGEST
from myofind.names.laboratory_values import Remark
from myofind.names.normal import unreadable
from myofind.names.vocabulary import resolve

__all__ = ["now_alone"]

_LABELLED = r"(?:d['’]abord |first )?(?:[eé]tiquet[eé]e?|class[eé]e?|diagnostiqu[eé]e?|consid[eé]r[eé]e? comme|labell?ed(?: as)?|diagnosed(?: as| with)?|considered)"
_RECLASSIFIED = (
    rf"(?i)\s*(?P<led>(?:ex|anciennement|formerly|previously|initially|initialement|first|d['’]abord|{_LABELLED})[\s:-]+)?(?P<before>[^,;(]+?)[\s,;(]+"
    r"(?:(?:now |since |puis |then )?(?:(?:diagnosis |diagnostic )?(?:reclass(?:ified|ed|[ée]e?|ifi[ée]e?)|requalifi[ée]e?|relabell?ed|umklassifiziert|r[ée]vis[ée]e?|revised|corrig[ée]e?|corrected)"
    r"|puis|then|dann|devenue?)|(?(led)(?:now|maintenant|actuellement|finalement|finally)|(?!)))(?:\s+(?:as|to|into|en|comme|als))?\s+(?P<now>[^)]+)\)?\s*"
)
_FORMERLY = r"(?i)\s*(?P<now>[^,;(]+?)[\s,;(]+(?:ex|anciennement|formerly|previously|initially|initialement)[\s:-]+(?:diagnosed (?:as|with)\s+)?(?P<before>[^)]+?)\)?\s*"
_REMISSION = r"(?i)\s*(?P<disease>[^,;(]+?)[\s,(]+(?P<course>(?:(?:now|currently|actuellement|in|en|complete|partial|compl[eè]te|partielle)\s+)*(?:r[eé]missions?|remitted))(?P<rest>\)?(?:\s*[,;].*|\s*))"
_REACHED = r"(?i)cancer|n[eé]opla|malign|tumou?r|\b(?:ilds?|pid|with|avec|mit)\b"
"""What remission may be said of, where it stands before it."""
_AFTER_CANCER = r"(?i)\s*[,(]?\s*\b(?:post|after|apr[eè]s|nach)[\s-]+(?:(?:an?|une?|the|le|la|einem)\s+)?(?:para)?(?:cancer|n[eé]opla|malign|tumou?r)"
_BLANK = r"\S\s*(?:[:=]\s*(?=[,;)]|\Z)|[(\[]\s*[)\]])"
_SMALL_END = r"(?i)\s(of|the|an|in|by|to|de|du|des|la|le|au|aux|par|[aà]|secondaire|secondary)\s*\Z"
"""A small word at the end, behind which something is missing."""
_LUPUS = r"(?i)(?<![\w'’-])les(?=\s*(?:[,;)/+&]|\Z|\s(?:et|ou|ni|avec|sans|and|or|with)\b))"
"""French `LES`, which with a noun behind it is the article."""
_BILLING = r"(?i)\s*[(\[]\s*(?:cms\s*[-/]\s*)?hcc\s*[)\]]"  # `(CMS/HCC)`: that a diagnosis counts for the payer


def now_alone(typed: str) -> tuple[str, tuple[Remark, ...]]:
    """A diagnosis as it is now, its shorthand written out, and what is told of the rest.

    Raises InputError for a form that was not filled in, and where it is not plain whether a cancer is over.
    """
    _check_filled(typed)
    if "/" in typed or "hcc" in typed.casefold():
        typed = re.sub(r"(?i)(?<![\w/])w/\s?o\b", "without", re.sub(_BILLING, "", typed))
        typed = re.sub(r"(?i)(?<![\w/])(?:w/\s?|c/\s)(?=\w)", "with ", typed)
    typed = re.sub(_LUPUS, "lupus", typed)
    if "hep" in typed.casefold() or "hép" in typed.casefold():
        from myofind.asking.fact_lists import each_hepatitis

        typed = each_hepatitis(typed)
    return _as_it_is_now(typed)


def _check_filled(typed: str) -> None:
    """Raise InputError for a form that was not filled in: `DM, cancer:`, `DM, PID ( )`, `DM par`; and for letters that nobody reads."""
    if strange := next(filter(unreadable, typed.split()), ""):
        raise InputError(
            (f"`{shown(typed)}`: `{shown(strange, 40)}` is not understood", f"`{shown(typed)}` : `{shown(strange, 40)}` n'est pas compris"),
            ("write it in Latin letters, or leave it out", "l'écrire en lettres latines, ou l'omettre"),
        )  # fmt: skip
    blank, small = re.search(_BLANK, typed), re.search(_SMALL_END, typed)
    if (blank := blank or small) is not None:
        name = shown((typed[: blank.end()] if blank is not small else blank[1]).strip(), 40)
        raise InputError(
            (f"`{shown(typed)}`: nothing stands behind `{name}`", f"`{shown(typed)}` : rien ne suit `{name}`"),
            ("say what holds, as `DM, cancer: no`, or leave the name out", "dire ce qu'il en est, comme `DM, cancer : non`, ou ne pas donner le nom"),
        )  # fmt: skip


def _as_it_is_now(typed: str) -> tuple[str, tuple[Remark, ...]]:
    """A diagnosis without the one it was taken for earlier (`ex-PM reclassée ASyS`) and without its remission, both told.

    A disease of childhood stays: it says when the disease began. Raises InputError where it followed a cancer of which nothing else is said.
    """
    if len(typed) > LONGEST:
        return typed, ()
    if (after := re.search(_AFTER_CANCER, typed)) is not None:
        disease = typed[: after.start()].strip() or "DM"
        raise InputError(
            (f"`{shown(typed)}`: when was the cancer, and is it over?", f"`{shown(typed)}` : de quand date le cancer, et est-il guéri ?"),
            (
                f'write `-s "{disease}" -F "cancer 2019"` with its year, or `-F cancer` where it is there now',
                f'écrire `-s "{disease}" -F "cancer 2019"` avec son année, ou `-F cancer` s\'il est présent',
            ),
        )  # fmt: skip
    for form in (_RECLASSIFIED, _FORMERLY):
        found = re.fullmatch(form, typed)
        before = _disease(found["before"]) if found else None
        if found and before is not None and "jiim" not in line_of(before) and _begins_with_disease(found["now"]):
            return found["now"].strip(), (Remark("reclassified", (found["before"].strip(),)),)
    found = re.fullmatch(_REMISSION, typed)
    if found and _disease(found["disease"]) is not None and not re.search(_REACHED, found["disease"]):
        return f"{found['disease']}{found['rest'].removeprefix(')')}", (Remark("degree_unused", (found["course"],)),)
    return typed, ()


def _disease(typed: str) -> str | None:
    """The disease that a text names exactly and alone."""
    return resolve("subtypes", typed, exact=True).id


def _begins_with_disease(typed: str) -> bool:
    """Does a text begin with the name of a disease?"""
    said = re.split(r"[\s,;(]+", typed)
    return any(_disease(" ".join(said[:count])) is not None for count in range(1, min(len(said), 6) + 1))
