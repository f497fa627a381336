"""What to ask instead when nothing fits: the same question with one fact left out or widened, and what it would give."""

from collections.abc import Iterator
from datetime import date
from typing import Literal

from myofind.asking.as_command import as_age
from myofind.asking.typed import Profile, Typed
from myofind.domain.patient import Patient
from myofind.matching import trial_sets as sets
from myofind.matching.answer import Matched
from myofind.matching.trial_sets import Bits, Index
from myofind.records import NamedTuple

MOST = 5
COUNTRIES = 2
"""Countries offered one by one."""

Reason = Literal["country", "any_country", "antibodies", "age", "refractory", "ild", "subtype", "closed"]
"""What a search is relaxed in: a country or subtype more, a fact left out or turned round, closed trials included."""


class Relaxed(NamedTuple):
    """A search that finds more: the facts to ask with, what is relaxed, and how many more trials it finds.

    `term` is the country or the subtype added; `status` restricts the search to a state of recruitment.
    """

    facts: Typed
    reason: Reason
    gain: int
    term: str | None = None
    status: str | None = None


def relaxed(
    table: Index, asked: Profile, typed: Typed, found: Matched, day: date, also: tuple[tuple[str, bool], ...]
) -> tuple[Relaxed, ...]:
    """Searches that find more, the most first."""
    taking = found.taking & ~found.states["unknown"]

    def gain(other: Patient) -> int:
        then = sets.verdicts(table, other, day)
        return sets.size((then.match | then.possible) & ~found.fitting & taking)

    facts = as_age(asked, typed)
    countries = [code for code, _ in _countries(table, found)[:COUNTRIES]]
    others = _other_facts(asked.patient, facts, countries, also)
    options = [Relaxed(relaxed_facts, reason, gain(patient), term) for reason, term, patient, relaxed_facts in others]
    options.append(Relaxed(facts, "closed", sets.size(found.fitting & found.states["closed"]), None, "closed"))
    useful = [option for option in options if option.gain]
    return tuple(sorted(useful, key=lambda option: -option.gain)[:MOST])


def _other_facts(
    patient: Patient, facts: Typed, countries: list[str], also: tuple[tuple[str, bool], ...]
) -> Iterator[tuple[Reason, str | None, Patient, Typed]]:
    """The patient, and the facts as typed, with one fact left out or widened."""
    for code in countries:
        there = patient._replace(countries=(*patient.countries, code))
        yield "country", code, there, facts._replace(countries=(*facts.countries, code))
    if patient.countries:
        yield "any_country", None, patient._replace(countries=()), facts._replace(countries=())
    if patient.antibodies and facts.antibodies:
        yield "antibodies", None, patient._replace(antibodies=()), facts._replace(antibodies=())
    if patient.birth:
        yield "age", None, patient._replace(birth=None), facts._replace(age=None)
    if patient.refractory is False:
        yield "refractory", None, patient._replace(refractory=True), facts._replace(refractory=True)
    if patient.ild is not None:
        yield "ild", None, patient._replace(ild=None), facts._replace(ild=None)
    for subtype, _ in also:
        other = patient._replace(subtypes=(*patient.subtypes, subtype))
        yield "subtype", subtype, other, facts._replace(subtypes=(*facts.subtypes, subtype))


def _countries(table: Index, found: Matched) -> list[tuple[str, Bits]]:
    """The countries of the trials that only the country keeps out, the most useful first."""
    missed = sets.only_failing(table, "country", found.judged, found.verdicts.excluded) & found.taking
    by_code: dict[str, Bits] = {}
    for rule, bits in table.rules.get("country", ()):
        for code in rule.listed if bits & missed else ():
            by_code[code] = by_code.get(code, 0) | (bits & missed)
    return sorted(by_code.items(), key=lambda pair: (-pair[1].bit_count(), pair[0]))
