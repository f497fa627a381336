"""The dose of a treatment as typed: of a steroid milligrams a day, which trials ask; of other drugs passed over aloud."""

from __future__ import annotations

import re
from collections.abc import Sequence

from myofind.asking.tokens import Text, Token, refusal
from myofind.diagnostics import InputError, shown
from myofind.domain.patient import Amount
from myofind.domain.treatment_facts import STEROID, of_class
from myofind.records import NamedTuple

__all__ = ["PREDNISONE", "REPEATED", "Dose", "counted", "dose_of", "dose_words"]

PREDNISONE = {"prednisone": 1.0, "prednisolone": 1.0, "glucocorticoid": 1.0, "methylprednisolone": 1.25}
"""What a milligram of a steroid counts in prednisone."""
MOST = 1000
"""Milligrams a day that nobody takes more of."""

_NUMBER = r"[0-9]+(?:[.,][0-9]+)?"
_DAY = r"(?:days?|jours?|tag|d|j)"
_OFTEN = rf"(?:{_DAY}|weeks?|wks?|w|semaines?|sem|s|wochen?|months?|mois|mo|monate?)"
_EVERY = r"(?:(?:every|each|toutes?\sles|tous\sles|chaque|alle|q)\s*(?:other\s+)?)"
_UNIT = r"(?:mg|g|mcg|ug|ml|ui|iu|cp|cpr|comprimes?|tablets?|tabs?|gelules?|ampoules?|tabletten)"
_COURSE = r"(?:bolus|cures?|doses?|perf(?:usion)?s?|infusions?|cycles?|pulses?|injections?|courses?|gaben|seances?|sessions?|sitzungen|echanges?|exchanges?)"
_TALK = re.compile(
    rf"""(?<![a-z0-9])(?:
    (?:[0-9]+\s*x\s*)?{_NUMBER}(?:\s*[-–]\s*{_NUMBER})?\s*{_UNIT}(?:\s*(?:/|par|per|pro|a)\s*(?:kg|m2|{_OFTEN}|[0-9]+\s*h(?:ours|eures)?))*
  | (?:x\s*)?[0-9]+\s*(?:x|times|fois|mal)?\s*(?:/|par|per|pro|a)\s*{_OFTEN}
  | [0-9]+\s*x\s*[0-9]+ | x\s*[0-9]+ | [0-9]+\s*x | [0-9]-[0-9]-[0-9](?:-[0-9])?
  | (?:x\s*)?[0-9]+\s*(?:j|jours?|days?)\s*(?:/|par|per)\s*{_OFTEN} | [jdsw][0-9]{{1,2}}\s*(?:[-/+,&]|et|and|puis)\s*[jdsw][0-9]{{1,2}}
  | (?:once|twice|une\s+fois|deux\s+fois|einmal|zweimal)\s+(?:a|per|par|pro)\s*{_OFTEN}
  | {_EVERY}(?:[0-9]+\s*)?{_OFTEN} | (?:/|par|per|pro)\s*(?:[0-9]+\s*)?{_OFTEN}
  | [0-9]+\s*{_COURSE}
  | [jd][0-9]{{1,2}} | (?:/|{_EVERY})\s*[0-9]+\s*(?:h|hours|heures) | [0-9]\s*(?:j|jours?)\s*(?:/|sur)\s*[0-9] | un\s+jour\s+sur\s+deux | alternate\s+days
  | daily|weekly|monthly|quarterly|once|twice|qd|od|bid|tid|qw|quotidien(?:ne)?s?|mensuel(?:le)?s?|hebdomadaires?|hebdo|bimensuel(?:le)?s?|taglich|wochentlich|monatlich
  | iv|sc|po|intramusculaires?|i\.v\.?|s\.c\.?|p\.o\.?|per\s+os|oral(?:e|ly)?|intraveineu(?:x|se)s?|intravenous(?:ly)?|sous[\s-]cutanee?s?|subcutaneous(?:ly)?|low[\s-]dose|high[\s-]dose
  | lp|xr|sr|retard
  | (?:le\s+)?matin\s*(?:,\s*midi\s*)?(?:et|,|/|\+)\s*(?:le\s+)?soir | (?:morning\s+and\s+(?:evening|night)) | (?:le\s+)?(?:matin|soir)|morning|evening|morgens|abends
  | nightly|at\s+(?:night|bedtime)|nocte|qhs|au\s+coucher
    )(?![a-z0-9])""",
    re.VERBOSE,
)
"""What is said of how much and how often: amounts, frequencies, days of a cycle, routes."""
_SLASHED = re.compile(rf"\s*/\s*{_OFTEN}(?![a-z0-9])")
_DAILY = re.compile(
    rf"(?P<low>{_NUMBER})(?:\s*[-–]\s*(?P<high>{_NUMBER}))?\s*(?P<unit>mg|g)(?:\s*(?:/|par|per|pro|a)\s*{_DAY})?"
)
_WITHOUT_DOSE = re.compile(
    r"(?:daily|once\s+(?:a|per)\s+day|quotidien(?:ne)?s?|taglich|qd|od|po|p\.o\.?|per\s+os|oral(?:e|ly)?|(?:le\s+)?matin|morning|morgens|low[\s-]dose)\Z"
)


class Dose(NamedTuple):
    """The dose of a steroid in prednisone-equivalent, what was said of a dose and is not used, and that of a course that ended."""

    amount: Amount | None
    unused: str = ""
    ended: tuple[str, ...] = ()


class DoseWords(NamedTuple):
    """Where a text speaks of doses, as places of their first and last sign, and the tokens left."""

    spans: tuple[tuple[int, int], ...]
    rest: list[Token]


