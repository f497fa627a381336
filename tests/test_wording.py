"""Every outcome carries a reason in words, in both languages, with what was required and what was found."""

import re
from datetime import date
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from myofind.asking.profile import Typed, understand
from myofind.domain.eligibility import CRITERIA, Criterion, age, assess, autoantibodies, country, subtype
from myofind.domain.patient import Amount, Birth, Patient
from myofind.domain.recruitment import STATE_OF, Recruitment, recruitment
from myofind.domain.rules import AgeRule, AntibodyRule, CountryRule, Span, SubtypeRule
from myofind.domain.trial import Observation, Trial
from myofind.names.facts import FACTS, FactId
from myofind.words.facts import measured
from myofind.words.patient import as_read
from myofind.words.reasons import asks, reason
from myofind.words.rule_words import required
from myofind.words.wording import NAMES, STATUSES, Lang, status
from tests.example_counts import examples
from tests.strategies import DAY, patients, trials

LANGUAGES: tuple[Lang, ...] = ("en", "fr")


@given(patients, trials, st.sampled_from(LANGUAGES))
@examples(40)
def test_every_outcome_has_a_reason(patient: Patient, trial: Trial, lang: Lang) -> None:
    for one in assess(patient, trial, DAY).criteria:
        said = reason(one, lang, "x")
        assert said.strip(" :")
        assert not re.search(r"[{}]|None|\b[a-z]+_[a-z]+\b", said), said
        if one.outcome == "unknown":
            assert asks(one, lang)
        assert (
            required(one, lang)
            or one.outcome == "not_recorded"
            or one.code in ("not_inflammatory", "none_required", "missing")
            or not any(one.rule or ())
        )


def test_every_criterion_and_status_has_words() -> None:
    assert set(NAMES) == set(CRITERIA)
    assert set(STATUSES) == set(STATE_OF)


@pytest.mark.parametrize(
    ("found", "lang", "words"),
    [
        (subtype(SubtypeRule(("dm",)), Patient(("cadm",)), DAY), "en", "amyopathic disease: not said"),
        (subtype(SubtypeRule(("dm",)), Patient(("cadm",)), DAY), "fr", "forme amyopathique : rien n'est dit"),
        (subtype(SubtypeRule(("dm_mda5", "jdm")), Patient(("dm",)), DAY), "en", "which kind of dermatomyositis is not said; asked: anti-MDA5 DM"),
        (subtype(SubtypeRule(("dm",), ("ibm",)), Patient(("ibm",)), DAY), "en", "inclusion body myositis (sporadic) is excluded"),
        (subtype(SubtypeRule(("dm", "pm")), Patient(("ibm",)), DAY), "en", "inclusion body myositis (sporadic) is not among: DM or PM"),
        (autoantibodies(AntibodyRule(("hmgcr",)), Patient(), DAY), "en", "anti-HMGCR not tested or not given; required: anti-HMGCR positive"),
        (autoantibodies(AntibodyRule(("hmgcr", "srp")), Patient(antibodies=(("srp", "positive"),)), DAY), "en", "anti-SRP positive, as required"),
        (autoantibodies(AntibodyRule(("jo1",)), Patient(antibodies=(("jo1", "negative"),)), DAY), "fr", "anti-Jo-1 négatif ; exigé : anti-Jo-1 positif"),
        (country(CountryRule(("US",), True), Patient(countries=("FR",)), DAY), "en", "not in France; runs in United States"),
        (country(CountryRule(("US",), False), Patient(countries=("FR",)), DAY), "en", "France: not listed, but the list is not complete (United States and others not listed)"),
        (country(CountryRule((), False, ("FR",)), Patient(countries=("FR",)), DAY), "en", "not in France"),
    ],
)  # fmt: skip
def test_reasons_as_a_clinician_would_say_them(found: Criterion, lang: Lang, words: str) -> None:
    assert reason(found, lang) == words


def test_an_age_out_of_bounds_says_both() -> None:
    born = Birth(DAY.replace(year=1940), DAY.replace(year=1940))
    found = age(AgeRule(Span(18, "years"), Span(75, "years")), Patient(birth=born), DAY)
    assert reason(found, "en", "86") == "age: 86, too old (18 to 75)"
    assert reason(found, "fr", "86") == "âge : 86, trop âgé (18 à 75 ans)"


