"""What is typed is read, or refused with what to type instead; never guessed where a guess can hurt."""

from datetime import date

import pytest

from myofind.asking.as_typed import typed_treatment
from myofind.asking.profile import understand
from myofind.asking.profile_file import read_profile
from myofind.asking.typed import Typed, overlay
from myofind.diagnostics import InputError
from myofind.domain.patient import Birth, Chosen, Onset
from myofind.names.vocabulary import ids
from tests.strategies import DAY


def test_a_laboratory_line_is_read_with_its_signs() -> None:
    found = understand(Typed(antibodies=("Jo-1 +, Ro52 ++ ; SRP neg",)), DAY)
    assert found.patient.antibodies == (("jo1", "positive"), ("ro52", "positive"), ("srp", "negative"))


def test_a_diagnosis_with_its_antibody_gives_both() -> None:
    found = understand(Typed(("MNAI anti-HMGCR",)), DAY)
    assert found.patient.antibodies == (("hmgcr", "positive"),)
    assert found.patient.subtypes[0].startswith("imnm")


def test_countries_in_one_text_are_several() -> None:
    assert understand(Typed(countries=("France, Allemagne; UK",)), DAY).patient.countries == ("FR", "DE", "GB")
    assert understand(Typed(countries=("Korea, Republic of",)), DAY).patient.countries == ("KR",)
    assert understand(Typed(countries=("Guadeloupe",)), DAY).patient.countries == ("FR",)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        (Typed(subtypes=("dermatopolymyositis",)), "more than one reading"),
        (Typed(antibodies=("anti-PL-17",)), "not a known autoantibody"),
        (Typed(antibodies=("p140",)), "more than one reading"),
        (Typed(countries=("Congo",)), "more than one reading"),
        (Typed(countries=("Nowhere",)), "not a known country"),
        (Typed(subtypes=("",)), "empty"),
        (Typed(sex="x"), "not a sex"),
        (Typed(age="45", birth_date="2000-01-01"), "disagree"),
        (Typed(onset="yesterday"), "neither a date, a time ago nor an age"),
        (Typed(onset="2030"), "lies after"),
        (Typed(birth_date="2000-01-01", onset="1999"), "before the birth"),
        (Typed(onset="2024-02-31"), "no date of the calendar"),
        (Typed(antibodies=("jo1", "jo1=negative")), "given as positive and as negative"),
        (Typed(antibodies=("jo1", "ars_any=negative")), "which includes it"),
        (Typed(subtypes=("d\x1bm",)), "cannot be read"),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_hint(typed: Typed, words: str) -> None:
    with pytest.raises(InputError) as caught:
        understand(typed, DAY)
    assert words in caught.value.message


@pytest.mark.parametrize(
    ("text", "onset"),
    [
        ("2024-03", Onset(date(2024, 3, 1), date(2024, 3, 31))),
        ("2026", Onset(date(2026, 1, 1), DAY)),
        ("2024-03-12", Onset(date(2024, 3, 12), date(2024, 3, 12))),
        ("at 12", Onset(youngest_months=144, oldest_months=155)),
        ("à 12 ans", Onset(youngest_months=144, oldest_months=155)),
        ("at 8 months", Onset(youngest_months=8, oldest_months=8)),
        ("?", None),
    ],
)
def test_an_onset_is_a_date_or_an_age(text: str, onset: Onset | None) -> None:
    assert understand(Typed(onset=text), DAY).patient.onset == onset


def test_what_is_not_known_stays_unknown() -> None:
    facts = read_profile(b'subtype: dm\nage:\nsex: "?"\nild: unknown\nautoantibodies: {srp: not tested}\n', "p")
    found = understand(facts, DAY).patient
    assert (found.birth, found.sex, found.ild) == (None, None, None)
    assert dict(found.antibodies).get("srp") in (None, "not_tested")


def test_json_is_read_as_well() -> None:
    facts = read_profile(
        b'{"subtypes": ["dm"], "age": {"years": 45, "months": 0}, "ild": true, "countries": ["FR"]}', "p"
    )
    assert facts == Typed(("dm",), "45y", ild=True, country_codes=("FR",))


def test_an_option_replaces_the_fact_of_the_file() -> None:
    base = Typed(("dm",), None, "1980-01-01", ("jo1",), ("FR",), ild=True)
    over = overlay(base, Typed(age="45", ild=False))
    assert over == Typed(("dm",), "45", None, ("jo1",), ("FR",), ild=False, replaced_age="1980-01-01")


@pytest.mark.parametrize(
    ("base", "over", "years", "note"),
    [
        (Typed(birth_date="1980-03-12"), Typed(age="46"), 46, ""),
        (Typed(birth_date="1980-03-12"), Typed(age="70"), 70, "1980-03-12"),
        (Typed(age="46"), Typed(birth_date="1980-03-12"), 46, ""),
        (Typed(age="70"), Typed(birth_date="1980-03-12"), 46, "70"),
        (Typed(age="70"), Typed(age="46"), 46, ""),
    ],
)
def test_an_age_over_a_birth_date_of_the_file_uses_both_or_says_that_one_is_not_used(
    base: Typed, over: Typed, years: int, note: str
) -> None:
    told = understand(overlay(base, over), date(2026, 11, 26))
    assert told.age is not None
    assert told.age[0] == years
    assert [f"`{note}`" in each for each in told.readings] == ([True] if note else [])
    french = understand(overlay(base, over), date(2026, 11, 26), lang="fr").readings
    assert all("du profil" in each for each in french)
    if base.birth_date and not note:
        assert told.patient.birth is not None
        assert told.patient.birth.earliest == told.patient.birth.latest == date(1980, 3, 12)


def test_a_country_code_of_a_file_is_that_country() -> None:
    """`SK` typed may be South Korea and is asked about; an answer's own profile says SK and means Slovakia."""
    with pytest.raises(InputError):
        understand(Typed(countries=("SK",)), DAY)
    for code in sorted(ids("countries")):
        facts = read_profile(f'{{"countries": ["{code}", "Canada"]}}'.encode(), "p")
        assert set(understand(facts, DAY).patient.countries) == {code, "CA"}
    assert overlay(facts, Typed(countries=("France",))) == Typed(countries=("France",))


def test_an_age_and_a_year_of_birth_leave_the_births_that_both_allow() -> None:
    told = understand(Typed(subtypes=("dm",), age="75", birth_date="1950"), date(2026, 11, 26)).patient
    assert told.birth == Birth(date(1950, 11, 27), date(1950, 12, 31))


def test_the_answers_to_one_fact_stand_in_any_order() -> None:
    """No denial in a list reaches the answer after it."""
    for listed in ('["no hbv", "hiv"]', '["hiv", "no hbv"]', "['pas de VHB', HIV]"):
        typed = read_profile(f"subtype: dm\nfacts: {{chronic_infection: {listed}}}\n".encode(), "p.yaml")
        assert understand(typed, DAY).patient.fact("chronic_infection") == Chosen(("hiv",), ("hbv",))


def test_a_treatment_may_be_a_yes_or_a_no() -> None:
    text = '{"subtype": "dm", "treatments": {"MTX": true, "rituximab": false, "AZA": "until 2024"}}'
    patient = understand(read_profile(text.encode(), "p.json"), DAY).patient
    assert [typed_treatment(one) for one in patient.treatments] == [
        "azathioprine until 2024", "methotrexate", "no rituximab",
    ]  # fmt: skip
