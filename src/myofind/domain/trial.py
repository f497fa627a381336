"""What the registry knows of a trial: frozen records, absent where no source says.

Terms (subtypes, antibodies, countries) are vocabulary ids. `from_plain` makes a trial of the mapping an editor writes.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from myofind.domain import rules as r
from myofind.names.facts import FactId
from myofind.records import NamedTuple

NOBODY = ("existing_records", "already_treated", "published")
"""Why a study takes nobody."""

KINDS = ("interventional", "observational", "registry", "extension")
PHASES = ("early_1", "1", "2", "3", "4")
COMPARATORS = ("placebo", "active", "dose", "usual_care", "no_treatment", "none")
SEXES = ("female", "male", "all")
ROLES = ("experimental", "comparator", "background")

COVERAGES = ("full", "inclusion", "partial", "summary", "fields")
"""How much of the criteria was read, most first."""

FIRM = ("full", "inclusion")
"""From these a match is firm: every inclusion criterion was read."""


class Note(NamedTuple):
    """A criterion in words, to check by hand; French where it was written."""

    en: str
    fr: str | None = None

    def text(self, lang: str) -> str:
        """The note in a language, or in English."""
        return self.fr or self.en if lang == "fr" else self.en


class Eligibility(NamedTuple):
    """Who may join; a missing rule was not recorded."""

    coverage: str | None = None
    subtypes: r.SubtypeRule | None = None
    age: r.AgeRule | None = None
    sex: str | None = None
    autoantibodies: r.AntibodyRule | None = None
    facts: tuple[tuple[FactId, r.FactRule], ...] = ()
    any_of: tuple[Eligibility, ...] = ()
    """Branches of which one suffices; a branch is a few rules that hold together."""
    at_least: tuple[AtLeast, ...] = ()
    treatments: tuple[r.TreatmentRule, ...] = ()
    check_by_hand: tuple[Note, ...] = ()

    def fact(self, id: FactId) -> r.FactRule | None:
        """The rule on a fact."""
        return next((rule for key, rule in self.facts if key == id), None)

    @property
    def onset(self) -> r.DayRule:
        """Bounds of the time since onset, and of the age at onset."""
        rule = self.fact("onset")
        return rule if isinstance(rule, r.DayRule) else r.DayRule()

    def stance(self, id: FactId) -> str | None:
        """Whether a fact is required, excluded or allowed, where the rule is no more than that."""
        rule = self.fact(id)
        return rule if isinstance(rule, str) else None


class AtLeast(NamedTuple):
    """Measures of which some number must be met; `of` as the branches of `any_of`."""

    needed: int
    of: tuple[Eligibility, ...]


def named_rules(own: Eligibility) -> Iterator[tuple[str, Any]]:
    """Every rule with the name of its criterion, in the order of the criteria.

    Who excludes cancer-associated myositis excludes present cancer, unless a rule on cancer says more.
    """
    first = (("subtype", own.subtypes), ("age", own.age), ("autoantibodies", own.autoantibodies), ("sex", own.sex))
    yield from ((name, rule) for name, rule in first if rule is not None)
    if own.subtypes is not None and "cam" in own.subtypes.excludes and own.fact("cancer") is None:
        yield "cancer", r.Window()
    for id, rule in own.facts:
        if id == "onset" and isinstance(rule, r.DayRule):
            both = (("duration", rule.since), ("onset_age", rule.age))
            yield from ((name, bounds) for name, bounds in both if bounds is not None)
        else:
            yield id, rule
    if own.any_of:
        yield "any_of", AtLeast(1, own.any_of)
    yield from (("at_least", several) for several in own.at_least)
    yield from (("treatments", treatment) for treatment in own.treatments)


class Cohort(NamedTuple):
    """A part of a trial with criteria of its own on top of the trial's."""

    name: str
    eligibility: Eligibility
    fr: str | None = None


class Observation(NamedTuple):
    """The recruitment status a source gave, and the day it was true."""

    value: str
    as_of: str
    source: str
    at: str | None = None
    why: str | None = None


