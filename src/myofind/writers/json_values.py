"""Values to JSON: stable keys, numbers as numbers, unknown as null, "no limit" as `"none"`."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any

from myofind import __version__
from myofind.asking.profile import Profile
from myofind.domain.eligibility import Assessment, Criterion
from myofind.domain.onsets import typed_onset
from myofind.domain.recruitment import Recruitment, recruitment
from myofind.domain.register_numbers import link
from myofind.domain.trial import AgeRule, Eligibility, Intervention, Span, SpanRule, Trial
from myofind.matching.answer import Answer, Row
from myofind.matching.trial_sets import size
from myofind.names.vocabulary import term
from myofind.registry.compiled import Meta, Store
from myofind.words.wording import Lang, describe

if TYPE_CHECKING:
    from myofind.advice.advice import Advice
    from myofind.advice.timing import Window


def dump(value: Any) -> str:
    """JSON text; the same value always gives the same bytes."""
    return json.dumps(value, ensure_ascii=False, indent=2)


def heading(meta: Meta, day: date) -> dict[str, Any]:
    """Which program and registry answered, and for which day."""
    return {
        "myofind": __version__,
        "registry": {"name": meta.name, "version": meta.version, "as_of": meta.as_of, "sha256": meta.sha256},
        "evaluated_on": day.isoformat(),
    }


def profile(asked: Profile, day: date) -> dict[str, Any]:
    """The patient as understood on a day; the birth date itself is not repeated, and every value can be typed again."""
    patient = asked.patient
    years, months = asked.age or (None, None)
    found: dict[str, Any] = {
        "subtypes": list(patient.subtypes),
        "age": None if asked.age is None else {"years": years, "months": months if years is None else months or 0},
        "autoantibodies": dict(patient.antibodies),
        "countries": list(patient.countries),
    }
    for key in ("sex", "ild", "refractory"):
        if getattr(patient, key) is not None:
            found[key] = getattr(patient, key)
    if patient.onset is not None:
        found["onset"] = typed_onset(patient.onset, day)
    return found


def criterion(found: Criterion, lang: Lang, fact: str) -> dict[str, Any]:
    """One criterion."""
    said = describe(found, lang, fact)
    return {
        "name": found.name,
        "outcome": found.outcome,
        "required": said.required or None,
        "found": said.found or None,
        "reason": said.reason,
    }


def recruiting(found: Recruitment) -> dict[str, Any]:
    """Recruitment with the age of that knowledge."""
    return {
        "state": found.state,
        "status": found.status,
        "as_of": found.as_of,
        "age_days": found.age_days,
        "freshness": found.freshness,
        "overdue": found.overdue,
        "source": found.source,
    }


def identity(trial: Trial) -> dict[str, Any]:
    """What a trial is called and what it tests."""
    return {
        "id": trial.id,
        "ids": {key: one[0] if len(one) == 1 else list(one) for key, one in trial.ids},
        "acronym": trial.acronym,
        "title": trial.title,
        "title_fr": trial.title_fr,
        "url": link(trial.id),
        "kind": trial.kind,
        "phase": list(trial.phase),
        "interventions": [intervention(one) for one in trial.interventions],
    }


def intervention(one: Intervention) -> dict[str, Any]:
    """A drug, completed from the drug vocabulary."""
    from myofind.names.vocabulary import resolve

    found = resolve("drugs", one.name, exact=True)
    known = term("drugs", found.id) if found.id else None
    return {
        "name": one.name,
        "role": one.role,
        "route": one.route,
        "brand": one.brand or (known.codes.get("brand") if known else None),
        "codes": list(one.codes) or (list(known.codes.get("codes", [])) if known else []),
        "class": one.drug_class or (known.klass if known and known.klass else None),
    }


def site_list(trial: Trial) -> list[dict[str, Any]]:
    """Places, with what is known of each."""
    return [
        {key: value for key, value in zip(site._fields, site, strict=True) if value is not None} for site in trial.sites
    ]


def conflicts(trial: Trial) -> list[dict[str, str]]:
    """What the sources disagree about."""
    return [{"about": one.about, "note": one.note} for one in trial.conflicts]


def matched(row: Row, lang: Lang, shown_facts: dict[str, str]) -> dict[str, Any]:
    """One trial of an answer."""
    trial, assessment = row.trial, row.assessment
    return {
        **identity(trial),
        **judged(assessment, lang, shown_facts),
        "recruitment": recruiting(row.recruitment),
        "sites": site_list(trial),
        "check_by_hand": list(trial.eligibility.check_by_hand),
        "conflicts": conflicts(trial),
    }


def judged(assessment: Assessment, lang: Lang, shown_facts: dict[str, str]) -> dict[str, Any]:
    """A verdict with its criteria."""
    return {
        "verdict": assessment.verdict,
        "cohort": assessment.cohort,
        "criteria": [criterion(one, lang, shown_facts[one.name]) for one in assessment.criteria],
    }


def counts(found: Answer) -> dict[str, int]:
    """Verdicts that add up to the registry, and how many trials are listed."""
    return {
        "trials": size(found.verdicts.match | found.verdicts.possible | found.verdicts.excluded),
        "match": size(found.verdicts.match),
        "possible": size(found.verdicts.possible),
        "excluded": size(found.verdicts.excluded),
        "shown": len(found.rows),
        "closed": size(found.fitting & found.states["closed"]),
    }


def answer(
    store: Store,
    asked: Profile,
    found: Answer,
    day: date,
    lang: Lang,
    *,
    advice: Advice | None = None,
    explain: bool = False,
) -> dict[str, Any]:
    """The whole answer of `match`; `advice` adds what to ask and what is near, `explain` the source of every rule."""
    from myofind.advice.timing import window_of
    from myofind.writers.phrases import facts

    shown_facts = facts(asked, lang)
    trials = []
    for row in found.rows:
        one = matched(row, lang, shown_facts)
        window = window_of(row.assessment, asked.patient)
        if window:
            one["age_window"] = age_window(window, day)
        one["ends"] = row.trial.end
        if explain:
            for said, criterion_found in zip(one["criteria"], row.assessment.criteria, strict=True):
                said["source"] = origins_of(row.trial, criterion_found, store, row.assessment.cohort is not None)
        trials.append(one)
    more = {} if advice is None else advised(store, asked, found, advice, day, lang)
    return {
        **heading(store.meta, day),
        "profile": profile(asked, day),
        "notes": list(asked.notes),
        "counts": {**counts(found), **({} if advice is None else {"near_misses": len(advice.near)})},
        **more,
        "trials": trials,
    }


def age_window(window: Window, day: date) -> dict[str, Any]:
    """When the age rule admits the patient: the first day, the first day it no longer does, and the days until then."""
    return {
        "opens": window.opens.isoformat() if window.opens else None,
        "closes": window.closes.isoformat() if window.closes else None,
        "closes_in_days": (window.closes - day).days if window.closes else None,
    }


def origins_of(trial: Trial, found: Criterion, store: Store, cohort: bool) -> list[dict[str, str | None]] | None:
    """The sources of a criterion's rule."""
    from myofind.registry.provenance import origins

    if found.outcome == "not_recorded":
        return None
    return [one._asdict() for one in origins(trial, found.name, store.meta.sources, cohort)]


