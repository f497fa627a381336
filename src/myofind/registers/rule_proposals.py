"""Rules that the words of a record's criteria suggest: one reading of a line each, for a curator to take or leave.

A rule is proposed only where a line names a fact or a drug of the vocabulary and says how it counts; every other line is
left as a note to write. Nothing proposed is written into an entry but as a comment.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from myofind.domain.rules import fact_rule
from myofind.domain.satisfiable import unmeetable
from myofind.domain.treatment_facts import of_class
from myofind.editing.yaml_text import Value
from myofind.names.compiled_files import read
from myofind.names.facts import FACTS
from myofind.names.normal import compact
from myofind.names.vocabulary import resolve
from myofind.records import NamedTuple
from myofind.registers.criteria_quotes import Line, antibodies, longest_names, subtypes

LONGEST_LINE = 1500
"""Characters of a line that are read; what follows is an explanation."""

_NUMBERS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "twelve": 12}
_COUNT = rf"(\d+(?:\.\d+)?|{'|'.join(_NUMBERS)})"
_UNIT = r"(day|week|month|year)s?"
_WINDOW = re.compile(
    rf"(?:(?:with)?in|during|over|for)(?: at least)?(?: the)?(?: last| past| previous| preceding| prior)? {_COUNT}[ -]?{_UNIT}"
    rf"|{_COUNT}[ -]?{_UNIT} (?:prior to|before|preceding)|(?:last|past|previous) {_COUNT} {_UNIT}",
    re.IGNORECASE,
)
_NEGATED = re.compile(
    r"\b(?:no|not|without|absence of|free (?:of|from)|never|other than|except|unless|negative)\b", re.IGNORECASE
)
_QUALIFIED = re.compile(
    r"\b(?:severe|uncontrolled|unstable|significant|advanced|end-stage|moderate|mild|clinically|serious|major)[ -]+$",
    re.IGNORECASE,
)
_NOW = re.compile(
    r"\b(?:current(?:ly)?|concomitant(?:ly)?|ongoing|receiving|taking|on treatment with|use of)\b", re.IGNORECASE
)
_EVER = re.compile(r"\b(?:prior|previous(?:ly)?|history of|ever|past|any exposure)\b", re.IGNORECASE)
_STABLE = re.compile(r"\bstable\b|\bunchanged\b", re.IGNORECASE)
_DOSE = re.compile(
    r"(?:≤|<=|less than or equal to|up to|no more than|not (?:more than|exceed(?:ing)?)|maximum(?: dose)?(?: of)?|at most) ?(\d+) ?mg",
    re.IGNORECASE,
)
_SIGN = re.compile(
    r"(?P<min>>=|≥|at least|no less than|greater than or equal to|minimum of)|(?P<max><=|≤|at most|no more than|not exceeding|less than or equal to|up to)"
    r"|(?P<above>>|more than|greater than|above|over|exceeding)|(?P<below><|less than|lower than|below|under)",
    re.IGNORECASE,
)
_AMOUNT = re.compile(
    r"(?:of |or equal to )?(\d+(?:[.,]\d+)?)(?: ?/ ?(\d+))?(?: ?(%|[a-zA-Zµ×^][\w/µ×^.²³]*(?: ?(?:ULN|predicted))?))?"
)
_INVERTED = {"min": "below", "max": "above", "above": "max", "below": "min"}
_REFRACTORY = re.compile(
    r"refractory|inadequate(?:ly)? (?:respon|control)|insufficient(?:ly)? respon|\bfail(?:ed|ure)\b.{0,60}(?:treat|therap|drug|immunosuppress|steroid|glucocort)|"
    r"resistant to",
    re.IGNORECASE,
)
_FAILED = re.compile(
    r"(?:≥|>=|at least|minimum of)? ?\b(two|three|one|[1-3])\b(?: or more)?.{0,60}?\b(?:immunosuppress|agents?|drugs?|DMARD|lines?|therap(?:y|ies)|treatments?|medications?)",
    re.IGNORECASE,
)
_TIMED = re.compile(
    rf"(?P<clock>diagnos\w+|onset|first symptoms?|symptom duration|disease duration|duration of (?:the )?disease)\b[^.;]{{0,60}}?"
    rf"(?P<sign>at least|≥|>=|>|more than|longer than|greater than|within(?: the (?:last|past))?|less than|<|≤|<=|no more than|up to) ?{_COUNT}[ -]?{_UNIT}",
    re.IGNORECASE,
)
_TIMES = {
    "at least": "min", "≥": "min", ">=": "min", ">": "above", "more than": "above", "longer than": "above", "greater than": "above",
    "less than": "below", "<": "below", "≤": "max", "<=": "max", "no more than": "max", "up to": "max",
}  # fmt: skip
_REQUIRED = frozenset({"ild", "rpild", "ild_fibrotic", "calcinosis", "treatment_naive", "tablets", "muscle_weakness"})
"""Facts that a line of the inclusion criteria requires when it names them; others may stand there as an example."""
_BARRED = frozenset(
    {
        "active_infection", "anticoagulant", "calcinosis", "cancer", "cell_therapy", "dialysis", "drug_induced", "ild", "other_trial", "pregnancy",
        "pulmonary_hypertension", "rpild", "severe_muscle_damage", "transplant",
    }
)  # fmt: skip
"""Facts that a line of the exclusion criteria bars when it names them."""


class Proposal(NamedTuple):
    """A rule that a line suggests: the key of the eligibility it belongs under, the fact where it is one, the rule."""

    line: Line
    key: str
    id: str
    rule: Value


def proposals(lines: Sequence[Line]) -> tuple[Proposal, ...]:
    """What the lines suggest, in their order; of several rules on one fact the first."""
    seen: set[tuple[str, str]] = set()
    kept = []
    for line in lines:
        if line.elsewhere or line.heading:
            continue
        for one in _of_line(line._replace(text=line.text[:LONGEST_LINE])):
            place = (one.key, one.id)
            if one.key != "facts" or place not in seen:
                seen.add(place)
                kept.append(one._replace(line=line))
    return tuple(kept)


def _of_line(line: Line) -> Iterator[Proposal]:
    kinds = subtypes(line.text)
    if kinds:
        yield Proposal(line, "subtypes", "excludes" if line.section == "exclusion" else "admits", list(kinds))
    named = antibodies(line.text)
    if named and not _NEGATED.search(line.text):
        key = "excluded" if line.section == "exclusion" else "required_any"
        yield Proposal(line, "autoantibodies", key, list(named))
    yield from _clocks(line)
    yield from _facts(line)
    yield from _drugs(line)


# Names in a line ------------------------------------------------------------------------------------------------------


class _Name(NamedTuple):
    """A name of the vocabulary in a line: its id, where it begins and where it ends."""

    id: str
    start: int
    end: int


_WORD = re.compile(r"[^\W_]+(?:[-/][^\W_]+)*")


def _names(kind: str, text: str) -> list[_Name]:
    """The names of a kind in a line, the longest first at each place; ordinary short words are none."""
    keys = read(f"keys_{kind}")
    words = [match.span() for match in _WORD.finditer(text)]

    def named(start: int, end: int) -> str | None:
        phrase = text[words[start][0] : words[end - 1][1]]
        if len(phrase) < 3 and not phrase.isupper():
            return None
        if len(phrase) <= 4 and end - start == 1 and not any(c.isupper() or c.isdigit() for c in phrase):
            return None
        forms = (phrase, phrase.removesuffix("s"))
        if not any(compact(form) in keys for form in forms):
            return None
        return next((id for form in forms if (id := resolve(kind, form, exact=True).id)), None)

    return [_Name(id, words[start][0], words[end - 1][1]) for id, start, end in longest_names(len(words), named)]


def _is_said_plainly(name: _Name, text: str) -> bool:
    """Does a name mean the fact itself, not a drug, a part of what the fact says, or more?"""
    phrase, row = text[name.start : name.end], FACTS[name.id]
    loose = (*row.wider, *row.parts)
    return compact(phrase) not in set(map(compact, loose)) and resolve("drugs", phrase, exact=True).id is None


def _length(text: str) -> str | None:
    """The length of time that a line speaks of, if it is one."""
    lengths = {_span(*(part for part in match.groups() if part)) for match in _WINDOW.finditer(text)}
    return lengths.pop() if len(lengths) == 1 else None


def _span(count: str, unit: str) -> str:
    number = _NUMBERS.get(count.lower()) or float(count)
    return f"{number:g} {unit.lower()}{'' if number == 1 else 's'}"


# Facts ----------------------------------------------------------------------------------------------------------------


def _clocks(line: Line) -> Iterator[Proposal]:
    """Refractory disease as a count of drugs where one is given, and times since onset or diagnosis."""
    if line.section != "exclusion" and (failing := _REFRACTORY.search(line.text)):
        count = _FAILED.search(line.text, failing.start())
        if count:
            number = _NUMBERS.get(count[1].lower()) or int(count[1])
            intolerance = "counts" if re.search(r"intoleran", line.text, re.IGNORECASE) else "unsaid"
            yield Proposal(line, "facts", "failed_drugs", {"min": number, "intolerance": intolerance})
        else:
            yield Proposal(line, "facts", "refractory", "required")
    timed = _TIMED.search(line.text)
    if timed:
        key = _TIMES.get(timed["sign"].lower(), "max")
        key = _INVERTED[key] if line.section == "exclusion" else key
        id = "diagnosed_on" if timed["clock"].lower().startswith("diagnos") else "onset"
        yield Proposal(line, "facts", id, {"since": {key: _span(timed[3], timed[4])}})


def _facts(line: Line) -> Iterator[Proposal]:
    infections: list[str] = []
    names = [name for name in _names("facts", line.text) if _is_said_plainly(name, line.text)]
    bounds: dict[str, Value] = {}
    for name in names:
        rule = _bounds(line, name) if FACTS[name.id].kind == "number" else None
        if rule is not None and not unmeetable(FACTS[name.id], fact_rule(name.id, rule)):
            bounds.setdefault(name.id, rule)
    if len(bounds) > 1 and line.section != "exclusion" and re.search(r"\bor\b", line.text):
        yield Proposal(line, "any_of", "", [{id: rule} for id, rule in bounds.items()])
    else:
        yield from (Proposal(line, "facts", id, rule) for id, rule in bounds.items())
    viral = any(name.id == "chronic_infection" for name in names)
    for name in names:
        row = FACTS[name.id]
        if viral and line.text[name.start : name.end].lower() in ("infection", "infections"):
            continue  # the word that goes with a virus
        if row.kind == "yes_no":
            stance = _stance(line, name)
            if stance is not None:
                yield Proposal(line, "facts", name.id, stance)
        elif name.id == "chronic_infection" and line.section == "exclusion":
            words = compact(line.text[name.start : name.end])
            infections += [v.id for v in row.values if words in {compact(w) for w in (v.id, v.en, v.fr, *v.aliases)}]
        elif name.id == "cv_event" and line.section == "exclusion" and (within := _length(line.text)):
            yield Proposal(line, "facts", name.id, {"excluded": {"within": within}})
    if infections:
        yield Proposal(line, "facts", "chronic_infection", {"excluded": list(dict.fromkeys(infections))})


def _stance(line: Line, name: _Name) -> Value | None:
    """How a yes-or-no fact counts in a line."""
    before = line.text[max(0, name.start - 40) : name.start]
    if _QUALIFIED.search(before):
        return None  # a part of what the fact says: severe lung disease is not all lung disease
    negated = _NEGATED.search(before) is not None
    if line.section == "exclusion" and not negated and name.id in _BARRED:
        within = _length(line.text)
        return {"excluded": {"within": within}} if within and name.id == "cancer" else "excluded"
    if line.section != "exclusion" and negated and name.id in _BARRED:
        return "excluded"
    return "required" if line.section == "inclusion" and not negated and name.id in _REQUIRED else None


def _bounds(line: Line, name: _Name) -> dict[str, Value] | None:
    """The bound of a number behind its name, in the unit of the fact."""
    row = FACTS[name.id]
    sign = _SIGN.search(line.text, name.end, name.end + 60)
    amount = _AMOUNT.match(line.text, sign.end() + (line.text[sign.end() : sign.end() + 1] == " ")) if sign else None
    if sign is None or amount is None or sign.lastgroup is None:
        return None
    number = float(amount[1].replace(",", "."))
    unit = (amount[3] or "").strip(" .").lower()
    units = {one.lower(): factor for one, factor in {**dict.fromkeys(row.unit, 1.0), **row.units}.items() if one}
    if (unit in units and units[unit] != 1) or (
        unit not in units and (row.unit_needed or re.search(r"[/%µ×^]|^[gm]?l$|^mg|^g$|^uln", unit))
    ):
        return None
    scale = int(amount[2]) if amount[2] else None
    if (
        not row.range[0] <= number <= row.range[1]
        or (scale is not None and scale not in row.scale)
        or (row.whole and number % 1)
    ):
        return None
    key = _INVERTED[sign.lastgroup] if line.section == "exclusion" else sign.lastgroup
    found: dict[str, Value] = {key: int(number) if number == int(number) else number}
    if scale is not None and scale != row.scale[0]:
        found["scale"] = scale
    return found


# Treatments -----------------------------------------------------------------------------------------------------------


def _drugs(line: Line) -> Iterator[Proposal]:
    """Drugs that a line bars for a time, now or for ever, or asks to be unchanged."""
    ids = list(dict.fromkeys(name.id for name in _names("drugs", line.text)))
    ids = [id for id in ids if not any(other != id and of_class(id, other) for other in ids)]
    if not ids:
        return
    length = _length(line.text)
    if line.section == "exclusion":
        told = [word for word, said in (("now", _NOW), ("ever", _EVER)) if said.search(line.text)]
        rule: Value = {"within": length} if length else told[0] if told else ""
        if rule and not _NEGATED.search(line.text):
            yield Proposal(line, "treatments", "", {"any": ids, "excluded": rule})
    elif length and _STABLE.search(line.text):
        found: dict[str, Value] = {"any": ids, "unchanged": length}
        dose = _DOSE.search(line.text)
        if dose and all(of_class(id, "glucocorticoid") for id in ids):
            found["dose"] = {"max": int(dose[1])}
        yield Proposal(line, "treatments", "", found)