def dose_words(text: Text, rest: Sequence[Token]) -> DoseWords:
    """What is said of how much and how often, parted from the rest."""
    spans: list[tuple[int, int]] = []
    for match in _TALK.finditer(text.folded):
        start, end = match.span()
        if (more := _SLASHED.match(text.folded, end)) is not None:
            end = more.end()
        inside = [token for token in rest if start <= token.start < end]
        if inside and inside[0].start == start and inside[-1].end == end and not _in_time(text, start, end):
            spans.append((start, end))
    left = [token for token in rest if not any(start <= token.start < end for start, end in spans)]
    return DoseWords(tuple(spans), left)


def dose_of(text: Text, words: DoseWords, drug: str, began: int = 0) -> Dose:
    """The dose of the course that begins at a place of the text; what stands before it is of one that ended.

    Raises InputError where a dose of a steroid is not plainly one of a day.
    """
    ended = tuple(text.folded[start:end] for start, end in words.spans if start < began)
    said = [text.folded[start:end] for start, end in words.spans if start >= began]
    if not said or drug not in PREDNISONE or not of_class(drug, STEROID):
        return Dose(None, " ".join(said), ended)
    return Dose(_of_day(text, said, drug), ended=ended)


def _of_day(text: Text, said: Sequence[str], drug: str) -> Amount | None:
    """Milligrams of a steroid a day from all that is said of its dose."""
    amounts = [each for each in said if not _WITHOUT_DOSE.match(each)]
    counts = [count for each in amounts if (count := _tablets(each))]
    daily = [_daily(each, drug) for each in amounts if not _tablets(each)]
    if len(daily) > 1 or None in daily or len(counts) > 1 or (counts and not daily):
        raise _not_daily(text, drug)
    dose = daily[0] if daily else None
    if dose is None or not counts or counts == [1]:
        return dose
    if _SLASHED_DAY.search(" ".join(amounts)) or dose.low is None or dose.high is None:
        raise _not_daily(text, drug)  # a dose of a day, and how often a day
    return Amount(dose.low * counts[0], dose.high * counts[0])


REPEATED = re.compile(
    r"every|each|tou(?:te)?s |chaque|alle |q[0-9 ]|monthly|weekly|quarterly|mensuel|hebdo|wochentlich|monatlich|/ ?[0-9]* ?(?:w|sem|mo)"
)
"""Said of a drug that is given at intervals."""


_TIMES = re.compile(rf"\b(?:[0-9]+\s*{_COURSE}|once|twice)\b")
_OFTEN_SAID = re.compile(rf"daily|quotidien|taglich|\b(?:qd|od|bid|tid|qw)\b|(?:/|\bpar|\bper|\bpro|\ba)\s*{_OFTEN}\b")


def counted(unused: str) -> bool:
    """Is only the number of courses said, as `6 cures` or `once`, which are over some day, and not how often it is taken?"""
    return bool(_TIMES.search(unused)) and not (REPEATED.search(unused) or _OFTEN_SAID.search(unused))


def _in_time(text: Text, start: int, end: int) -> bool:
    """Is it a part of a time: of a date in figures, of `8 months ago`, of `il y a 3 mois`?"""
    before, after = text.folded[:start].rstrip(), text.folded[end:].lstrip()
    return bool(
        re.match(r"[-/.][0-9]|ago\b", after)
        or re.search(
            r"[0-9][-/.]\Z|\b(?:since|depuis|seit|for|pendant|vor|il y a|jusqu')\s*(?:the\s+)?\Z", before + " "
        )
    )


_TABLETS = re.compile(
    rf"(?P<count>[0-9]+)\s*(?:cp|cpr|comprimes?|tablets?|tabs?|gelules?|tabletten)(?:\s*(?:/|par|per|pro|a)\s*{_DAY})?"
    rf"|x\s*(?P<times>[1-4])\s*(?:/|par|per|pro|a)\s*{_DAY}|(?P<often>[1-4])\s*(?:x|times|fois|mal)\s*(?:/|par|per|pro|a)\s*{_DAY}"
    r"|(?P<each>[0-9](?:-[0-9]){2,3})"
)
"""How many tablets a day, or how often: `2 cp`, `x3/j`, `1-0-1`."""
_SLASHED_DAY = re.compile(rf"(?:mg|g)\s*(?:/|par|per|pro)\s*{_DAY}")


def _tablets(said: str) -> int:
    """How often a day a strength is taken; 0 for what does not say it."""
    found = _TABLETS.fullmatch(said)
    if found is None:
        return 0
    return (
        sum(map(int, found["each"].split("-")))
        if found["each"]
        else int(found["count"] or found["times"] or found["often"])
    )


def _daily(said: str, drug: str) -> Amount | None:
    """Milligrams a day, as prednisone; None for what is no such dose."""
    read = _DAILY.fullmatch(said)
    if read is None:
        return None
    factor = PREDNISONE[drug] * (1000 if read["unit"] == "g" else 1)
    low, high = (round(float((read[end] or read["low"]).replace(",", ".")) * factor, 3) for end in ("low", "high"))
    return Amount(low, high) if 0 < low <= high <= MOST * PREDNISONE[drug] else None


def _not_daily(text: Text, drug: str) -> InputError:
    return refusal(
        f"`{shown(text.typed)}`: of a steroid the dose of a day in mg is read, up to {MOST} mg",
        f"`{shown(text.typed)}` : d'un corticoïde, la dose quotidienne en mg est lue, jusqu'à {MOST} mg",
        (f"write it so: `{drug} 15 mg`; of a pulse: `iv steroids until 2026-05`", f"l'écrire ainsi : `{drug} 15 mg` ; d'un bolus : `bolus de corticoïdes jusqu'en 2026-05`"),
    )  # fmt: skip