def advised(store: Store, asked: Profile, found: Answer, advice: Advice, day: date, lang: Lang) -> dict[str, Any]:
    """What to ask, near misses, other diagnoses, what time changes, and what to ask instead where nothing fits."""
    from myofind.writers import advice_json as extras

    return extras.advised(store, asked, found, advice, day, lang)


def _span(found: Span | str | None) -> Any:
    if found is None or isinstance(found, str):
        return found
    return found.number if found.unit == "years" else str(found)


def _bounds(rule: AgeRule | SpanRule | None) -> dict[str, Any] | None:
    return None if rule is None else {"min": _span(rule.min), "max": _span(rule.max)}


def eligibility(own: Eligibility) -> dict[str, Any]:
    """Who may join, as recorded; null where the registry says nothing."""
    return {
        "coverage": own.coverage,
        "subtypes": None
        if own.subtypes is None
        else {"admits": list(own.subtypes.admits), "excludes": list(own.subtypes.excludes)},
        "age": _bounds(own.age),
        "sex": own.sex,
        "autoantibodies": (
            None
            if own.autoantibodies is None
            else {key: list(value) for key, value in own.autoantibodies._asdict().items()}
        ),
        "ild": own.ild,
        "refractory": own.refractory,
        "duration": _bounds(own.duration),
        "onset_age": _bounds(own.onset_age),
        "check_by_hand": list(own.check_by_hand),
    }


def record(trial: Trial, day: date) -> dict[str, Any]:
    """The whole record of a trial, as `list` and `show` give it."""
    rule = trial.countries
    return {
        **identity(trial),
        "recruitment": recruiting(recruitment(trial.status, trial.end, day)),
        "extends": list(trial.extends),
        "comparator": trial.comparator,
        "status": [{key: value for key, value in one._asdict().items() if value is not None} for one in trial.status],
        "eligibility": eligibility(trial.eligibility),
        "cohorts": [{"name": one.name, "eligibility": eligibility(one.eligibility)} for one in trial.cohorts],
        "countries": (
            None
            if rule is None
            else {"listed": list(rule.listed), "complete": rule.complete, "not_in": list(rule.not_in)}
        ),
        "sites": site_list(trial),
        "enrollment": trial.enrollment,
        "start": trial.start,
        "primary_completion": trial.primary_completion,
        "end": trial.end,
        "follow_up": None if trial.follow_up is None else str(trial.follow_up),
        "sponsor": trial.sponsor,
        "draft": trial.draft,
        "sources": [
            {
                key: value
                for key, value in (("ref", s.ref), ("at", s.at), ("date", s.date), ("for", list(s.keys)))
                if value
            }
            for s in trial.sources
        ],
        "conflicts": conflicts(trial),
    }