class Intervention(NamedTuple):
    """What is tested, or compared with."""

    name: str
    role: str = "experimental"
    route: str | None = None
    brand: str | None = None
    codes: tuple[str, ...] = ()
    drug_class: str | None = None


class Site(NamedTuple):
    """A place where the trial runs; `status` is the site's own, where the register gives one."""

    country: str
    city: str | None = None
    facility: str | None = None
    status: str | None = None


class SourceRef(NamedTuple):
    """Where facts come from: a declared source and the place in it; `keys` names the facts it supports, if not all."""

    ref: str
    at: str | None = None
    date: str | None = None
    keys: tuple[str, ...] = ()


class Conflict(NamedTuple):
    """What the sources disagree about, which was kept and why."""

    about: str
    note: str
    fr: str | None = None

    def text(self, lang: str) -> str:
        """What disagrees, in a language, or in English."""
        return self.fr or self.note if lang == "fr" else self.note


class Contact(NamedTuple):
    """Whom to call: a study's own line or a department, never a person."""

    where: str | None = None
    phone: str | None = None
    email: str | None = None
    url: str | None = None
    label: Note | None = None
    source: str | None = None
    at: str | None = None
    date: str | None = None


class Design(NamedTuple):
    """What clinicians compare: chances of the tested treatment, length of the controlled part, extension, visits."""

    ratio: str | None = None
    placebo: r.Span | None = None
    extension: bool | None = None
    visits: r.Span | None = None


class ReadBy(NamedTuple):
    """Who read the criteria last, and when."""

    on: str
    by: str | None = None


class RecordRead(NamedTuple):
    """What was last read of a register's record: days, and fingerprints of the texts a machine cannot judge."""

    read: str | None = None
    updated: str | None = None
    title: str | None = None
    conditions: str | None = None
    criteria: str | None = None


class Trial(NamedTuple):
    """One study of the registry."""

    id: str
    kind: str
    ids: tuple[tuple[str, tuple[str, ...]], ...] = ()
    acronym: str | None = None
    title: str | None = None
    title_fr: str | None = None
    extends: tuple[str, ...] = ()
    interventions: tuple[Intervention, ...] = ()
    phase: tuple[str, ...] = ()
    comparator: str | None = None
    status: tuple[Observation, ...] = ()
    eligibility: Eligibility = Eligibility()
    cohorts: tuple[Cohort, ...] = ()
    countries: r.CountryRule | None = None
    sites: tuple[Site, ...] = ()
    enrollment: int | None = None
    start: str | None = None
    primary_completion: str | None = None
    end: str | None = None
    follow_up: r.Span | None = None
    sponsor: str | None = None
    record: RecordRead | None = None
    draft: bool = False
    sources: tuple[SourceRef, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    takes_nobody: str | None = None
    """Why nobody can enter: `existing_records`, `already_treated` or `published`."""
    contacts: tuple[Contact, ...] = ()
    design: Design | None = None
    read: ReadBy | None = None

    @property
    def enrolment(self) -> r.Enrolment | None:
        """Why nobody new can enter; None where somebody may."""
        if self.draft:
            return r.Enrolment("draft")
        if self.kind == "extension":
            return r.Enrolment("extension", self.extends)
        return r.Enrolment("takes_nobody", (self.takes_nobody,)) if self.takes_nobody else None

    @property
    def name(self) -> str:
        """What people call it: its acronym, else its title, else its id."""
        return self.acronym or self.title or self.id


class Source(NamedTuple):
    """A document or site the facts come from."""

    id: str
    title: str | None = None
    publisher: str | None = None
    date: str | None = None
    file: str | None = None
    url: str | None = None


class Registry(NamedTuple):
    """The whole file."""

    name: str
    version: str
    as_of: str
    sources: tuple[Source, ...]
    trials: tuple[Trial, ...]


Plain = dict[str, Any]
"""A trial as an editor writes it: nested mappings, lists, texts and numbers."""
