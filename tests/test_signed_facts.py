"""A sign or a denial that stands with a fact in a diagnosis is of that fact, whatever antibody stands beside it."""

from __future__ import annotations

import random
import re
from datetime import date
from itertools import product

import pytest

from myofind.asking.profile import understand
from myofind.asking.typed import Typed
from myofind.diagnostics import InputError
from myofind.domain.eligibility import CRITERIA
from myofind.domain.known_facts import known_facts
from myofind.domain.patient import InDoubt, YesNo
from myofind.domain.rules import fact_rule
from myofind.language import both
from myofind.names.facts import FACTS
from tests.example_counts import TIMES
from tests.refusals import only_refused
from tests.together import together

DAY = date(2026, 11, 26)
LUNG = ("PID", "RP-ILD", "ILD", "pneumopathie interstitielle", "interstitial lung disease")
MINUS = ("-", "--", " -", "–", "−", "⁻", " (-)", "(-)", " [–]", ": -", "=-", ":-")
DENIALS = (
    *(" no", " neg", " negative", ": no", " (no)", " absent", " not present", " ruled out"),
    *(" non", " nég", " négative", " : non", " (non)", " absente", " exclue", " écartée"),
    *(" nein", ": nein", " negativ", " ausgeschlossen", " nicht vorhanden"),
)
UNSURE = (
    " ±",
    "±",
    " +/-",
    "+/-",
    " (±)",
    " (+/-)",
    " +/−",
    ": ±",
    " -/+",
    " ou non",
    " or not",
    " oder nicht",
    ": oui/non",
    " yes/no",
)
SEPARATORS = (" ", ", ", "; ", "/", " / ", " + ", " & ", " | ")
WITH_AN_ANTIBODY = (("DM", "MDA5+"), ("SAS", "anti-PL7 positif"))


def lung_disease(typed: str) -> bool | None:
    """What a diagnosis says of lung disease; refused texts say nothing."""
    try:
        with only_refused():
            patient = understand(Typed(subtypes=(typed,)), DAY).patient
    except InputError:
        return None
    known = known_facts(patient, DAY)
    held = [known[id] for id in ("ild", "rpild") if id in known]
    return any(value == YesNo(True) for value in held) if held else None


def in_place(disease: str, antibody: str, separator: str, lung: str) -> tuple[str, ...]:
    """Lung disease with its sign after the antibody, before it, and inside brackets."""
    return (
        f"{disease} {antibody}{separator}{lung}",
        f"{disease} {lung}{separator}{antibody}",
        f"{disease}{separator}{antibody}{separator}{lung}",
        f"{disease} ({antibody}{separator}{lung})",
        f"{disease} ({lung}{separator}{antibody})",
        f"{antibody}{separator}{lung}{separator}{disease}",
    )


@pytest.mark.parametrize("sign", [*MINUS, *DENIALS, *UNSURE])
def test_what_denies_or_doubts_lung_disease_never_makes_it_true(sign: str) -> None:
    """Every sign in every place with every separator; antibodies and names of lung disease take turns."""
    turns = random.Random(sign)
    wrong = [
        typed
        for separator in SEPARATORS
        for _ in range(TIMES)
        for typed in in_place(*turns.choice(WITH_AN_ANTIBODY), separator, f"{turns.choice(LUNG[:3])}{sign}")
        if lung_disease(typed)
    ]
    assert not wrong


@together(product([lung for lung in LUNG if "RP" not in lung], [*MINUS, *DENIALS]))
def test_a_denial_at_the_end_of_a_part_is_read(lung: str, sign: str) -> None:
    separators = (", ", "; ", "/") if sign not in ("/",) else (", ",)
    for separator in separators:
        assert lung_disease(f"DM MDA5+{separator}{lung}{sign}") is False
        assert lung_disease(f"DM {lung}{sign}{separator}MDA5+") is False
    assert lung_disease(f"DM {lung}{sign}") is False


BEFORE = (
    "±", " ± ", " ±", "± ", " +/- ", "+/-", " +/-", " -/+ ", " (± ", " -", ", - ", " with or without ", " with and without ", " with/without ",
)  # fmt: skip


