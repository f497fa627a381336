"""A trial of the nested mappings, lists, texts and numbers an editor writes; what older files write is read too."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from myofind.domain import rules as r
from myofind.domain import trial as t
from myofind.names.facts import FactId


def _tuple(value: Any) -> tuple[str, ...]:
    return () if value is None else (value,) if isinstance(value, str) else tuple(value)


def _note(plain: Any) -> t.Note:
    return (
        t.Note(plain.get("en") or plain.get("fr") or "", plain.get("fr")) if isinstance(plain, dict) else t.Note(plain)
    )


def _notes(plain: Any) -> tuple[t.Note, ...]:
    return () if plain is None else tuple(map(_note, plain)) if isinstance(plain, list) else (_note(plain),)


def _facts(plain: t.Plain) -> tuple[tuple[FactId, r.FactRule], ...]:
    """The rules on facts, those of the first form of the file (`ild`, `refractory`, `duration`, `onset_age`) among them."""
    written: dict[str, Any] = {**plain.get("facts", {})}
    written.update({id: plain[id] for id in ("refractory", "ild") if id in plain})
    onset = {key: plain[old] for key, old in (("since", "duration"), ("age", "onset_age")) if old in plain}
    if onset:
        written["onset"] = onset
    return tuple((id, r.fact_rule(id, written[id])) for id in sorted(written))


BRANCH_KEYS = ("subtypes", "age", "autoantibodies")
"""What a branch may ask beside facts."""


def plain_branch(own: t.Eligibility) -> t.Plain:
    """A branch as an editor writes it, lengths of time as mappings."""
    plain: t.Plain = {id: r.plain_rule(rule) for id, rule in own.facts}
    beside = ((key, getattr(own, key)) for key in BRANCH_KEYS)
    return plain | {key: r.plain_rule(rule) for key, rule in beside if rule is not None}


def branch(plain: t.Plain) -> t.Eligibility:
    """A branch of `any_of`: facts stand in it by their ids."""
    beside = {key: plain[key] for key in BRANCH_KEYS if key in plain}
    facts = tuple((id, r.fact_rule(id, plain[id])) for id in sorted(plain.keys() - beside.keys()))
    return eligibility(beside)._replace(facts=facts) if beside else t.Eligibility(facts=facts)


def eligibility(plain: t.Plain) -> t.Eligibility:
    def terms(key: str, kind: Callable[..., Any], parts: tuple[str, ...]) -> Any:
        return r.part_of(plain, key, lambda own: kind(*(_tuple(own.get(part)) for part in parts)))

    return t.Eligibility(
        plain.get("coverage"),
        terms("subtypes", r.SubtypeRule, r.SubtypeRule._fields),
        r.part_of(plain, "age", age_rule),
        plain.get("sex"),
        terms("autoantibodies", r.AntibodyRule, r.AntibodyRule._fields),
        _facts(plain),
        tuple(map(branch, plain.get("any_of", ()))),
        tuple(t.AtLeast(one["count"], tuple(map(branch, one["of"]))) for one in plain.get("at_least", ())),
        tuple(r.treatment_rule(rule) for rule in plain.get("treatments", ()) if rule.get("any")),
        _notes(plain.get("check_by_hand")),
    )


def country_rule(plain: t.Plain) -> r.CountryRule:
    """A rule on countries from its mapping."""
    return r.CountryRule(_tuple(plain.get("listed")), bool(plain.get("complete")), _tuple(plain.get("not_in")))


def age_rule(plain: t.Plain) -> r.AgeRule:
    """An age rule from its mapping."""
    high = plain.get("max")
    return r.AgeRule(
        r.part_of(plain, "min", r.span_of), "none" if high == "none" else r.part_of(plain, "max", r.span_of)
    )


def _contact(plain: t.Plain) -> t.Contact:
    label = plain.get("label")
    return t.Contact(
        **{str(key): value for key, value in plain.items() if key != "label"}, label=label and _note(label)
    )


def _design(plain: t.Plain) -> t.Design:
    placebo, visits = (r.part_of(plain, key, r.span_of) for key in ("placebo", "visits"))
    return t.Design(plain.get("ratio"), placebo, plain.get("extension"), visits)


def _intervention(plain: t.Plain) -> t.Intervention:
    own = {key: value for key, value in plain.items() if key not in ("class", "codes")}
    return t.Intervention(**own, codes=_tuple(plain.get("codes")), drug_class=plain.get("class"))


def _each(made: Callable[[Any], Any]) -> Callable[[Any], Any]:
    return lambda plain: tuple(map(made, plain))


_MADE: dict[str, Callable[[Any], Any]] = {
    "ids": lambda plain: tuple((key, _tuple(value)) for key, value in plain.items()),
    "extends": _tuple,
    "interventions": _each(_intervention),
    "phase": tuple,
    "status": _each(lambda one: t.Observation(**one)),
    "eligibility": eligibility,
    "cohorts": _each(lambda one: t.Cohort(one["name"], eligibility(one.get("eligibility", {})), one.get("fr"))),
    "countries": country_rule,
    "sites": _each(lambda one: t.Site(**one)),
    "follow_up": r.span_of,
    "record": lambda plain: t.RecordRead(**plain),
    "draft": bool,
    "sources": _each(lambda one: t.SourceRef(one["ref"], one.get("at"), one.get("date"), _tuple(one.get("for")))),
    "conflicts": _each(lambda one: t.Conflict(one["about"], one["en"] if "en" in one else one["note"], one.get("fr"))),
    "contacts": _each(_contact),
    "design": _design,
    "read": lambda plain: t.ReadBy(**plain),
}
"""How the fields are made that are more than a text or a number."""


def from_plain(plain: t.Plain) -> t.Trial:
    """The trial an accepted mapping describes."""
    given = {key: plain[key] for key in t.Trial._fields if plain.get(key) is not None}
    return t.Trial(**{key: _MADE[key](value) if key in _MADE else value for key, value in given.items()})
