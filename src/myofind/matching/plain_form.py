"""The index and its trials in plain form: tuples, lists, mappings, texts and numbers, for keeping them in a file.

Every rule of the index stands once in a table, after the records it holds. A record is a list there: the name of its kind,
its values (of the last ones those that are no defaults), and which of them are places in the table; so is, without a name, a
tuple that holds records. The index holds every rule of every trial; beside it a trial only says which of them are its own.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any

from myofind.domain import rules as r
from myofind.domain import trial as t
from myofind.matching.trial_sets import Index

_KINDS: dict[str, Any] = {
    kind.__name__: kind
    for kind in (
        r.AgeRule, r.AntibodyRule, t.AtLeast, r.Bounds, r.CountryRule, r.DayRule, t.Eligibility, r.Enrolment, t.Observation, r.Span, r.SpanRule,
        r.SubtypeRule, r.TreatmentRule, r.Values, r.Window,
    )
}  # fmt: skip
"""The records that an index holds."""


def plain_index(index: Index) -> Any:
    """The index without records; raises KeyError for a record of a kind that an index does not hold."""
    table: list[Any] = []
    places: dict[str, int] = {}

    def place(value: Any) -> int:
        """Where a value stands in the table; values are told apart by how they print, for 1 is equal to 1.0."""
        key = repr(value)
        if key not in places:
            plain = _plain(value, place)
            places[key] = len(table)
            table.append(plain)
        return places[key]

    rules: Any = {name: [(place(rule), bits) for rule, bits in found] for name, found in index.rules.items()}
    statuses: Any = [(place(every), end, bits) for every, end, bits in index.statuses]
    return table, *index._replace(rules=rules, statuses=statuses)


def _plain(value: Any, place: Callable[[Any], int]) -> Any:
    """A value of the table: itself, or a record with the places of the records it holds."""
    if not _has_records(value):
        return value
    holding = tuple(number for number, one in enumerate(value) if _has_records(one))
    values = tuple(place(one) if number in holding else one for number, one in enumerate(value))
    if type(value) is tuple:
        return ["", values, holding]
    kind = _KINDS[type(value).__name__]
    return [kind.__name__, values[: _told(kind, value)], holding]


def _has_records(value: Any) -> bool:
    return isinstance(value, tuple) and (type(value) is not tuple or any(map(_has_records, value)))


def _told(kind: Any, record: tuple[Any, ...]) -> int:
    """How many values of a record tell it, the others being defaults."""
    told = len(record)
    with suppress(TypeError):  # a value that has no default
        while told and kind(*record[: told - 1]) == record:
            told -= 1
    return told


def index_of(plain: Any) -> Index:
    """The index again; raises an exception of any kind for a damaged form."""
    listed, ids, kinds, phases, rules, cohorts, statuses, coverages = plain
    table: list[Any] = []
    for value in listed:
        if type(value) is list:
            kind, values, holding = value
            if holding:
                values = list(values)
                for number in holding:
                    values[number] = table[values[number]]
            value = _KINDS[kind](*values) if kind else tuple(values)
        table.append(value)
    return Index(
        ids,
        kinds,
        phases,
        {name: [(table[place], bits) for place, bits in found] for name, found in rules.items()},
        cohorts,
        [(table[place], end, bits) for place, end, bits in statuses],
        coverages,
    )


_AT = {field: place for place, field in enumerate(t.Trial._fields)}

Places = dict[str, dict[Any, int]]
"""By criterion, where each rule stands in the index."""


def places(index: Index) -> Places:
    """Where the rules of an index stand."""
    return {name: {rule: place for place, (rule, _) in enumerate(found)} for name, found in index.rules.items()}


def plain_trial(trial: t.Trial, rules: Places) -> tuple[Any, ...]:
    """A trial as tuples, texts and numbers."""
    plain = list[Any](trial)
    plain[_AT["eligibility"]] = _refs(trial.eligibility, rules)
    plain[_AT["cohorts"]] = [(one.name, _refs(one.eligibility, rules), one.fr) for one in trial.cohorts]
    plain[_AT["countries"]] = None if trial.countries is None else rules["country"][trial.countries]
    return tuple(map(bare, plain))


def bare(value: Any) -> Any:
    """A value with its lists and records as tuples."""
    return tuple(map(bare, value)) if isinstance(value, (tuple, list)) else value


def _refs(own: t.Eligibility, rules: Places) -> Any:
    """How much was read, the notes, and every rule as the place where it stands."""
    named = [(name, rule) for name, rule in t.named_rules(own) if name != "cancer" or own.fact("cancer") is not None]
    return own.coverage, own.check_by_hand, [(name, rules[name][rule]) for name, rule in named]


def trial_of(plain: Sequence[Any], index: Index) -> t.Trial:
    """The trial again."""
    values = list(plain)
    for field, made in _MADE.items():
        place = _AT[field]
        if values[place] is not None:
            values[place] = made(values[place])
    eligibility, cohorts, countries = (plain[_AT[field]] for field in ("eligibility", "cohorts", "countries"))
    values[_AT["eligibility"]] = _eligibility(eligibility, index)
    values[_AT["cohorts"]] = tuple(t.Cohort(name, _eligibility(own, index), fr) for name, own, fr in cohorts)
    values[_AT["countries"]] = None if countries is None else index.rules["country"][countries][0]
    trial: t.Trial = t.Trial._make(values)
    return trial


def _eligibility(plain: Any, index: Index) -> t.Eligibility:
    coverage, notes, refs = plain
    facts: dict[str, Any] = {}
    own: dict[str, Any] = {}
    several: dict[str, list[Any]] = {"at_least": [], "treatments": []}
    for name, place in refs:
        rule = index.rules[name][place][0]
        if name in _OWN:
            own[_OWN[name]] = rule
        elif name in several:
            several[name].append(rule)
        elif name == "any_of":
            own[name] = rule.of
        elif name in _ONSET:
            facts["onset"] = facts.get("onset", r.DayRule())._replace(**{_ONSET[name]: rule})
        else:
            facts[name] = rule
    at_least, treatments = map(tuple, several.values())
    return t.Eligibility(
        coverage,
        **own,
        facts=tuple(facts.items()),
        at_least=at_least,
        treatments=treatments,
        check_by_hand=tuple(t.Note(*one) for one in notes),
    )


_OWN = {"subtype": "subtypes", "age": "age", "sex": "sex", "autoantibodies": "autoantibodies"}
_ONSET = {"duration": "since", "onset_age": "age"}


def _each(made: Callable[..., Any]) -> Callable[[Sequence[Any]], Any]:
    return lambda plain: tuple(made(*one) for one in plain)


def _span(plain: Any) -> r.Span | None:
    return None if plain is None else r.Span(*plain)


def _contact(plain: Sequence[Any]) -> t.Contact:
    contact: t.Contact = t.Contact._make(plain)
    return contact._replace(label=contact.label and t.Note(*contact.label))


_MADE: dict[str, Callable[[Any], Any]] = {
    "interventions": _each(t.Intervention),
    "status": _each(t.Observation),
    "sites": _each(t.Site),
    "follow_up": _span,
    "record": lambda plain: t.RecordRead(*plain),
    "sources": _each(t.SourceRef),
    "conflicts": _each(t.Conflict),
    "contacts": lambda plain: tuple(map(_contact, plain)),
    "design": lambda plain: t.Design(plain[0], _span(plain[1]), plain[2], _span(plain[3])),
    "read": lambda plain: t.ReadBy(*plain),
}
"""How the fields are made that are more than a text or a number."""
