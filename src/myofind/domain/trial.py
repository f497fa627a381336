"""What the registry knows of a trial: frozen records, absent where no source says.

Terms (subtypes, antibodies, countries) are vocabulary ids. `from_plain` makes a trial of the mapping an editor writes.
"""

from typing import Any, Literal, NamedTuple

Unit = Literal["years", "months", "weeks", "days"]

STATUSES = (
    "recruiting",
    "not_yet_recruiting",
    "enrolling_by_invitation",
    "active_not_recruiting",
    "completed",
    "suspended",
    "terminated",
    "withdrawn",
    "unknown",
)
"""ClinicalTrials.gov `OverallStatus` in snake case."""

KINDS = ("interventional", "observational", "registry", "extension")
PHASES = ("early_1", "1", "2", "3", "4")
COMPARATORS = ("placebo", "active", "dose", "usual_care", "no_treatment", "none")
STANCES = ("required", "excluded", "allowed")
SEXES = ("female", "male", "all")
ROLES = ("experimental", "comparator", "background")
ID_KEYS = (
    "nct", "eudract", "euct", "isrctn", "jrct", "chictr", "actrn", "drks", "umin", "ctri", "kct", "irct", "pactr", "nl",
    "id_rcb", "sponsor",
)  # fmt: skip


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
    """Bounds of a length of time, both included."""

    min: Span | None = None
    max: Span | None = None


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


class Eligibility(NamedTuple):
    """Who may join; a missing rule was not recorded."""

    coverage: str | None = None
    subtypes: SubtypeRule | None = None
    age: AgeRule | None = None
    sex: str | None = None
    autoantibodies: AntibodyRule | None = None
    ild: str | None = None
    refractory: str | None = None
    duration: SpanRule | None = None
    onset_age: SpanRule | None = None
    check_by_hand: tuple[str, ...] = ()


class Cohort(NamedTuple):
    """A part of a trial with criteria of its own on top of the trial's."""

    name: str
    eligibility: Eligibility


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
    countries: CountryRule | None = None
    sites: tuple[Site, ...] = ()
    enrollment: int | None = None
    start: str | None = None
    primary_completion: str | None = None
    end: str | None = None
    follow_up: Span | None = None
    sponsor: str | None = None
    record: RecordRead | None = None
    draft: bool = False
    sources: tuple[SourceRef, ...] = ()
    conflicts: tuple[Conflict, ...] = ()

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


def _span(value: Any) -> Span:
    return Span(value["number"], value["unit"]) if isinstance(value, dict) else Span(value, "years")


def _tuple(value: Any) -> tuple[str, ...]:
    return () if value is None else (value,) if isinstance(value, str) else tuple(value)


def _eligibility(plain: Plain) -> Eligibility:
    subtypes, age, antibodies = plain.get("subtypes"), plain.get("age"), plain.get("autoantibodies")
    return Eligibility(
        plain.get("coverage"),
        SubtypeRule(_tuple(subtypes.get("admits")), _tuple(subtypes.get("excludes"))) if subtypes is not None else None,
        age_rule(age) if age is not None else None,
        plain.get("sex"),
        AntibodyRule(*(_tuple(antibodies.get(key)) for key in AntibodyRule._fields))
        if antibodies is not None
        else None,
        plain.get("ild"),
        plain.get("refractory"),
        _span_rule(plain.get("duration")),
        _span_rule(plain.get("onset_age")),
        _tuple(plain.get("check_by_hand")),
    )


def age_rule(plain: Plain) -> AgeRule:
    """An age rule from its mapping."""
    low, high = plain.get("min"), plain.get("max")
    return AgeRule(
        None if low is None else _span(low),
        None if high is None else "none" if high == "none" else _span(high),
    )


def _span_rule(plain: Plain | None) -> SpanRule | None:
    if plain is None:
        return None
    low, high = plain.get("min"), plain.get("max")
    return SpanRule(None if low is None else _span(low), None if high is None else _span(high))


def from_plain(plain: Plain) -> Trial:
    """The trial an accepted mapping describes."""
    countries, record = plain.get("countries"), plain.get("record")
    return Trial(
        id=plain["id"],
        kind=plain["kind"],
        ids=tuple((key, _tuple(value)) for key, value in plain.get("ids", {}).items()),
        acronym=plain.get("acronym"),
        title=plain.get("title"),
        title_fr=plain.get("title_fr"),
        extends=_tuple(plain.get("extends")),
        interventions=tuple(
            Intervention(
                i["name"],
                i.get("role", "experimental"),
                i.get("route"),
                i.get("brand"),
                _tuple(i.get("codes")),
                i.get("class"),
            )
            for i in plain.get("interventions", ())
        ),
        phase=tuple(plain.get("phase", ())),
        comparator=plain.get("comparator"),
        status=tuple(
            Observation(o["value"], o["as_of"], o["source"], o.get("at"), o.get("why")) for o in plain.get("status", ())
        ),
        eligibility=_eligibility(plain.get("eligibility", {})),
        cohorts=tuple(Cohort(c["name"], _eligibility(c.get("eligibility", {}))) for c in plain.get("cohorts", ())),
        countries=(
            CountryRule(
                _tuple(countries.get("listed")), bool(countries.get("complete")), _tuple(countries.get("not_in"))
            )
            if countries is not None
            else None
        ),
        sites=tuple(
            Site(s["country"], s.get("city"), s.get("facility"), s.get("status")) for s in plain.get("sites", ())
        ),
        enrollment=plain.get("enrollment"),
        start=plain.get("start"),
        primary_completion=plain.get("primary_completion"),
        end=plain.get("end"),
        follow_up=None if plain.get("follow_up") is None else _span(plain["follow_up"]),
        sponsor=plain.get("sponsor"),
        record=RecordRead(*(record.get(key) for key in RecordRead._fields)) if record is not None else None,
        draft=bool(plain.get("draft")),
        sources=tuple(
            SourceRef(s["ref"], s.get("at"), s.get("date"), _tuple(s.get("for"))) for s in plain.get("sources", ())
        ),
        conflicts=tuple(Conflict(c["about"], c["note"]) for c in plain.get("conflicts", ())),
    )
