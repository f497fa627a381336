"""What a trial may ask of a patient, rule by rule, and what is answered: an outcome, the code of its reason, what decided.

A rule is a value that many trials may share. `fact_rule` makes a rule of the mapping an editor writes, `plain_rule` the mapping of a rule again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Literal, TypeAlias

from myofind.names.facts import FactId, fact
from myofind.records import NamedTuple

Unit = Literal["years", "months", "weeks", "days"]
STANCES = ("required", "excluded", "allowed")


class Span(NamedTuple):
    """A length of time as written: 18 years, 6 months, 18.5 months."""

    number: float
    unit: Unit

    def __str__(self) -> str:
        return f"{self.number:g} {self.unit}"


class AgeRule(NamedTuple):
    """Bounds in completed units; `max` is `none` where the source says there is no limit, None where it is silent."""

    min: Span | None = None
    max: Span | Literal["none"] | None = None


class SpanRule(NamedTuple):
    """Bounds of a length of time: `min` and `max` are included, `above` and `below` are not."""

    min: Span | None = None
    max: Span | None = None
    above: Span | None = None
    below: Span | None = None


class SubtypeRule(NamedTuple):
    """Subtypes a trial admits and those it excludes."""

    admits: tuple[str, ...] = ()
    excludes: tuple[str, ...] = ()


class AntibodyRule(NamedTuple):
    """Antibodies of which one, or all, must be positive, and those that must be negative; classes included."""

    required_any: tuple[str, ...] = ()
    required_all: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()


class CountryRule(NamedTuple):
    """Countries with a site, whether the source lists them all, and those it rules out."""

    listed: tuple[str, ...] = ()
    complete: bool = False
    not_in: tuple[str, ...] = ()


class Window(NamedTuple):
    """What may not be so now (`within` is None), nor have been within a time."""

    within: Span | None = None


class Bounds(NamedTuple):
    """Bounds of a number: `min` and `max` are included, `above` and `below` are not; `scale` is the full mark meant."""

    min: float | None = None
    max: float | None = None
    above: float | None = None
    below: float | None = None
    scale: int | None = None
    intolerance: str | None = None
    """Whether a drug that was not tolerated counts as failed: `counts`, `not` or `unsaid`."""


class Values(NamedTuple):
    """Answers of a choice of which one must hold, or none may; `within` is how old the proof may be."""

    required: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    within: Span | None = None


class DayRule(NamedTuple):
    """Bounds of the time since a day, and of the age on that day."""

    since: SpanRule | None = None
    age: SpanRule | None = None


FactRule: TypeAlias = str | Window | Bounds | Values | SpanRule | DayRule
"""A stance is a word: `required`, `excluded`, `allowed`."""


class TreatmentRule(NamedTuple):
    """What is asked of some drugs or classes: one of five shapes.

    `excluded`: `ever`, `now`, or within a time; `required`: `ever` or `now`; `unchanged` and `dose` where they are taken.
    """

    any: tuple[str, ...]
    excluded: str | Span | None = None
    required: str | None = None
    unchanged: Span | None = None
    dose: Bounds | None = None


class Enrolment(NamedTuple):
    """Why nobody new can enter: a `draft`, an `extension` (of the parents named), or a study that `takes_nobody`."""

    reason: Literal["draft", "extension", "takes_nobody"]
    detail: tuple[str, ...] = ()


Plain = Mapping[str, Any]


def span_of(value: Any) -> Span:
    """A length of time from its mapping, or from a bare number of years."""
    return Span(value["number"], value["unit"]) if isinstance(value, Mapping) else Span(value, "years")


def span_rule(plain: Plain | None) -> SpanRule | None:
    """Bounds of a length of time from their mapping."""
    if plain is None:
        return None
    return SpanRule(*(None if plain.get(key) is None else span_of(plain[key]) for key in SpanRule._fields))


def bounds(plain: Plain) -> Bounds:
    """Bounds of a number from their mapping."""
    return Bounds(*(plain.get(key) for key in Bounds._fields))


def fact_rule(id: FactId, plain: Any) -> FactRule:
    """The rule on a fact that an accepted mapping, or word, describes."""
    if isinstance(plain, str):
        return plain
    stop = plain.get("excluded")
    if isinstance(stop, Mapping):
        return Window(span_of(stop["within"]))
    if stop == "now":
        return Window()
    match fact(id).kind:
        case "number":
            return bounds(plain)
        case "choice":
            within = plain.get("within")
            return Values(
                tuple(plain.get("required", ())), tuple(stop or ()), None if within is None else span_of(within)
            )
        case "span":
            return span_rule(plain) or SpanRule()
        case "day":
            return DayRule(span_rule(plain.get("since")), span_rule(plain.get("age")))
        case "yes_no":
            raise ValueError(f"no rule on {id}")


def bounds_in(rule: Any) -> Iterator[float]:
    """The numbers at which a rule on a number may change its answer."""
    if isinstance(rule, Bounds):
        yield from (bound for bound in rule[:4] if bound is not None)


def spans_in(rule: Any) -> Iterator[Span]:
    """The times since a day at which a rule on a fact may change its answer."""
    since = rule if isinstance(rule, (SpanRule, Window)) else rule.since if isinstance(rule, DayRule) else None
    yield from (span for span in since or () if span)


def treatment_rule(plain: Plain) -> TreatmentRule:
    """A rule on treatments from its mapping."""
    stop, unchanged, dose = plain.get("excluded"), plain.get("unchanged"), plain.get("dose")
    return TreatmentRule(
        tuple(plain["any"]),
        span_of(stop["within"]) if isinstance(stop, Mapping) else stop,
        plain.get("required"),
        None if unchanged is None else span_of(unchanged),
        None if dose is None else bounds(dose),
    )


def _given(rule: Any) -> dict[str, Any]:
    return {
        key: value._asdict() if isinstance(value, Span) else list(value) if isinstance(value, tuple) else value
        for key, value in zip(rule._fields, rule, strict=True)
        if value is not None and value != ()
    }


def plain_rule(rule: Any) -> Any:
    """A rule as an editor writes it, lengths of time as mappings."""
    if isinstance(rule, str):
        return rule
    if isinstance(rule, Window):
        return {"excluded": "now" if rule.within is None else {"within": rule.within._asdict()}}
    if isinstance(rule, DayRule):
        return {key: _given(value) for key, value in zip(rule._fields, rule, strict=True) if value is not None}
    if isinstance(rule, TreatmentRule):
        found = _given(rule._replace(dose=None))
        if isinstance(rule.excluded, Span):
            found["excluded"] = {"within": rule.excluded._asdict()}
        if rule.dose is not None:
            found["dose"] = _given(rule.dose)
        return found
    return _given(rule)


# What is answered ------------------------------------------------------------------------------------------------------

Outcome = Literal["met", "not_met", "unknown", "presumed", "not_recorded"]
Verdict = Literal["match", "possible", "excluded"]
VERDICTS: tuple[Verdict, ...] = ("match", "possible", "excluded")


class Criterion(NamedTuple):
    """The outcome of one criterion: `code` names the reason, `rule` what was required, `facts` what decided."""

    name: str
    outcome: Outcome
    code: str
    rule: Any = None
    facts: tuple[Any, ...] = ()
    holds_from: tuple[date, date] | None = None
    """The first day on which it may be met and the day from which it surely is, where time alone mends it."""


def verdict_of(criteria: tuple[Criterion, ...]) -> Verdict:
    """Strong Kleene conjunction of the outcomes; what is presumed or not recorded neither excludes nor blocks."""
    outcomes = {criterion.outcome for criterion in criteria}
    return "excluded" if "not_met" in outcomes else "possible" if "unknown" in outcomes else "match"


def branch_outcome(criteria: tuple[Criterion, ...]) -> Outcome:
    """What the rules of one branch say together."""
    outcomes = {criterion.outcome for criterion in criteria}
    return "not_met" if "not_met" in outcomes else "unknown" if outcomes != {"met"} else "met"
