"""What cannot all be true is refused wherever it is typed, naming both sides; every pair comes from the tables."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import product

import pytest
from hypothesis import given

from myofind.asking.as_typed import typed_again, typed_treatment
from myofind.asking.patient_table import read_cohort
from myofind.asking.profile import understand
from myofind.asking.profile_file import read_profile
from myofind.asking.treatment_words import AT_ALL
from myofind.asking.typed import Typed
from myofind.asking.typed_treatments import read_treatment
from myofind.diagnostics import InputError
from myofind.domain.contradictions import STABLE, Stated, _agree, contradicted, contradiction
from myofind.domain.dates import add_age
from myofind.domain.fact_rules import test as outcome_of
from myofind.domain.known_facts import implied, known_facts
from myofind.domain.patient import (
    OTHER,
    Amount,
    Birth,
    Chosen,
    FactValue,
    InDoubt,
    Patient,
    Status,
    Treatment,
    When,
    YesNo,
)
from myofind.domain.patient_facts import Condition, implying
from myofind.domain.treatment_facts import BEARING, DERIVED, NAIVE, STANDS_FOR, TAKEN_NOW, derived_facts
from myofind.language import Lang
from myofind.names.facts import FACTS, FactId
from myofind.words.clashes import contradiction_words
from myofind.words.facts import treatment_words
from tests.example_counts import examples
from tests.strategies import patients
from tests.together import together

DAY = date(2026, 11, 25)


def candidates(id: FactId) -> list[FactValue]:
    """Values of a fact, of every sort."""
    row = FACTS[id]
    match row.kind:
        case "yes_no":
            return [YesNo(True), YesNo(False)]
        case "choice":
            return [Chosen((one.id,)) for one in row.values]
        case "number":
            scale = row.scale[0] if len(row.scale) > 1 else None
            ends = [row.range[0], *((1.0, 2.0, 5.0) if row.range[1] > 5 else ()), row.range[1]]
            scaled: list[FactValue] = [Amount(end, end, scale) for end in ends]
            return scaled + [Amount(end, end, other) for other in row.scale[1:] for end in (1.0, float(other) - 1)]
        case "span" | "day":
            then = DAY - timedelta(days=400)
            return [When(then, then)]


def keeping(condition: Condition) -> Patient | None:
    """A patient of whom the condition is known to hold, from facts, sex and age; none where it needs more."""
    if condition.antibodies or condition.without or (condition.subtypes and not condition.qualifies):
        return None
    facts = []
    for id, rule in condition.facts:
        facts += [
            (id, value) for value in candidates(id) if outcome_of(FACTS[id], rule, value, None, DAY).outcome == "met"
        ][:1]
    if len(facts) < len(condition.facts):
        return None
    born = None if condition.oldest is None else add_age(DAY, -condition.oldest, "years")
    kinds = tuple(sorted(condition.subtypes))[:1]
    patient = Patient(kinds, Birth(born, born) if born else None, facts=facts)
    return patient._replace(sex=condition.sex) if condition.sex else patient


def opposed(id: FactId, told: FactValue) -> FactValue | None:
    """A value of a fact that cannot be true where another is."""
    for value in candidates(id):
        if isinstance(told, YesNo) and isinstance(value, YesNo) and value.yes != told.yes:
            return value
        if isinstance(told, Amount) and isinstance(value, Amount):
            low, high = value.low or 0, value.high or 0
            if (told.high is not None and low > told.high) or (told.low is not None and high < told.low):
                return value
        if isinstance(told, Chosen) and value == Chosen(("none",)):
            return value
    return None


def of_facts() -> Iterator[tuple[FactId, FactValue, Patient]]:
    """Every fact that other facts, the sex, the age or a word of the diagnosis rule out."""
    for id in FACTS:
        for condition in implying(id):
            rest = keeping(condition)
            if rest is not None and condition.value is not None and (value := opposed(id, condition.value)):
                yield id, value, rest


def of_treatments() -> Iterator[tuple[FactId, FactValue, Patient]]:
    """Every fact that one treatment rules out."""
    drugs = {drug for bearing in BEARING.values() for drug in bearing} | {*NAIVE, *STABLE.values(), "other"}
    for drug in sorted(drugs):
        for status in ("now", "past", "never", "not_now"):
            if drug == "other" and status in ("now", "past"):
                continue
            treatment = Treatment(drug, status)
            told = derived_facts((treatment,))
            assert set(told) <= set(DERIVED)
            for id, value in told.items():
                if (other := opposed(id, value)) is not None:
                    yield id, other, Patient(treatments=(treatment,))
            if status in ("never", "not_now"):
                for id, stable in STABLE.items():
                    if drug in (stable, "other"):
                        yield id, candidates(id)[0], Patient(treatments=(treatment,))


PAIRS = [*of_facts(), *of_treatments()]


def typed(patient: Patient) -> Typed:
    """What one would type of a patient."""
    born = patient.birth.earliest.isoformat() if patient.birth else None
    facts = []
    for id, value in patient.facts:
        if id == "sex":
            continue
        again = typed_again(id, value)
        each = again if isinstance(again, list) else [again]
        facts += [f"{id}={'yes' if one is True else 'no' if one is False else one}" for one in each]
    return Typed(
        subtypes=patient.subtypes,
        birth_date=born,
        sex=patient.sex,
        facts=tuple(facts),
        treatments=tuple(NOTHING.get(one, typed_treatment(one)) for one in patient.treatments),
    )


NOTHING = {Treatment(OTHER, "not_now"): "no treatment", Treatment(OTHER, "never"): "never treated"}
"""How one types that nothing is taken at all: `no other` leaves it to the facts what is."""


def test_every_table_of_what_rules_out_what_gives_pairs() -> None:
    ruled_out = {id for id, _, _ in PAIRS}
    assert {
        *STANDS_FOR.values(),
        *TAKEN_NOW.values(),
        *STABLE,
        "steroid_failed",
        "refractory",
        "pregnancy",
        "ild",
    } <= ruled_out
    assert len(PAIRS) > 70


@together(PAIRS)
def test_what_cannot_both_be_true_is_refused_in_every_place(id: FactId, value: FactValue, rest: Patient) -> None:
    """As options, in a profile and in a row of a table, in both languages: the refusal names the two."""
    whole = rest.with_fact(id, value)
    assert contradiction(rest, DAY) is None
    found = contradiction(whole, DAY)
    assert found is not None
    assert len(found.stated) == 2, "no third thing is named"
    for stated in found.stated:
        less = whole.with_fact(stated.id, None) if stated.kind == "fact" else Patient(facts=whole.facts)
        assert contradiction(less, DAY) is None, stated
    (message, french), (hint, french_hint) = contradiction_words(found)
    assert message != french
    assert hint
    assert hint != french_hint
    given = typed(whole)
    for lang in ("en", "fr"):
        with pytest.raises(InputError) as refused:
            understand(given, DAY, lang=lang)
        assert refused.value.words == (message, french)
    keys = {
        "subtypes": list(given.subtypes), "birth_date": given.birth_date, "sex": given.sex,
        "facts": list(given.facts), "treatments": list(given.treatments),
    }  # fmt: skip
    text = json.dumps({key: held for key, held in keys.items() if held})
    with pytest.raises(InputError) as refused:
        understand(read_profile(text.encode(), "p.json"), DAY)
    assert refused.value.words == (message, french)
    row = next(read_cohort([text], "rows.jsonl", DAY))
    assert row.problem is not None
    assert row.problem.words == (message, french)


@pytest.mark.parametrize(
    ("given", "told", "several", "agree"),
    [
        (Chosen(("lupus",)), Chosen(("ra",)), True, True),
        (Chosen(("none",)), Chosen(("ra",)), True, False),
        (Chosen(("none",)), Chosen(("none",)), True, True),
        (Chosen((), ("ra",)), Chosen(("ra",)), True, False),
        (Chosen(("lupus",), ("ra",)), Chosen(("ra",)), True, False),
        (Chosen(("mild",)), Chosen(("tube",)), False, False),
        (Chosen((), ("tube",)), Chosen(("mild",)), False, True),
    ],
)
def test_one_of_several_answers_stands_beside_another_but_not_beside_none(
    given: Chosen, told: Chosen, several: bool, agree: bool
) -> None:
    assert _agree(given, told, several=several) == agree


@together((id, value, rest) for id, value, rest in PAIRS if rest.treatments)
def test_what_agrees_is_accepted(id: FactId, value: FactValue, rest: Patient) -> None:
    """The value that the treatments give away may be typed beside them."""
    told = known_facts(rest, DAY).get(id)
    if told is not None:
        understand(typed(rest.with_fact(id, told)), DAY)


@pytest.mark.parametrize(
    ("given", "en", "fr"),
    [
        (
            Typed(facts=("steroids failed",), treatments=("never steroids",)),
            "the fact `failure of steroids` contradicts the treatment `never corticosteroids`",
            "le fait `échec des corticoïdes` contredit le traitement `jamais de corticoïdes`",
        ),
        (
            Typed(facts=("no malignancy", "lung cancer 2024")),
            "cancer is given twice, and not the same: `no cancer` and `past cancer 2024`",
            "cancer : donné deux fois, différemment : `pas de cancer` et `passé : cancer 2024`",
        ),
        (
            Typed(treatments=("rituximab", "never biologic")),
            "biologics is given twice, and not the same: `never biologics` and `rituximab now`",
            "biothérapies : donné deux fois, différemment : `jamais de biothérapies` et `rituximab en cours`",
        ),
        (
            Typed(subtypes=("antisynthetase syndrome with ILD",), ild=False),
            "the fact `no interstitial lung disease` contradicts the diagnosis `antisynthetase interstitial lung disease`",
            "le fait `pas de pneumopathie interstitielle` contredit le diagnostic `pneumopathie interstitielle du syndrome des antisynthétases`",
        ),
    ],
)
def test_a_refusal_names_both_sides(given: Typed, en: str, fr: str) -> None:
    with pytest.raises(InputError) as refused:
        understand(given, DAY)
    assert refused.value.words == (en, fr)
    assert all(refused.value.hint_words)


def test_of_many_facts_only_those_that_contradict_each_other_are_named() -> None:
    given = Typed(
        ("dm",), "45", facts=("weight 70 kg", "no dialysis", "steroid dose 15 mg", "no cancer"),
        treatments=("MTX since 2024", "IVIG", "no steroids"),
    )  # fmt: skip
    with pytest.raises(InputError) as refused:
        understand(given, DAY)
    assert refused.value.message.count("`") == 4
    assert "weight" not in refused.value.message


@together(
    product(
        sorted(" ".join(words) for words in AT_ALL),
        ("MTX", "IVIG since 2024", "rituximab until 2024-05", "prednisone 10 mg"),
    )
)
def test_no_treatment_at_all_stands_beside_no_treatment(nothing: str, taken: str) -> None:
    """Not so `no other`, nor `no prior treatment` beside one that is taken now; a short course of steroids is no treatment."""
    now = read_treatment(nothing, DAY).status == "not_now"
    wrong = "until" not in taken if now else "prednisone" not in taken
    for texts in ((nothing, taken), (taken, nothing), (f"{taken}; {nothing}",), (f"{taken}, {nothing}",)):
        if not wrong:
            understand(Typed(treatments=texts), DAY)
            continue
        with pytest.raises(InputError, match="contradicts the treatment"):
            understand(Typed(treatments=texts), DAY)
    for other in ("no other", "rien d'autre", "never any other"):
        understand(Typed(treatments=(taken, other)), DAY)
    understand(Typed(treatments=("MTX", "no prior treatment")), DAY)


@together(
    product(
        ("no other", "never any other", "none"),
        ("CAR-T", "CAR-T 2023", "autogreffe", "stem cell transplant", "greffe de moelle 2019"),
        ((), ("MTX",)),
    )
)
def test_a_fact_that_is_a_treatment_is_not_the_other_that_is_denied(
    nothing: str, fact: str, listed: tuple[str, ...]
) -> None:
    """What was once done stands beside `no other`, whether or not its time is known."""
    if nothing == "none" and listed:
        return
    treatments = understand(Typed(facts=(fact,), treatments=(*listed, nothing)), DAY).patient.treatments
    assert {(one.drug, one.status) for one in treatments if one.drug == OTHER} == {
        (OTHER, "never" if nothing.startswith("never") else "not_now")
    }
    assert [one.status for one in treatments if one.drug not in (OTHER, "methotrexate")] == ["past"]
    with pytest.raises(InputError, match="`never any treatment` contradicts the treatment"):
        understand(Typed(facts=(fact,), treatments=("never treated",)), DAY)


@pytest.mark.parametrize(
    ("fact", "drugs", "corrigé"),
    [
        ("steroid dose 10 mg", "corticosteroids", "corticoïdes"),
        ("stable steroids for 3 months", "corticosteroids", "corticoïdes"),
        ("background drugs 2", "immunosuppressants", "immunosuppresseurs"),
        ("immunosuppressants stable 3 months", "immunosuppressants", "immunosuppresseurs"),
        ("anticoagulant", "anticoagulants", "anticoagulants"),
    ],
)
def test_a_fact_that_a_list_leaves_out_is_told_where_it_belongs(fact: str, drugs: str, corrigé: str) -> None:
    """The refusal names what was found, that nothing is taken at all, and what it proposes is accepted."""
    with pytest.raises(InputError) as refused:
        understand(Typed(facts=(fact,), treatments=("none",)), DAY)
    words, hints = refused.value.words, refused.value.hint_words
    assert isinstance(words, tuple)
    assert "`no treatment now`" in words[0]
    assert "`aucun traitement actuellement`" in words[1]
    assert isinstance(hints, tuple)
    assert f"`{drugs}; no other`" in hints[0]
    assert f"`{corrigé} ; aucun autre`" in hints[1]
    for proposed in (f"{drugs}; no other", f"{corrigé} ; aucun autre"):
        understand(Typed(facts=(fact,), treatments=(proposed,)), DAY)
        understand(Typed(facts=(fact,), treatments=("IVIG", proposed)), DAY)


@together(
    product(
        [
            ("steroid dose 10 mg", "glucocorticoid"),
            ("stable steroids for 3 months", "glucocorticoid"),
            ("background drugs 2", "immunosuppressant"),
            ("immunosuppresseurs stables depuis 3 mois", "immunosuppressant"),
            ("anticoagulant", "anticoagulant"),
        ],
        ("no other", "rien d'autre", "never any other"),
        ((), ("IVIG",), ("MTX stopped 2024",)),
    )
)
def test_what_a_fact_says_is_taken_counts_as_listed_where_nothing_else_is(
    said: tuple[str, str], nothing: str, listed: tuple[str, ...]
) -> None:
    """`no other` is of what is not named anywhere; a drug that is listed already is not listed twice."""
    fact, drug = said
    patient = understand(Typed(facts=(fact,), treatments=(*listed, nothing)), DAY).patient
    assert (drug, "now") in {(one.drug, one.status) for one in patient.treatments}
    assert patient == understand(Typed(facts=(fact,), treatments=(nothing, *listed)), DAY).patient
    member = {"glucocorticoid": "prednisone", "immunosuppressant": "MTX + AZA", "anticoagulant": "apixaban"}[drug]
    named = understand(
        Typed(
            facts=(fact,),
            treatments=(*listed, member, nothing) if listed[:1] != ("MTX stopped 2024",) else (member, nothing),
        ),
        DAY,
    )
    assert drug not in {one.drug for one in named.patient.treatments}


@pytest.mark.parametrize(
    ("subtype", "result"),
    [("imnm_hmgcr", "HMGCR neg"), ("dm_mda5", "MDA5 borderline"), ("asys Jo-1 positive", "Jo-1 neg")],
)
def test_a_result_that_the_diagnosis_says_otherwise_is_refused_naming_the_diagnosis(subtype: str, result: str) -> None:
    with pytest.raises(InputError, match="as positive with the diagnosis"):
        understand(Typed(subtypes=(subtype,), antibodies=(result,)), DAY)
    with pytest.raises(InputError, match="and as"):
        understand(Typed(antibodies=(result, result.split()[0])), DAY)
    with pytest.raises(InputError, match="avec le diagnostic"):
        understand(Typed(subtypes=(subtype,), antibodies=(result,)), DAY, lang="fr")


@together(product(("never", "not_now"), ("en", "fr"), (True, False)))
def test_what_is_read_back_of_no_other_treatment_can_be_typed(status: Status, lang: Lang, alone: bool) -> None:
    """As in a refusal or a line of what was read; `never any treatment` stands beside none, `never anything else` beside any."""
    nothing = Treatment(OTHER, status)
    words = treatment_words(nothing, lang, alone=alone)
    assert read_treatment(words, DAY) == nothing
    if alone:
        with pytest.raises(InputError, match="contradicts the treatment"):
            understand(Typed(treatments=("IVIG", words)), DAY)
    else:
        understand(Typed(treatments=("IVIG", words)), DAY)


def test_a_steroid_cannot_be_unchanged_for_longer_than_it_is() -> None:
    for treatment in ("prednisone 10 mg since 2026-09", "prednisone 10 mg changed 2026-09"):
        understand(Typed(facts=("stable steroids since 2026-10",), treatments=(treatment,)), DAY)
        with pytest.raises(InputError, match="steroid dose unchanged 2026-01"):
            understand(Typed(facts=("stable steroids since 2026-01",), treatments=(treatment,)), DAY)


# Days ------------------------------------------------------------------------------------------------------------------

_DATED = [id for id, row in FACTS.items() if row.kind in ("day", "span") or row.dated]


@together((id,) for id in _DATED if id != "onset")
def test_a_day_before_birth_is_refused_only_where_every_possible_day_is(id: FactId) -> None:
    birth = Birth(date(2000, 1, 1), date(2000, 12, 31))
    one = FACTS[id].values[0].id if FACTS[id].kind == "choice" else ""

    def dated(first: date, last: date) -> Patient:
        made: dict[str, FactValue] = {
            "yes_no": YesNo(True, True, first, last),
            "choice": Chosen((one,), (), first, last),
        }
        return Patient(birth=birth, facts=[(id, made.get(FACTS[id].kind, When(first, last)))])

    for first, last, early in (
        (date(1999, 1, 1), date(1999, 12, 31), True),
        (date(1999, 1, 1), date(2000, 1, 1), False),
        (date(2000, 6, 1), date(2000, 6, 1), False),
        (date(2020, 1, 1), date(2020, 1, 31), False),
    ):
        patient = dated(first, last)
        found = contradiction(patient, DAY)
        assert (found is not None) == early
        if found is not None:
            assert found.code == "before_birth"
            assert [each.kind for each in found.stated] == ["fact", "birth"]
            with pytest.raises(InputError) as refused:
                understand(typed(patient)._replace(birth_date="2000"), DAY)
            assert "lies before the birth (`born 2000-01-01 to 2000-12-31`)" in refused.value.message
            with pytest.raises(InputError) as refused:
                understand(typed(patient)._replace(birth_date="2000-05-17"), DAY)
            assert "05-17" not in refused.value.message + refused.value.hint, "a birth date is never printed back"


@pytest.mark.parametrize(
    "fact", ["ILD since {}", "kidney transplant {}", "vacciné pneumocoque en {}", "FVC 65 % in {}", "PID depuis {}"]
)
def test_a_day_that_is_not_used_counts_where_it_lies_before_birth(fact: str) -> None:
    understand(Typed(("dm",), birth_date="2000", facts=(fact.format(2000),)), DAY)
    with pytest.raises(InputError, match="lies before the birth"):
        understand(Typed(("dm",), birth_date="2000", facts=(fact.format(1999),)), DAY)


@pytest.mark.parametrize("words", ["since {}", "until {}", "changed {}"])
def test_a_treatment_before_birth_is_refused(words: str) -> None:
    understand(Typed(birth_date="2000", treatments=(f"MTX {words.format('2000-03')}",)), DAY)
    with pytest.raises(InputError, match="lies before the birth"):
        understand(Typed(birth_date="2000", treatments=(f"MTX {words.format('1999-03')}",)), DAY)


@pytest.mark.parametrize("fact", ["diagnosed", "first weakness"])
@pytest.mark.parametrize(
    ("onset", "age", "day", "early"),
    [
        ("2015", None, "2014", True), ("2015", None, "2015-01", False), ("2015", None, "2016", False), ("2015-06", None, "2015", False),
        ("at 30", "40", "2010", True), ("at 30", "40", "2015", False), ("at 30", None, "1950", False),
    ],
)  # fmt: skip
def test_a_day_of_the_disease_before_its_onset_is_refused(
    fact: str, onset: str, age: str | None, day: str, early: bool
) -> None:
    given = Typed(("dm",), age, onset=onset, facts=(f"{fact} {day}",))
    if not early:
        understand(given, DAY)
        return
    with pytest.raises(InputError, match="lies before the beginning of the disease"):
        understand(given, DAY)


@pytest.mark.parametrize(
    "given",
    [
        Typed(("ibm",), "30"), Typed(("dm",), "80", sex="female", facts=("pregnant",)), Typed(("JDM",), "45"),
        Typed(("dm",), "45", facts=("cancer 1985",)), Typed(("dm",), "20", facts=("no cancer since 1990",)), Typed(("dm",), "17", facts=("postmenopausal",)),
        Typed(("dm",), onset="2020", treatments=("MTX since 2015",)), Typed(("jdm",), onset="at 17", facts=("diagnosed 2026",)),
        Typed(("dm",), "3", facts=("walks alone", "weight 60 kg")), Typed(facts=("steroid dose 15 mg",), treatments=("prednisone until 2020",)),
    ],
)  # fmt: skip
def test_what_is_only_unusual_is_left_alone(given: Typed) -> None:
    understand(given, DAY)


@given(patients)
@examples(60)
def test_what_is_passed_over_as_out_of_reach_contradicts_nothing(patient: Patient) -> None:
    """Only facts that something known may give away are worked out: the rest would agree with whatever was given."""
    whole = [
        id
        for id, value in patient.facts
        if (told := derived_facts(patient.treatments).get(id) or implied(patient, DAY, id)) is not None
        and not isinstance(value, InDoubt)
        and not _agree(value, told, several=FACTS[id].several)
    ]
    seen = contradicted(patient, DAY)
    by_treatments = seen in (*STABLE, "treatment_naive")
    assert by_treatments or seen == (whole[0] if whole else None)


def test_a_birth_is_named_where_it_rules_something_out_and_only_there() -> None:
    girl, man = Birth(date(2021, 1, 1), date(2021, 12, 31)), Birth(date(1981, 1, 1), date(1981, 12, 31))
    pregnant = Stated("fact", "pregnancy", YesNo(True))
    for patient, other in (
        (Patient(("jdm",), girl, sex="female"), Stated("birth", "birth", girl)),
        (Patient(("dm",), man, sex="male"), Stated("fact", "sex", Chosen(("male",)))),
    ):
        told = contradiction(patient.with_fact("pregnancy", YesNo(True)).with_fact("cancer", YesNo(False)), DAY)
        assert told is not None
        assert (told.code, told.stated) == ("clash", (pregnant, other))


@together(
    (Typed(subtypes=s, antibodies=a, facts=f, treatments=t), agrees)
    for s, a, f, t, agrees in (
        ((), (), ("échec MTX",), ("jamais MTX",), False),
        ((), (), ("failed MTX, AZA",), ("never azathioprine",), False),
        ((), (), ("failed MTX",), ("never any immunosuppressant",), False),
        ((), (), ("échec MTX",), ("jamais de rituximab",), True),
        (("imnm_seroneg",), ("HMGCR +",), (), (), False),
        (("seronegative IMNM",), ("SRP +",), (), (), False),
        (("imnm_seroneg",), ("Ro52 +, SRP -",), (), (), True),
        (("imnm_seroneg", "pm"), ("SRP +",), (), (), True),
        ((), (), ("immunosuppressants stable 3 months",), ("MTX since 2026-11",), False),
        ((), (), ("immunosuppresseurs stables depuis 3 mois",), ("MTX modifié 2026-11-01",), False),
        ((), (), ("immunosuppresseurs stables depuis 3 mois",), ("AZA arrêtée 2026-11-10", "MTX"), False),
        ((), (), ("immunosuppresseurs stables depuis 3 mois",), ("MTX depuis 2024", "IgIV depuis 2026-11"), True),
        ((), (), ("immunosuppresseurs stables depuis 3 mois",), ("MTX depuis 2026",), True),
        ((), (), ("treatment naive",), ("prednisone 40 mg since 2024",), False),
        ((), (), ("treatment naive", "steroids stable 3 months"), (), False),
        ((), (), ("treatment naive",), ("prednisone 40 mg since 2026-11-10",), True),
        (("dmsd",), (), ("rash now",), (), False),
        (("dmsd",), (), ("CDASI 22",), (), False),
        (("dmsd",), (), ("CDASI 0", "rash never"), (), True),
        (("dm",), (), ("rash never", "CDASI 12"), (), False),
        (("scleromyo",), (), ("no scleroderma",), (), True),
        ((), (), ("greffe de moelle", "no cell therapy"), (), True),
        ((), (), ("no cell therapy",), ("autogreffe en 2018",), True),
        ((), (), ("CAR-T", "no cell therapy"), (), False),
        ((), (), ("fausses routes", "gastrostomie"), (), True),
        ((), (), ("dysphagie légère", "gastrostomie"), (), False),
        ((), (), ("pas de dysphagie", "fausses routes"), (), False),
    )
)
def test_what_goes_together_and_what_does_not(given: Typed, agrees: bool) -> None:
    if agrees:
        understand(given, DAY)
        return
    with pytest.raises(InputError) as refused:
        understand(given, DAY)
    assert refused.value.hint_words


def test_steroids_beside_no_treatment_so_far_are_told() -> None:
    """Trials allow a short time of them; whether they are short is not known where nothing says since when."""
    for naive in (
        Typed(facts=("treatment naive", "steroid dose 40 mg")),
        Typed(facts=("treatment naive",), treatments=("prednisone",)),
    ):
        assert any("a month at most" in note for note in understand(naive, DAY).readings)
    assert not understand(Typed(facts=("treatment naive", "steroid dose 0")), DAY).readings


def test_of_the_fact_that_says_more_the_one_that_goes_further_holds() -> None:
    for texts in (("fausses routes", "gastrostomie"), ("gastrostomie", "fausses routes")):
        assert understand(Typed(facts=texts), DAY).patient.fact("dysphagia") == Chosen(("tube",))
    told = understand(Typed(("DM, fausses routes",), facts=("gastrostomie",)), DAY).patient
    assert told.fact("dysphagia") == Chosen(("tube",))
