"""A trial of the nested mappings, lists, texts and numbers an editor writes; what older files write is read too."""

from __future__ import annotations

from typing import Any

from myofind.domain import trial as t
from myofind.domain.rules import FactRule, fact_rule, plain_rule, plain_span, span_of, treatment_rule
from myofind.names.facts import FactId


def _tuple(value: Any) -> tuple[str, ...]:
    return () if value is None else (value,) if isinstance(value, str) else tuple(value)


def _note(plain: Any) -> t.Note:
    return (
        t.Note(plain.get("en") or plain.get("fr") or "", plain.get("fr")) if isinstance(plain, dict) else t.Note(plain)
    )


def _notes(plain: Any) -> tuple[t.Note, ...]:
    return () if plain is None else tuple(map(_note, plain)) if isinstance(plain, list) else (_note(plain),)


def _facts(plain: t.Plain) -> tuple[tuple[FactId, FactRule], ...]:
    """The rules on facts, those of the first form of the file (`ild`, `refractory`, `duration`, `onset_age`) among them."""
    written: dict[str, Any] = {**plain.get("facts", {})}
    written.update({id: plain[id] for id in ("refractory", "ild") if id in plain})
    onset = {key: plain[old] for key, old in (("since", "duration"), ("age", "onset_age")) if old in plain}
    if onset:
        written["onset"] = onset
    return tuple((id, fact_rule(id, written[id])) for id in sorted(written))


BRANCH_KEYS = ("subtypes", "age", "autoantibodies")
"""What a branch may ask beside facts."""


def plain_branch(own: t.Eligibility) -> t.Plain:
    """A branch as an editor writes it, lengths of time as mappings."""
    plain: t.Plain = {id: plain_rule(rule) for id, rule in own.facts}
    if own.subtypes is not None:
        plain["subtypes"] = {key: list(ids) for key, ids in own.subtypes._asdict().items() if ids}
    if own.autoantibodies is not None:
        plain["autoantibodies"] = {key: list(ids) for key, ids in own.autoantibodies._asdict().items() if ids}
    if own.age is not None:
        bounds = own.age._asdict().items()
        plain["age"] = {
            key: plain_span(bound) if isinstance(bound, t.Span) else bound for key, bound in bounds if bound
        }
    return plain


def branch(plain: t.Plain) -> t.Eligibility:
    """A branch of `any_of`: facts stand in it by their ids."""
    beside = {key: plain[key] for key in BRANCH_KEYS if key in plain}
    facts = tuple((id, fact_rule(id, plain[id])) for id in sorted(plain.keys() - beside.keys()))
    return eligibility(beside)._replace(facts=facts) if beside else t.Eligibility(facts=facts)


def eligibility(plain: t.Plain) -> t.Eligibility:
    subtypes, age, antibodies = plain.get("subtypes"), plain.get("age"), plain.get("autoantibodies")
    return t.Eligibility(
        plain.get("coverage"),
        t.SubtypeRule(_tuple(subtypes.get("admits")), _tuple(subtypes.get("excludes")))
        if subtypes is not None
        else None,
        age_rule(age) if age is not None else None,
        plain.get("sex"),
        t.AntibodyRule(*(_tuple(antibodies.get(key)) for key in t.AntibodyRule._fields))
        if antibodies is not None
        else None,
        _facts(plain),
        tuple(map(branch, plain.get("any_of", ()))),
        tuple(t.AtLeast(one["count"], tuple(map(branch, one["of"]))) for one in plain.get("at_least", ())),
        tuple(treatment_rule(rule) for rule in plain.get("treatments", ()) if rule.get("any")),
        _notes(plain.get("check_by_hand")),
    )


def country_rule(plain: t.Plain) -> t.CountryRule:
    """A rule on countries from its mapping."""
    return t.CountryRule(_tuple(plain.get("listed")), bool(plain.get("complete")), _tuple(plain.get("not_in")))


def age_rule(plain: t.Plain) -> t.AgeRule:
    """An age rule from its mapping."""
    low, high = plain.get("min"), plain.get("max")
    return t.AgeRule(
        None if low is None else span_of(low), None if high is None else "none" if high == "none" else span_of(high)
    )


def _contact(plain: t.Plain) -> t.Contact:
    label = plain.get("label")
    return t.Contact(
        **{str(key): value for key, value in plain.items() if key != "label"}, label=label and _note(label)
    )


def _design(plain: t.Plain) -> t.Design:
    spans = {key: span_of(plain[key]) for key in ("placebo", "visits") if key in plain}
    return t.Design(plain.get("ratio"), spans.get("placebo"), plain.get("extension"), spans.get("visits"))


def _intervention(plain: t.Plain) -> t.Intervention:
    own = {key: value for key, value in plain.items() if key not in ("class", "codes")}
    return t.Intervention(**own, codes=_tuple(plain.get("codes")), drug_class=plain.get("class"))


def from_plain(plain: t.Plain) -> t.Trial:
    """The trial an accepted mapping describes."""
    countries, record = plain.get("countries"), plain.get("record")
    return t.Trial(
        id=plain["id"],
        kind=plain["kind"],
        ids=tuple((key, _tuple(value)) for key, value in plain.get("ids", {}).items()),
        acronym=plain.get("acronym"),
        title=plain.get("title"),
        title_fr=plain.get("title_fr"),
        extends=_tuple(plain.get("extends")),
        interventions=tuple(map(_intervention, plain.get("interventions", ()))),
        phase=tuple(plain.get("phase", ())),
        comparator=plain.get("comparator"),
        status=tuple(t.Observation(**one) for one in plain.get("status", ())),
        eligibility=eligibility(plain.get("eligibility", {})),
        cohorts=tuple(
            t.Cohort(c["name"], eligibility(c.get("eligibility", {})), c.get("fr")) for c in plain.get("cohorts", ())
        ),
        countries=country_rule(countries) if countries is not None else None,
        sites=tuple(t.Site(**one) for one in plain.get("sites", ())),
        enrollment=plain.get("enrollment"),
        start=plain.get("start"),
        primary_completion=plain.get("primary_completion"),
        end=plain.get("end"),
        follow_up=None if plain.get("follow_up") is None else span_of(plain["follow_up"]),
        sponsor=plain.get("sponsor"),
        record=t.RecordRead(**record) if record is not None else None,
        draft=bool(plain.get("draft")),
        sources=tuple(
            t.SourceRef(s["ref"], s.get("at"), s.get("date"), _tuple(s.get("for"))) for s in plain.get("sources", ())
        ),
        conflicts=tuple(
            t.Conflict(c["about"], c["en"] if "en" in c else c["note"], c.get("fr")) for c in plain.get("conflicts", ())
        ),
        takes_nobody=plain.get("takes_nobody"),
        contacts=tuple(map(_contact, plain.get("contacts", ()))),
        design=_design(plain["design"]) if "design" in plain else None,
        read=t.ReadBy(**plain["read"]) if "read" in plain else None,
    )
