"""The criteria of a record as an entry begins them: numbered, each with the rule it suggests or a note to write."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from myofind.domain.dates import order
from myofind.domain.rules import Span
from myofind.editing.yaml_text import Value, flow, span_value
from myofind.language import worded
from myofind.registers.criteria_quotes import Line, numbered
from myofind.registers.ctgov import Record
from myofind.registers.record_values import clip
from myofind.registers.rule_proposals import Proposal, proposals

LONGEST_COMMENT = 400
LONGEST_WORDS = 90
"""Characters of a criterion shown beside its rule."""
MOST_CRITERIA = 120
"""Criteria listed; what follows is counted."""


def comment(en: str, fr: str) -> str:
    """Words as a comment of one line, in the language of the run."""
    return f"# {clip(worded((en, fr)), LONGEST_COMMENT)}"


def eligibility(record: Record) -> Iterator[str]:
    """The key and its lines: what the register's fields say, and ready comments for what the criteria say."""
    lines = numbered(record.criteria or "")
    found = proposals(lines)
    yield "eligibility:"
    yield from (f"  {line}" for line in _criteria(lines))
    settled = ("full, once every criterion above is settled", "full, quand chaque critère ci-dessus est réglé")
    yield "  coverage: fields" + (f"  {comment(*settled)}" if lines else "")
    yield from (f"  {line}" for line in _named(found, "subtypes", ("admits", "excludes")))
    if not any(one.key == "subtypes" for one in found):
        french = "à décider : les critères ne nomment aucun genre de myosite"
        yield f"  {comment('to decide: the criteria name no kind of myositis', french)}"
        yield "  # subtypes: {admits: [iim]}"
    yield from (f"  {line}" for line in _age(record))
    if record.sex:
        yield f"  sex: {record.sex}"
    yield from (f"  {line}" for line in _named(found, "autoantibodies", ("required_any", "excluded")))
    rules = (_facts(found), _alternatives(found), _treatments(found), _notes(lines, found))
    yield from (f"  {line}" for several in rules for line in several)


def _criteria(lines: tuple[Line, ...]) -> Iterator[str]:
    if lines:
        english = "the criteria of the record, each a rule or a note below:"
        yield comment(english, "les critères de la fiche, chacun une règle ou une note ci-dessous :")
    for line in lines[:MOST_CRITERIA]:
        other = ("(another disease) ", "(autre maladie) ") if line.elsewhere and not line.heading else ("", "")
        yield comment(*(f"  {line.number} {one}{line.text}" for one in other))
    if len(lines) > MOST_CRITERIA:
        more = len(lines) - MOST_CRITERIA
        yield comment(f"  and {more} more lines", f"  et {more} lignes de plus")


def _age(record: Record) -> Iterator[str]:
    low, high = record.age_min, record.age_max
    age: dict[str, Value] = {}
    if low is not None and low.number:
        age["min"] = span_value(low)
    if high is not None:
        age["max"] = "none" if high == "none" else span_value(high)
    if isinstance(low, Span) and isinstance(high, Span) and order(low) > order(high):
        english = f"to decide: the record prints {low} as minimum, {high} as maximum"
        yield comment(english, f"à décider : la fiche imprime {low} comme minimum, {high} comme maximum")
        yield f"# age: {{min: {flow(age['min'])}}}"
    elif age:
        yield f"age: {flow(age)}"


def _named(found: Iterable[Proposal], key: str, parts: tuple[str, ...]) -> Iterator[str]:
    """The terms that lines name, as one rule; an admitted kind that a line excludes too is left to the excluded."""
    listed: dict[str, list[str]] = {part: [] for part in parts}
    numbers: dict[str, None] = {}
    for one in found:
        if one.key == key and isinstance(one.rule, list):
            listed[one.id] += [str(id) for id in one.rule if id not in listed[one.id]]
            numbers[one.line.number] = None
    first, second = parts
    listed[first] = [id for id in listed[first] if id not in listed[second]]
    rule: dict[str, Value] = {part: list(ids) for part, ids in listed.items() if ids}
    if rule:
        yield f"# {key}: {flow(rule)}  # {', '.join(numbers)}"


def _beside(line: Line) -> str:
    return f"  # {line.number}: {clip(line.text, LONGEST_WORDS)}"


def _under(key: str, lines: Iterable[str]) -> Iterator[str]:
    """A key and the lines below it, all as comments; nothing where there is no line."""
    for place, line in enumerate(lines):
        if not place:
            yield f"# {key}:"
        yield f"#   {line}"


def _facts(found: Iterable[Proposal]) -> Iterator[str]:
    rules = sorted((one for one in found if one.key == "facts"), key=lambda one: one.id)
    return _under("facts", (f"{one.id}: {flow(one.rule)}{_beside(one.line)}" for one in rules))


def _alternatives(found: Iterable[Proposal]) -> Iterator[str]:
    """Bounds of which a line asks for one; a second such line is a note, since an entry has one list of branches."""
    first = next((one for one in found if one.key == "any_of"), None)
    if first is not None and isinstance(first.rule, list):
        yield from _under("any_of", (f"- {flow(branch)}{_beside(first.line)}" for branch in first.rule))


def _treatments(found: Iterable[Proposal]) -> Iterator[str]:
    rules = {flow(one.rule): one.line for one in reversed([one for one in found if one.key == "treatments"])}
    return _under("treatments", (f"- {rule}{_beside(line)}" for rule, line in reversed(rules.items())))


_SETTLED = re.compile(
    r"^[^.]{0,60}:$|informed consent|willing(?:ness)? (?:and able )?to|able to (?:comply|understand|read)|^(?:subjects?|patients?|participants?|adults?|men|women|males?|females?|[-, ]|"
    r"and|or|must be|are|is|aged?|between|from|at least|over|the ages? of|years?|old|of age|to|≥|≤|>|<|=|\d|either|both|sex(?:es)?|inclusive|at screening)+\.?$",
    re.IGNORECASE,
)
"""Lines that need no note: headings, consent, and ages and sexes that the register's fields have."""


def _notes(lines: tuple[Line, ...], found: Iterable[Proposal]) -> Iterator[str]:
    """A note to write for each criterion that suggests no rule."""
    choices = [one.line.number for one in found if one.key == "any_of"]
    ruled = {one.line.number for one in found} - set(choices[1:])
    open_lines = [
        line for line in lines[:MOST_CRITERIA] if line.number not in ruled and not line.elsewhere and not line.heading
    ]
    rest = (line for line in open_lines if not _SETTLED.search(line.text))
    return _under("check_by_hand", (f"- {{en: …, fr: …}}{_beside(line)}" for line in rest))
