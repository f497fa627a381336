"""Records to JSON values: stable keys, numbers as numbers, unknown as null, "no limit" as `"none"`."""

from __future__ import annotations

from datetime import date
from typing import Any

from myofind import __version__
from myofind.advice.timing import Window
from myofind.domain.ages import begun
from myofind.domain.eligibility import Assessment, Criterion
from myofind.domain.onsets import typed_onset
from myofind.domain.patient import Onset, Patient
from myofind.domain.plain_trial import plain_branch
from myofind.domain.recruitment import Recruitment
from myofind.domain.rules import AgeRule, Span, SpanRule, plain_rule
from myofind.domain.trial import Contact, Design, Eligibility, Note, Observation, Site, Trial
from myofind.names.diagnosis import read_diagnosis
from myofind.report.values import PatientFacts, Sources, Stamp, Study, TrialRow
from myofind.words.reasons import reason
from myofind.words.rule_words import required
from myofind.words.wording import Lang
from myofind.writers.phrases import Shown, by_hand


def fields(record: object, *names: str) -> dict[str, Any]:
    """Some fields of a record, each under its own name."""
    return {name: getattr(record, name) for name in names}


def heading(stamp: Stamp) -> dict[str, Any]:
    """Which program and registry answered, and for which day."""
    return {
        "myofind": __version__,
        "registry": fields(stamp, "name", "version", "as_of", "sha256"),
        "evaluated_on": stamp.day.isoformat(),
    }


def profile(asked: PatientFacts, day: date) -> dict[str, Any]:
    """The patient as understood on a day; the birth date itself is not repeated, and every value can be typed again."""
    patient = asked.patient
    years, months = asked.age or (None, None)
    values: dict[str, Any] = {
        "subtypes": list(patient.subtypes),
        "age": None if asked.age is None else {"years": years, "months": months if years is None else months or 0},
        "autoantibodies": {**_not_said(patient), **dict(patient.antibodies)},
        "countries": list(patient.countries),
    }
    if (lived := _days_lived(asked, day)) is not None:
        values["age_days"] = lived
    for key in ("sex", "ild", "refractory"):
        if getattr(patient, key) is not None:
            values[key] = getattr(patient, key)
    if patient.onset is not None:
        values["onset"] = typed_onset(patient.onset, day)
    facts = [(id, value) for id, value in patient.facts if not isinstance(value, Onset)]
    if facts or patient.treatments:
        from myofind.asking.as_typed import typed_again, typed_treatment

        values |= {"facts": {id: typed_again(id, value) for id, value in facts}} if facts else {}
        values |= {"treatments": list(map(typed_treatment, patient.treatments))} if patient.treatments else {}
    return values


def _not_said(patient: Patient) -> dict[str, str]:
    """The antibodies that the id of a diagnosis says where what was typed did not, as `statin-associated IMNM` does not say anti-HMGCR."""
    said = {one for _, own in patient.beside for one, _ in own}
    named = {result.id for id in patient.subtypes for result in read_diagnosis(id, exact=True).results}
    return dict.fromkeys(sorted(named - said - {one for one, _ in patient.antibodies}), "not_tested")


def _days_lived(asked: PatientFacts, day: date) -> int | list[int] | None:
    """Completed days of age, at least and at most, where the age in years and months would not give the same births again."""
    birth = asked.patient.birth
    if birth is None:
        return None
    years, months = asked.age or (None, None)
    if years is not None:
        unit = "months" if months else "years"
        days = begun(day, years * 12 + months if months else years, unit)
        if (days.first, days.last) == birth:
            return None
    least, most = (day - birth.latest).days, (day - birth.earliest).days
    return least if least == most else [least, most]


# A trial ---------------------------------------------------------------------------------------------------------------


def identity(study: Study) -> dict[str, Any]:
    """What a trial is called and what it tests."""
    trial = study.trial
    return {
        "id": trial.id,
        "ids": {key: numbers[0] if len(numbers) == 1 else list(numbers) for key, numbers in trial.ids},
        **fields(trial, "acronym", "title", "title_fr"),
        "url": study.url,
        **fields(trial, "kind", "phase"),
        "interventions": [
            {**fields(drug.written, "name", "role", "route", "brand", "codes"), "class": drug.drug_class}
            for drug in study.drugs
        ],
    }


def recruiting(found: Recruitment) -> dict[str, Any]:
    """Recruitment with the age of that knowledge."""
    return fields(found, "state", "status", "as_of", "age_days", "freshness", "overdue", "source")


def _conflicts(trial: Trial) -> list[dict[str, str]]:
    return [
        {"about": conflict.about, "note": conflict.note, **({"fr": conflict.fr} if conflict.fr else {})}
        for conflict in trial.conflicts
    ]


