"""A ClinicalTrials.gov record (API v2) to the facts the registry keeps: pure, and blind to everything else.

A record may hold anything: a missing module is silence, a value of the wrong kind or an unknown word is a warning.
Texts are cleaned (one line, no control characters); the criteria keep their lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Literal

from myofind.domain.persons import person_at
from myofind.domain.recruitment import STATE_OF
from myofind.domain.rules import Span
from myofind.domain.trial import Site
from myofind.language import Pair
from myofind.names.vocabulary import resolve
from myofind.records import NamedTuple
from myofind.registers.record_values import NotARecord, RecordValues, clean, clip, fingerprint, numbers_in, unmarked
from myofind.registry.file_format import MOST_PARTICIPANTS
from myofind.registry.one_reading import telephone
from myofind.registry.shaped import MAIL, TELEPHONE

NCT = re.compile(r"NCT\d{8}", re.ASCII)
ADDRESS = "https://clinicaltrials.gov/study/{id}"

LONGEST_SUMMARY = 20_000
LONGEST_LINE, LONGEST_SHORT, LONGEST_WHY, LONGEST_NAME, LONGEST_ACRONYM = 200, 120, 120, 100, 60
"""Longest texts the registry takes for a facility or sponsor, a city, a reason, an intervention, an acronym."""

PHASES = {"EARLY_PHASE1": "early_1", "PHASE1": "1", "PHASE2": "2", "PHASE3": "3", "PHASE4": "4"}
SEXES = {"ALL": "all", "FEMALE": "female", "MALE": "male"}
STATUS_WORDS = {word.upper(): word for word in STATE_OF}
EXPANDED_ACCESS = frozenset({"AVAILABLE", "NO_LONGER_AVAILABLE", "TEMPORARILY_NOT_AVAILABLE", "APPROVED_FOR_MARKETING"})
_SITE_STATUSES = {**STATUS_WORDS, **dict.fromkeys(EXPANDED_ACCESS, "")}
STUDY_TYPES = frozenset({"INTERVENTIONAL", "OBSERVATIONAL", "EXPANDED_ACCESS"})
NO_COUNT = 99_999_999
"""The register's stand-in for an enrollment that is not known."""

NO_LIMIT_YEARS = 99
"""From here on a maximum age is the register's way to say there is none (99, 100, 120 and 130 occur)."""

_COUNTRIES = {"Georgia": "GE", "Congo": "CG", "Turkey": "TR"}
"""Names of the register's own list that are ambiguous elsewhere, or its former names."""

_UNITS: dict[str, tuple[int, Literal["years", "months", "weeks", "days"]]] = {
    "year": (1, "years"), "month": (1, "months"), "week": (1, "weeks"), "day": (1, "days"),
    "hour": (24, "days"), "minute": (1440, "days"),
}  # fmt: skip
_AGE = re.compile(r"(\d{1,6})\s*(year|month|week|day|hour|minute)s?", re.ASCII | re.IGNORECASE)


class Arm(NamedTuple):
    """A group of participants: its kind in the register's words, and the interventions it gets."""

    label: str
    kind: str | None
    interventions: tuple[str, ...]


class Given(NamedTuple):
    """An intervention as the record names it."""

    name: str
    kind: str | None
    other_names: tuple[str, ...]


class Line(NamedTuple):
    """A telephone in international form, an electronic address that is no person's, or both."""

    phone: str | None = None
    email: str | None = None


class Record(NamedTuple):
    """The facts of one record; None or () where it says nothing."""

    nct: str
    aliases: tuple[str, ...] = ()
    status: str | None = None
    """A word of the registry; None where the register's word has no counterpart (`status_word`)."""
    status_word: str | None = None
    why: str | None = None
    last_known: str | None = None
    verified: str | None = None
    updated: str | None = None
    data_day: str | None = None
    """The day of the register's data this record was taken from, where it tells."""
    start: str | None = None
    primary_completion: str | None = None
    end: str | None = None
    age_min: Span | None = None
    age_max: Span | Literal["none"] | None = None
    sex: str | None = None
    phase: tuple[str, ...] = ()
    enrollment: int | None = None
    study_type: str | None = None
    patient_registry: bool = False
    sites: tuple[Site, ...] = ()
    sites_complete: bool = False
    """Whether every site of the record could be read."""
    sponsor: str | None = None
    acronym: str | None = None
    title: str | None = None
    official_title: str | None = None
    summary: str | None = None
    conditions: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    given: tuple[Given, ...] = ()
    arms: tuple[Arm, ...] = ()
    criteria: str | None = None
    ids: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """Numbers in other registers, found by their shape."""
    organisation_id: str | None = None
    contacts: tuple[Line, ...] = ()
    """The study's own lines; the names of people, and addresses that are a person's, are left out."""
    warnings: tuple[Pair, ...] = ()

    @property
    def countries(self) -> tuple[str, ...]:
        """The countries of the sites, each once, in the order of the record."""
        return tuple(dict.fromkeys(site.country for site in self.sites))

    def fingerprints(self) -> dict[str, str]:
        """The texts a machine cannot judge, each as a fingerprint; only those the record has."""
        titles = "\n".join(text for text in (self.title, self.official_title) if text)
        texts = {"title": titles, "conditions": "\n".join(sorted(self.conditions)), "criteria": self.criteria or ""}
        return {key: fingerprint(text) for key, text in texts.items() if text}