@together(product(["DM MDA5", "DM MDA5+", "ASyS Jo1+", "DM"], BEFORE, LUNG))
def test_a_sign_before_lung_disease_is_no_assent(first: str, between: str, lung: str) -> None:
    assert lung_disease(f"{first}{between}{lung}{')' * between.count('(')}") is None


@together(
    (with_, without, join)
    for join in [" or ", " ou ", " oder ", " and ", " et ", " und ", "/", " / ", " and/or ", " et/ou "]
    for with_, without in [("with", "without"), ("avec", "sans"), ("mit", "ohne")]
)
def test_with_or_without_is_neither(with_: str, without: str, join: str) -> None:
    for first, second in ((with_, without), (without, with_)):
        for subject in ("PID", "ILD", "cancer", "MDA5", "anti-MDA5"):
            with pytest.raises(InputError):
                understand(Typed(subtypes=(f"DM {first}{join}{second} {subject}",)), DAY)


@pytest.mark.parametrize(
    "typed",
    [
        "DM PID+",
        "DM MDA5+ PID+",
        "DM MDA5+/PID+",
        "DM MDA5+ ILD",
        "DM-ILD",
        "anti-MDA5 DM with ILD",
        "DM PID+ MDA5+",
        "DM - PID - MDA5+",
    ],
)
def test_lung_disease_that_is_affirmed_stays(typed: str) -> None:
    assert lung_disease(typed)


@pytest.mark.parametrize("sign", ["∅", "✗", " ❌", "✘", "→"])
def test_a_sign_that_nobody_reads_is_refused(sign: str) -> None:
    assert lung_disease(f"DM MDA5+ PID{sign}") is None


@pytest.mark.parametrize("mark", ["?", " ?", " ??", " (?)"])
@pytest.mark.parametrize("name", ["cancer", "PID", "ILD", "dysphagie", "calcinosis"])
def test_a_fact_with_a_question_mark_is_in_doubt(name: str, mark: str) -> None:
    for typed in (Typed(subtypes=("dm",), facts=(name + mark,)), Typed(subtypes=(f"DM, {name}{mark}",))):
        profile = understand(typed, DAY)
        assert [value for _, value in profile.patient.facts] == [InDoubt()]
        assert any("in doubt" in note for note in profile.notes) == ("calcinosis" not in name)


DOUBTED = [
    *("{} ?", "possible {}", "probable {}", "suspicion de {}", "suspected {}", "{} suspecté", "{} suspected", "{} incertain", "{} unclear", "{} douteux", "{} éventuel"),
    *("doubtful {}", "{} unknown", "{} inconnu", "{} à explorer", "{} à confirmer", "{} en attente", "{} pending", "{} fraglich", "Verdacht auf {}", "{}: ?", "{}=?"),
    *("{} not known", "{}: not known", "{} is not known", "{} non connu", "{} non connue", "{} n'est pas connu", "{} pas connu", "{} nicht bekannt"),
]  # fmt: skip


@pytest.mark.parametrize("denial", ["no known {}", "pas de {} connu", "{}: aucun connu", "{} none known"])
@pytest.mark.parametrize("name", ["cancer", "PID"])
def test_what_is_known_and_absent_is_denied(name: str, denial: str) -> None:
    patient = understand(Typed(subtypes=("granm",), age="50", facts=(denial.format(name),)), DAY).patient
    assert [value for _, value in patient.facts] == [YesNo(False)]


@together(
    (name, doubt)
    for doubt in DOUBTED
    for name in ["cancer", "PID", "grossesse", "AVC", "greffe", "dialyse", "HTAP", "infection", "VHB"]
)
def test_a_fact_in_doubt_is_neither_there_nor_presumed_away(name: str, doubt: str) -> None:
    patient = understand(Typed(subtypes=("granm",), age="50", facts=(doubt.format(name),)), DAY).patient
    ((id, value),) = patient.facts
    assert value == InDoubt()
    rule = fact_rule(
        id,
        {"excluded": ["hbv"]}
        if name == "VHB"
        else {"excluded": {"within": {"number": 12, "unit": "months"}}}
        if FACTS[id].kind == "day"
        else "excluded",
    )
    told = CRITERIA[id](rule, patient, DAY)
    assert (told.outcome, told.code) == ("unknown", "in_doubt")