def test_a_stale_or_overdue_recruiting_is_never_plain_recruiting() -> None:
    stale = recruitment((Observation("recruiting", "2024-01-01", "r"),), None, DAY)
    overdue = recruitment((Observation("recruiting", "2026-11-01", "r"),), "2026-10", DAY)
    fresh = recruitment((Observation("recruiting", "2026-11-01", "r"),), None, DAY)
    assert status(fresh, "en") == "recruiting"
    assert status(stale, "en") == "recruiting?"
    assert status(overdue, "en") == "recruiting? overdue"
    assert status(Recruitment("unknown"), "en") == "status not recorded"


@pytest.mark.parametrize(
    ("facts", "antibodies", "en", "fr"),
    [
        (("walking=chair",), (), "walking: wheelchair", "marche : fauteuil roulant"),
        (("walking=not alone",), (), "walking: not without help", "marche : pas sans aide"),
        (("no trouble swallowing",), (), "no trouble swallowing", "pas de troubles de la déglutition"),
        (("no oxygen",), (), "no oxygen therapy", "pas d'oxygénothérapie"),
        (("cv_event=never",), (), "clot, infarct or stroke: never", "thrombose, infarctus ou AVC : jamais"),
        (("no hepatitis B",), (), "hepatitis B: no", "hépatite B : non"),
        (("hepatitis B",), (), "hepatitis B", "hépatite B"),
        (("scleroderma",), (), "scleroderma", "sclérodermie"),
        ((), ("ENA neg",), "ENA negative", "anti-ENA / antigènes solubles négatif"),
        ((), ("ars_any",), "antisynthetase antibody (type not stated) positive", "anticorps antisynthétase (type non précisé) positif"),
        ((), ("ars_any=neg",), "antisynthetase antibody negative", "anticorps antisynthétase négatif"),
    ],
)  # fmt: skip
def test_a_fact_is_said_back_as_people_say_it(
    facts: tuple[str, ...], antibodies: tuple[str, ...], en: str, fr: str
) -> None:
    profile = understand(Typed(facts=facts, antibodies=antibodies), date(2026, 11, 25))
    for lang, words in (("en", en), ("fr", fr)):
        assert as_read(profile.patient, None, date(2026, 11, 25), cast("Lang", lang)) == (words,)


@pytest.mark.parametrize(
    ("typed", "en", "fr"),
    [
        (("dot myosite négatif",), "usual line blot (19 antibodies) negative", "dot usuel (19 anticorps) négatif"),
        (
            ("dot myosite négatif", "hmgcr neg"),
            "negative: usual line blot (19 antibodies), anti-HMGCR",
            "négatif : dot usuel (19 anticorps), anti-HMGCR",
        ),
        (("jo1 neg", "srp neg"), "negative: anti-Jo-1, anti-SRP", "négatif : anti-Jo-1, anti-SRP"),
    ],
)
def test_a_negative_panel_is_counted_in_brief_and_named_in_full(typed: tuple[str, ...], en: str, fr: str) -> None:
    day = date(2026, 11, 25)
    patient = understand(Typed(antibodies=typed), day).patient
    assert as_read(patient, None, day, "en", brief=True) == (en,)
    assert as_read(patient, None, day, "fr", brief=True) == (fr,)
    (full,) = as_read(patient, None, day, "en")
    assert full.count("anti-") == len(patient.antibodies)


@pytest.mark.parametrize(
    ("id", "value", "en", "fr"),
    [
        ("failed_drugs", 1, "1 drug", "1 médicament"),
        ("failed_drugs", 2, "2 drugs", "2 médicaments"),
        ("failed_drugs", 0, "0 drugs", "0 médicament"),
        ("lymphocytes", 0.9, "0.9 × 10⁹/L", "0,9 G/L"),
        ("mmt8", 74, "74/80", "74/80"),
        ("cdasi_a", 20, "20", "20"),
        ("weight", 1, "1 kg", "1 kg"),
    ],
)
def test_a_number_stands_with_its_unit_in_its_number(id: FactId, value: float, en: str, fr: str) -> None:
    scale = 80 if id == "mmt8" else None
    assert (measured(id, value, "en", scale), measured(id, value, "fr", scale)) == (en, fr)
    patient = understand(Typed(subtypes=("dm",), facts=(f"{FACTS[id].en} {en}",)), DAY).patient
    assert patient.fact(id) == Amount(value, value, scale), "what is said is read"