def read_record(study: object) -> Record:
    """The facts of a record; raises NotARecord where there is no NCT number."""
    return _Reader(study).record()


class _Reader(RecordValues):
    """Walks one record, collecting warnings."""

    def __init__(self, study: object) -> None:
        super().__init__()
        self.study = study
        self.protocol = self.mapping(study, "protocolSection")

    def record(self) -> Record:
        identity = self.mapping(self.protocol, "identificationModule")
        number = (self.text(identity, "nctId", 40) or "").upper()
        if not NCT.fullmatch(number):
            none = ("no NCT number", "pas de numéro NCT")
            other = (f"no NCT number (found `{number}`)", f"pas de numéro NCT (trouvé `{number}`)")
            raise NotARecord(other if number else none)
        status = self.mapping(self.protocol, "statusModule")
        design = self.mapping(self.protocol, "designModule")
        misc = self.mapping(self.study, "derivedSection", "miscInfoModule")
        least, most = self.ages()
        eligibility = self.mapping(self.protocol, "eligibilityModule")
        sites, whole = self.sites()
        sponsor = self.mapping(self.protocol, "sponsorCollaboratorsModule", "leadSponsor")
        word = self.text(status, "overallStatus", 80)
        return Record(
            nct=number,
            aliases=tuple(one for one in self.texts(identity, "nctIdAliases") if NCT.fullmatch(one)),
            status=self.status(word),
            status_word=word,
            why=self.text(status, "whyStopped", LONGEST_WHY),
            last_known=(self.text(status, "lastKnownStatus", 80) or "").lower() or None,
            verified=self.day(status, "statusVerifiedDate"),
            updated=self.full_day(status, "lastUpdatePostDateStruct"),
            data_day=self.full_day(misc, "versionHolder"),
            start=self.day(status, "startDateStruct"),
            primary_completion=self.day(status, "primaryCompletionDateStruct"),
            end=self.day(status, "completionDateStruct"),
            age_min=least,
            age_max=most,
            sex=self.word(eligibility, "sex", SEXES, ("the sex", "le sexe")),
            phase=self.phases(design),
            enrollment=self.count(self.mapping(design, "enrollmentInfo")),
            study_type=self.study_type(design),
            patient_registry=design.get("patientRegistry") is True,
            sites=sites,
            sites_complete=whole,
            sponsor=self.text(sponsor, "name", LONGEST_LINE),
            acronym=self.text(identity, "acronym", LONGEST_ACRONYM),
            title=self.text(identity, "briefTitle"),
            official_title=self.text(identity, "officialTitle"),
            summary=self.text(self.mapping(self.protocol, "descriptionModule"), "briefSummary", LONGEST_SUMMARY),
            conditions=self.texts(self.mapping(self.protocol, "conditionsModule"), "conditions"),
            keywords=self.texts(self.mapping(self.protocol, "conditionsModule"), "keywords"),
            given=tuple(self.given()),
            arms=tuple(self.arms()),
            criteria=self.criteria(eligibility),
            ids=tuple(self.other_numbers(identity).items()),
            organisation_id=self.text(self.mapping(identity, "orgStudyIdInfo"), "id", LONGEST_SHORT),
            contacts=self.contacts({site.country for site in sites}),
            warnings=tuple(self.warnings),
        )

    def status(self, word: str | None) -> str | None:
        if word is None or word in STATUS_WORDS:
            return STATUS_WORDS.get(word or "")
        if word in EXPANDED_ACCESS:
            english = f"status `{word}` is one of expanded access, which the registry has no word for"
            self.warn(english, f"l'état `{word}` est d'un accès élargi, pour lequel le registre n'a pas de mot")
        elif word == "WITHHELD":
            self.warn("the register withholds the status", "le registre public ne donne pas l'état")
        else:
            self.left_out(f"the status `{word}` is not known here", f"l'état `{word}` n'est pas connu ici")
        return None

    def study_type(self, design: dict[str, Any]) -> str | None:
        word = self.text(design, "studyType", 80)
        if word is not None and word not in STUDY_TYPES:
            self.left_out(f"the study type `{word}` is not known here", f"le type d'étude `{word}` n'est pas connu ici")
            return None
        return word

    def phases(self, design: dict[str, Any]) -> tuple[str, ...]:
        found = []
        for word in self.listed(design, "phases"):
            if isinstance(word, str) and word in PHASES:
                found.append(PHASES[word])
            elif word != "NA":
                name = clean(str(word))[:60]
                self.left_out(f"the phase `{name}` is not known here", f"la phase `{name}` n'est pas connue ici")
        return tuple(dict.fromkeys(found))

    def count(self, info: dict[str, Any]) -> int | None:
        value = info.get("count")
        if isinstance(value, str) and re.fullmatch(r"\d{1,8}", value, re.ASCII):
            value = int(value)
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        if value is None or value == NO_COUNT:
            return None
        if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= MOST_PARTICIPANTS:
            fr = "le nombre de participants n'est pas un nombre entier jusqu'à un million"
            self.left_out("the enrollment is no whole number up to a million", fr)
            return None
        return value

    def ages(self) -> tuple[Span | None, Span | Literal["none"] | None]:
        """The bounds; a bound the register leaves out is no bound where the record tells of eligibility at all."""
        module = self.mapping(self.protocol, "eligibilityModule")
        low, high = self.age(module, "minimumAge"), self.age(module, "maximumAge")
        groups = [one for one in self.listed(module, "stdAges") if isinstance(one, str)]
        least: Span | None = low
        if low is None and "minimumAge" not in module and "CHILD" in groups:
            least = Span(0, "years")
        most: Span | Literal["none"] | None = high
        if high is not None:
            most = "none" if high.unit == "years" and high.number >= NO_LIMIT_YEARS else high
        elif "maximumAge" not in module and (
            "OLDER_ADULT" in groups or (not groups and ("minimumAge" in module or "eligibilityCriteria" in module))
        ):
            most = "none"
        return least, most

    def age(self, module: dict[str, Any], key: str) -> Span | None:
        value = self.text(module, key, 60)
        if value is None or value.upper() == "N/A":
            return None
        found = _AGE.fullmatch(value)
        if not found or int(found[1]) // _UNITS[found[2].lower()][0] > 999:
            self.left_out(f"`{key}` has `{value}`, which is no age", f"`{key}` a `{value}`, qui n'est pas un âge")
            return None
        per, unit = _UNITS[found[2].lower()]
        return Span(int(found[1]) // per, unit)

    def sites(self) -> tuple[tuple[Site, ...], bool]:
        """The sites, each once, and whether all could be read; countries removed since are not among them."""
        found: dict[Site, None] = {}
        whole = True
        for place in self.items(self.mapping(self.protocol, "contactsLocationsModule"), "locations"):
            country = self.country(self.text(place, "country"))
            if country is None:
                whole = False
                continue
            city, facility = self.text(place, "city", LONGEST_SHORT), self.text(place, "facility", LONGEST_LINE)
            status = self.word(place, "status", _SITE_STATUSES, ("a site status", "l'état d'un site"))
            found[Site(country, city, facility, status or None)] = None
        return tuple(found), whole and bool(found)

    def country(self, name: str | None) -> str | None:
        if name is None:
            self.left_out("a site has no country", "un site n'a pas de pays")
            return None
        known = _COUNTRIES.get(name) or resolve("countries", name, exact=True).id
        if known is None:
            where = f"`{clip(name, 60)}`"
            english = f"the country {where} is not in the vocabulary; its sites were left out"
            self.warn(english, f"le pays {where} n'est pas dans le vocabulaire ; ses sites ont été laissés de côté")
        return known

    def contacts(self, countries: set[str]) -> tuple[Line, ...]:
        """The central contacts without their names; a number of ten digits is North American where all sites are."""
        found: dict[Line, None] = {}
        for module in self.items(self.mapping(self.protocol, "contactsLocationsModule"), "centralContacts"):
            phone = self.phone(self.text(module, "phone", 60) or "", bool(countries) and countries <= {"US", "CA"})
            email = self.text(module, "email", 120)
            if email is not None and (not re.fullmatch(MAIL.pattern, email) or person_at(email)):
                email = None
            if phone or email:
                found[Line(phone, email)] = None
        return tuple(found)

    def phone(self, text: str, american: bool) -> str | None:
        if re.fullmatch(TELEPHONE.pattern, text):
            return text
        bare = re.fullmatch(r"(?:\+?1[ .-]?)?\(?([2-9]\d{2})\)?[ .-]?(\d{3})[ .-]?(\d{4})", text, re.ASCII)
        if bare and american:
            return f"+1 {bare[1]} {bare[2]} {bare[3]}"
        return telephone(text, TELEPHONE.pattern)

    def given(self) -> Iterator[Given]:
        for module in self.items(self.mapping(self.protocol, "armsInterventionsModule"), "interventions"):
            name = self.text(module, "name", LONGEST_NAME)
            if name:
                yield Given(name, self.text(module, "type", 40), self.texts(module, "otherNames"))

    def arms(self) -> Iterator[Arm]:
        for module in self.items(self.mapping(self.protocol, "armsInterventionsModule"), "armGroups"):
            names = tuple(text.split(": ", 1)[-1] for text in self.texts(module, "interventionNames"))
            yield Arm(self.text(module, "label", 200) or "", self.text(module, "type", 40), names)

    def criteria(self, eligibility: dict[str, Any]) -> str | None:
        value = self.raw(eligibility, "eligibilityCriteria")
        if value is None:
            return None
        lines = [clean(unmarked(line)) for line in value.splitlines()]
        return "\n".join(line for line in lines if line) or None

    def other_numbers(self, identity: dict[str, Any]) -> dict[str, tuple[str, ...]]:
        infos = [self.mapping(identity, "orgStudyIdInfo"), *self.items(identity, "secondaryIdInfos")]
        return numbers_in([text for one in infos if (text := self.text(one, "id"))])