def record(study: Study) -> dict[str, Any]:
    """The whole record of a trial, as `list` and `show` give it."""
    trial = study.trial
    rule = trial.countries
    return {
        **identity(study),
        "recruitment": recruiting(study.recruitment),
        **fields(trial, "extends", "comparator"),
        "status": list(map(_present, trial.status)),
        "eligibility": _eligibility(trial.eligibility),
        "cohorts": [
            {"name": cohort.name, "fr": cohort.fr, "eligibility": _eligibility(cohort.eligibility)}
            for cohort in trial.cohorts
        ],
        "countries": None if rule is None else fields(rule, "listed", "complete", "not_in"),
        "sites": list(map(_present, trial.sites)),
        **fields(trial, "enrollment", "start", "primary_completion", "end"),
        "follow_up": None if trial.follow_up is None else str(trial.follow_up),
        **fields(trial, "sponsor", "draft", "takes_nobody"),
        "contacts": list(map(_present, trial.contacts)),
        "design": None if trial.design is None else _present(trial.design),
        "read": None if trial.read is None else trial.read._asdict(),
        "sources": [
            {key: value for key, value in {**fields(one, "ref", "at", "date"), "for": list(one.keys)}.items() if value}
            for one in trial.sources
        ],
        "conflicts": _conflicts(trial),
    }


def _span(found: Span | str | None) -> Any:
    if found is None or isinstance(found, str):
        return found
    return found.number if found.unit == "years" else str(found)


def _bounds(rule: AgeRule | SpanRule | None) -> dict[str, Any] | None:
    if rule is None:
        return None
    more = {key: _span(bound) for key, bound in rule._asdict().items() if key in ("above", "below") and bound}
    return {"min": _span(rule.min), "max": _span(rule.max), **more}


def _eligibility(own: Eligibility) -> dict[str, Any]:
    """Who may join, as recorded; null where the registry says nothing."""
    return {
        "coverage": own.coverage,
        "subtypes": None if own.subtypes is None else fields(own.subtypes, "admits", "excludes"),
        "age": _bounds(own.age),
        "sex": own.sex,
        "autoantibodies": None if own.autoantibodies is None else own.autoantibodies._asdict(),
        **{id: own.stance(id) for id in ("ild", "refractory")},
        "duration": _bounds(own.onset.since),
        "onset_age": _bounds(own.onset.age),
        "facts": {fact: plain_rule(rule) for fact, rule in own.facts},
        "any_of": [plain_branch(branch) for branch in own.any_of],
        "at_least": [
            {"count": several.needed, "of": [plain_branch(branch) for branch in several.of]} for several in own.at_least
        ],
        "treatments": [plain_rule(rule) for rule in own.treatments],
        "check_by_hand": [note.en for note in own.check_by_hand],
        "notes": [note._asdict() for note in own.check_by_hand],
    }


def _present(record: Contact | Design | Site | Observation) -> dict[str, Any]:
    """The fields of a record that were given, lengths of time as texts, words in both languages."""
    return {
        key: value._asdict() if isinstance(value, Note) else str(value) if isinstance(value, Span) else value
        for key, value in record._asdict().items()
        if value is not None
    }


# A trial judged --------------------------------------------------------------------------------------------------------


def criterion(judged: Criterion, lang: Lang, fact: str) -> dict[str, Any]:
    """One criterion."""
    return {
        "name": judged.name,
        "outcome": judged.outcome,
        "required": required(judged, lang) or None,
        "found": fact or None,
        "reason": reason(judged, lang, fact),
    }


def matched(row: TrialRow, lang: Lang, shown: Shown) -> dict[str, Any]:
    """One trial of an answer."""
    trial, assessment = row.trial, row.assessment
    return {
        **identity(row.study),
        **judged(assessment, row.sources, lang, shown),
        "recruitment": recruiting(row.study.recruitment),
        "sites": list(map(_present, trial.sites)),
        "check_by_hand": by_hand(trial, lang),
        "coverage": assessment.coverage,
        "conflicts": _conflicts(trial),
    }


def judged(assessment: Assessment, sources: Sources, lang: Lang, shown: Shown) -> dict[str, Any]:
    """A verdict with its criteria, and the sources of their rules where they were asked for."""
    criteria = [criterion(one, lang, shown[one.name]) for one in assessment.criteria]
    for value, origins in zip(criteria, sources, strict=False):
        value["source"] = None if origins is None else [origin._asdict() for origin in origins]
    return {
        "verdict": assessment.verdict,
        **({"firm": assessment.firm} if assessment.verdict == "match" else {}),
        "presumes": [criterion.name for criterion in assessment.presumed],
        "cohort": assessment.cohort,
        "criteria": criteria,
    }


def age_window(window: Window, day: date) -> dict[str, Any]:
    """When the age rules admit the patient, seen from a day."""
    opens, closes = window
    return {
        "opens": opens.isoformat() if opens else None,
        "closes": closes.isoformat() if closes else None,
        "closes_in_days": (closes - day).days if closes else None,
    }
