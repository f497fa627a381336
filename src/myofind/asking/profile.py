"""What was typed becomes a patient: names are read, never guessed where a guess can hurt. Nothing of it is kept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING, cast

from myofind.asking.contradictory import Contradictory
from myofind.asking.typed import Profile, Typed, check_readable
from myofind.asking.typed_diagnosis import read_typed_diagnosis
from myofind.asking.typed_names import accepted, countries
from myofind.asking.typed_person import beside_profile, read_ages, read_onset, sex_of
from myofind.diagnostics import InputError
from myofind.domain.known_facts import lung_disease, qualifying
from myofind.domain.patient import Birth, FactValue, Patient, Result, Treatment, YesNo
from myofind.domain.patient_facts import split
from myofind.domain.remarks import remarks
from myofind.names.facts import FactId
from myofind.records import NamedTuple
from myofind.words.wording import Lang, pick

if TYPE_CHECKING:
    from myofind.asking.typed_results import Beside
    from myofind.names.laboratory_values import Remark

__all__ = ["Profile", "Typed", "understand", "with_facts"]


class _Diagnosis(NamedTuple):
    """What was typed of the diagnosis: subtypes, results with the one of them they were said with (else ``), facts and treatments."""

    subtypes: tuple[str, ...]
    results: list[tuple[str, str, Result]]
    facts: dict[FactId, FactValue]
    treatments: list[Treatment]


@contextmanager
def _worded() -> Iterator[None]:
    """What contradicts itself is refused naming both sides."""
    try:
        yield
    except Contradictory as error:
        from myofind.words.reading_notes import contradiction_words

        raise InputError(*contradiction_words(error.found)) from None


def understand(typed: Typed, day: date, *, exact: bool = False, lang: Lang = "en") -> Profile:
    """The patient that was meant, on a day; raises InputError for what cannot be read, or has several readings."""
    check_readable(typed)
    readings: list[str] = []
    slips: list[str] = []
    diagnosis = _diagnosis(typed, day, exact, lang, readings, slips)
    results, beside = _results(typed, diagnosis, lang, readings)
    named = (
        accepted(name, slips, "countries", text, lang, day)
        for text in typed.countries
        for name in countries(text, exact)
    )
    places = tuple(dict.fromkeys((*typed.country_codes, *named)))
    age, unused = beside_profile(typed, read_ages(typed, day), day)
    if unused:
        readings.append(pick(lang, *unused))
    birth = Birth(age.earliest_birth, age.latest_birth) if age else None
    patient = Patient(
        diagnosis.subtypes, birth, tuple(sorted(results.items())), places, sex_of(typed, age), typed.ild,
        typed.refractory, read_onset(typed.onset, day, birth), beside=beside,
    )  # fmt: skip
    said = Patient(facts=diagnosis.facts.items(), treatments=tuple(diagnosis.treatments))
    patient, told = with_facts(patient, typed, said, day)
    readings.extend(_in_words(told, lang))
    known = _known(patient, typed, day, lang)
    slips = list(dict.fromkeys(slips))
    read = tuple(dict.fromkeys((*slips, *readings)))
    shown_age = (age.years, age.months) if age else None
    return Profile(patient, shown_age, tuple(dict.fromkeys((*read, *known))), read, tuple(slips))


@_worded()
def _diagnosis(typed: Typed, day: date, exact: bool, lang: Lang, readings: list[str], slips: list[str]) -> _Diagnosis:
    subtypes: list[str] = []
    results: list[tuple[str, str, Result]] = []
    facts: dict[FactId, FactValue] = {}
    treatments: list[Treatment] = []
    for text in typed.subtypes:
        if not text.strip():
            raise InputError(
                ("the subtype is empty", "le sous-type est vide"),
                (
                    "write for example `dm`; `myofind vocab subtypes` lists all",
                    "écrire par exemple `dm` ; `myofind vocab subtypes` les énumère",
                ),
            )
        diagnosis = read_typed_diagnosis(text, day, exact=exact)
        for reading in diagnosis.readings:
            if reading.problems:
                from myofind.asking.typed_results import refuse

                refuse(text, reading.problems, lang)
            subtypes.append(accepted(reading.subtype, slips, "subtypes", text, lang, day))
            readings.extend(_in_words(reading.remarks, lang))
            alone = "" if diagnosis.together else subtypes[-1]
            results += [(alone, result.id, cast("Result", result.result)) for result in reading.results]
            subtypes += [reading.qualifier] if reading.qualifier else []
        readings.extend(_in_words(diagnosis.remarks, lang))
        treatments += diagnosis.treatments
        for id, value in diagnosis.facts:
            if facts.setdefault(id, value) != value:
                from myofind.asking.contradictory import fact_twice

                raise fact_twice(id, facts[id], value)
    return _Diagnosis(tuple(dict.fromkeys(subtypes)), results, facts, treatments)


def _results(typed: Typed, diagnosis: _Diagnosis, lang: Lang, readings: list[str]) -> tuple[dict[str, Result], Beside]:
    """The antibody results typed; and those said with one of several diagnoses, which hold for that one only."""
    results: dict[str, Result] = {}
    if not (diagnosis.results or typed.antibodies):
        return results, ()
    from myofind.asking.typed_results import (
        add_result,
        check_classes,
        check_seronegative,
        said_with_one,
        said_with_one_notes,
    )

    several = len(split(diagnosis.subtypes)[0]) > 1
    _add_antibodies(typed, results, lang, readings)
    untested = {one for one, state in results.items() if state == "not_tested"}
    with_diagnosis = [
        each for each in diagnosis.results if not (each[1] in untested and each[0] in typed.subtypes)
    ]  # what only an id says gives way to what is said of its antibody
    for alone, antibody, state in with_diagnosis:
        if not (several and alone and state == "positive"):
            add_result(results, antibody, state, lang, with_diagnosis=True)
    check_classes(results, lang)
    if not several:
        check_seronegative(diagnosis.subtypes, results, lang)
    beside = said_with_one([each for each in with_diagnosis if each[0]], results) if several else ()
    readings.extend(said_with_one_notes(beside, lang))
    return results, beside


def _add_antibodies(typed: Typed, results: dict[str, Result], lang: Lang, readings: list[str]) -> None:
    """Add the results of the laboratory lines typed to those said with a diagnosis."""
    from myofind.asking.typed_results import add_result, refuse
    from myofind.names.laboratory import read_results

    for text in typed.antibodies:
        if not text.strip():
            raise InputError(
                ("the antibody is empty", "l'anticorps est vide"),
                (
                    "write for example `-A jo1` or `-A srp=negative`",
                    "écrire par exemple `-A jo1` ou `-A srp=négatif`",
                ),
            )
        found = read_results(text)
        refuse(text, found.problems, lang)
        readings.extend(_in_words(found.notes, lang))
        for result in found.results:
            add_result(results, result.id, cast("Result", result.result), lang)


def _in_words(remarks: Iterable[Remark], lang: Lang) -> list[str]:
    if not remarks:
        return []
    from myofind.words.reading_notes import in_words

    return in_words(remarks, lang)


def _known(patient: Patient, typed: Typed, day: date, lang: Lang) -> tuple[str, ...]:
    """What the field knows of such a patient, in words."""
    told = remarks(
        patient.subtypes, dict(patient.antibodies), typed.subtypes, patient.countries, lung_disease(patient, day)
    )
    if not told:
        return ()
    from myofind.words.remarks import remark

    return tuple(dict.fromkeys(remark(one, lang) for one in told))


@_worded()
def with_facts(patient: Patient, typed: Typed, named: Patient, day: date) -> tuple[Patient, tuple[Remark, ...]]:
    """The patient with the facts and treatments typed, and those of `named`, said with the diagnosis; and what should be told of them.

    Raises InputError for what contradicts what else was typed.
    """
    values = dict(patient.facts)
    remarks: tuple[Remark, ...] = ()
    once = named.treatments
    failed: tuple[str, ...] = ()
    if typed.facts:
        from myofind.asking.contradictory import check_passed_over
        from myofind.asking.typed_facts import read_facts

        with _other_option(day):
            read, remarks, said_so, failed = read_facts(typed.facts, day, patient.birth)
        check_passed_over(remarks, patient.birth, day)
        once = (*once, *said_so)
        _add_facts(values, read)
    of_words = qualifying(patient.subtypes)
    _add_facts(values, {id: value for id, value in named.facts if of_words.get(id) != value})
    values = {**of_words, **values}
    treatments: tuple[Treatment, ...] = ()
    if typed.treatments:
        from myofind.asking.typed_treatments import read_treatments

        with _other_option(day, typed.treatments):
            treatments, unused, beside = read_treatments(typed.treatments, day, once)
        remarks = (*remarks, *unused)
        if beside and values:
            from myofind.asking.fact_treatments import with_facts_listed

            treatments = with_facts_listed(treatments, values)
        if failed:
            from myofind.asking.fact_treatments import check_taken

            check_taken(failed, values, treatments)
    if once:
        from myofind.asking.typed_treatments import beside_listed

        treatments = beside_listed(treatments, once)
    patient = patient._replace(facts=values.items(), treatments=treatments)
    if not {"treatment_naive", "failed_drugs"}.isdisjoint(values):
        from myofind.asking.fact_treatments import at_odds

        remarks = (*remarks, *at_odds(values, treatments))
    if treatments or values.keys() - {"sex"}:
        from myofind.domain.contradictions import contradiction

        if (found := contradiction(patient, day)) is not None:
            raise Contradictory(found)
    return patient, remarks


def _add_facts(values: dict[FactId, FactValue], more: Mapping[FactId, FactValue]) -> None:
    """Add facts to those given; raises Contradictory for one that is given twice, and not the same."""
    for id, value in more.items():
        given = values.setdefault(id, value)
        if given != value and not (isinstance(given, YesNo) and isinstance(value, YesNo) and given.yes == value.yes):
            from myofind.asking.facts_beside import with_earlier

            values[id] = with_earlier(id, value, given)


@contextmanager
def _other_option(day: date, treatments: Iterable[str] = ()) -> Iterator[None]:
    """Where a text, or a part of a list of treatments, names nothing of its option, the refusal tells the option that reads it."""
    try:
        yield
    except InputError as error:
        from myofind.asking.other_fields import elsewhere, part_elsewhere, what_to_type
        from myofind.asking.tokens import Unnamed

        own = {"facts": "-F", "treatments": "-T"}
        other = elsewhere(error.typed, day, leaving=(own[error.field],)) if isinstance(error, Unnamed) else None
        other = other or part_elsewhere(treatments, day)
        if other is not None:
            raise InputError(error.words, what_to_type(other)) from None
        raise