@pytest.mark.parametrize(
    "doubt", ["suspicion de {} et {}", "possible {}, {}", "{} et {} ?", "{}, {} suspecté", "{} / {} ?"]
)
def test_whether_a_doubt_holds_for_both_of_two_facts_is_asked(doubt: str) -> None:
    for text in (doubt.format("PID", "cancer"), doubt.format("cancer", "dysphagie")):
        for typed in (Typed(facts=(text,)), Typed(subtypes=(f"DM, {text}",))):
            with pytest.raises(InputError):
                understand(typed, DAY)


@pytest.mark.parametrize("facts", ["PID-, cancer-", "PID (-), cancer (-)", "PID - ; cancer -"])
def test_each_minus_of_a_list_of_facts_is_of_its_own_name(facts: str) -> None:
    values = dict(understand(Typed(facts=(facts,)), DAY).patient.facts)
    assert values == {"ild": YesNo(False), "cancer": YesNo(False)}


REFUSED = (
    *("not DM", "no myositis", "myosite à inclusion non confirmée", "DM suspicion de PID", "DM suspicion of ILD"),
    *("DM avec ou sans anti-MDA5", "DM with or without MDA5", "DM ohne oder mit ILD", "DM PID à exclure", "DM possible ILD"),
    *("DM risque de cancer", "DM r/o ILD", "DM V.a. ILD", "DM PID douteuse"),
    *("DM ILD unlikely", "DM non confirmée", "pas de DM"),
)  # fmt: skip


@pytest.mark.parametrize("typed", REFUSED)
def test_no_help_makes_a_fact_of_what_is_denied_or_doubtful(typed: str) -> None:
    with pytest.raises(InputError) as refusal:
        understand(Typed(subtypes=(typed,)), DAY)
    for hint in both(refusal.value.hint_words):
        proposals = re.findall(r"`([^`]*-[sFAT] [^`]*)`", hint)
        assert all(
            proposal in ("-F cancer", '-A "Jo-1 +"') or proposal.startswith('-T "rituximab') for proposal in proposals
        ), hint


@pytest.mark.parametrize(
    "typed", ["avec ou sans MTX", "with or without rituximab", "mit oder ohne MTX", "prednisone 60 → 10 mg"]
)
def test_a_treatment_that_is_neither_given_nor_not_is_refused_without_a_command(typed: str) -> None:
    with pytest.raises(InputError) as refusal:
        understand(Typed(treatments=(typed,)), DAY)
    assert "60 mg" not in refusal.value.hint
    assert "time ago" not in str(refusal.value)


@pytest.mark.parametrize("without", ["w/o", "W/O", "w/ o"])
def test_without_is_read_as_it_is_abbreviated(without: str) -> None:
    assert lung_disease(f"DM {without} ILD") is False
    assert lung_disease(f"DM MDA5+ {without} ILD") is False
    for neither in (f"w/ or {without}", f"{without} or w/", f"with or {without}", f"w/{without}"):
        assert lung_disease(f"DM {neither} ILD") is None


@together(product([", ", " and ", " et ", " und ", " & ", "/"], DENIALS))
def test_a_denial_after_several_facts_is_asked_about_for_all(join: str, word: str) -> None:
    assert lung_disease(f"DM, PID{join}cancer{word}") is None
    with pytest.raises(InputError, match=r"also hold|not understood|neither"):
        understand(Typed(subtypes=(f"DM, PID{join}cancer{word}",)), DAY)


@pytest.mark.parametrize("word", [" : non", ": no", " absent"])
def test_a_denial_after_one_fact_leaves_a_signed_one_before_it(word: str) -> None:
    assert lung_disease(f"DM, PID : oui, cancer{word}") is True
    assert lung_disease(f"DM, pas de PID, cancer{word}") is False
    assert lung_disease(f"DM, cancer{word}, PID : oui") is True
