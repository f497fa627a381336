"""Whom to call about a trial: the patient's countries first."""

from __future__ import annotations

from myofind.domain.trial import Contact, Trial
from myofind.names.vocabulary import label
from myofind.report.values import PatientFacts
from myofind.words.wording import Lang


def nearest_contacts(trial: Trial, asked: PatientFacts | None) -> list[Contact]:
    """Those of the patient's countries and those of no country; all, where there is none."""
    countries = asked.patient.countries if asked else ()
    near = [one for one in trial.contacts if one.where is None or one.where in countries]
    return near or list(trial.contacts)


def contact_line(one: Contact, lang: Lang) -> str:
    """A contact in a line."""
    called = one.label.text(lang) if one.label else ""
    where = label("countries", one.where, lang) if one.where else ""
    return ", ".join(part for part in (called, where, one.phone, one.email, one.url) if part)
