"""Trials side by side: what is compared, where criteria differ, and how it stands on any screen."""

from __future__ import annotations

import itertools
import json
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast, get_args

import pytest

from myofind.asking.profile import understand
from myofind.asking.typed import Typed
from myofind.domain.rules import Criterion, Span, TreatmentRule
from myofind.registry.compiled import open_store
from myofind.registry.location import registry_path
from myofind.report.trial_page import SideBySide, _treatments, side_by_side
from myofind.words.wording import Lang
from myofind.writers.layout import Layout
from myofind.writers.side_by_side import agreement, page, sections
from tests.report.small import ADULT, compared_trials
from tests.run import myofind, text_of

REGISTRY = """\
registry: {name: two, schema: 2, version: 2026.1.0, as_of: 2026-01-31, sources: {s: {title: A source, url: "https://example.org"}}}
trials:
  - id: NCT00000001
    acronym: ONE
    title: One
    title_fr: Un
    kind: interventional
    interventions: [{name: anifrolumab, route: subcutaneous}]
    phase: [3]
    comparator: placebo
    status: [{value: recruiting, as_of: 2026-01-15, source: s}]
    eligibility:
      coverage: full
      subtypes: {admits: [dm]}
      age: {min: 18, max: 75}
      treatments:
        - {any: [rituximab, ivig], excluded: {within: 6 months}}
        - {any: [jak_inhibitor], excluded: now}
    countries: {listed: [DE, FR], complete: true}
    sites: [{country: DE, city: Berlin}, {country: FR, city: Lyon}]
    enrollment: 40
    end: 2026-12
    follow_up: 12 months
    contacts:
      - {where: DE, phone: "+49 30 123456", source: s}
      - {where: FR, email: trial@example.org, label: {en: the study's line, fr: ligne de l'étude}, source: s}
    design: {ratio: "2:1", placebo: 24 weeks, extension: true, visits: 1 month}
    sources: [{ref: s}]
  - id: NCT00000002
    acronym: TWO
    title: Two
    title_fr: Deux
    kind: interventional
    interventions: [{name: baricitinib}]
    phase: [2]
    status: [{value: recruiting, as_of: 2026-01-15, source: s}]
    eligibility:
      coverage: summary
      subtypes: {admits: [dm]}
      age: {min: 18, max: 64}
      sex: all
      treatments:
        - {any: [rituximab], excluded: {within: 12 months}}
        - {any: [ivig], excluded: {within: 6 months}}
    countries: {listed: [FR], complete: false}
    end: 2026-01
    sources: [{ref: s}]
"""


@pytest.fixture
def two(tmp_path: Path) -> Path:
    path = tmp_path / "trials.yaml"
    path.write_text(REGISTRY, encoding="utf-8")
    return path


def compared(path: Path, typed: Typed) -> SideBySide:
    day = date(2026, 2, 1)
    return side_by_side(open_store(path), understand(typed, day), typed, ("NCT00000001", "NCT00000002"), day)


def lines_of(whole: SideBySide, lang: Lang) -> dict[str, tuple[tuple[str, ...], ...]]:
    return {one.name or part.title: one.said for part in sections(whole, lang) for one in part.lines}


def test_criteria_that_differ_stand_apart_from_those_that_agree(two: Path) -> None:
    whole = compared(two, Typed())
    assert [one.name for one in whole.differing] == ["age", "sex"]
    assert [one.name for one in whole.agreeing] == ["subtype"]
    assert agreement(whole, "en") == "Both ask subtype: DM."
    assert agreement(whole, "fr") == "Les deux demandent sous-type : DM."
    lines = lines_of(whole, "en")
    assert lines["age"] == (("18 to 75",), ("18 to 64",))
    assert lines["sex"] == (("no such criterion",), ("any",))  # silence of criteria read in full, and a word


def test_wash_outs_are_compared_drug_by_drug(two: Path) -> None:
    whole = compared(two, Typed())
    assert [one.drugs for one in whole.treatments] == [("rituximab",), ("ivig",), ("jak_inhibitor",)]
    lines = lines_of(whole, "en")
    assert lines["rituximab"] == (("stopped for 6 months",), ("stopped for 12 months",))
    assert lines["JAK inhibitors"] == (("not now",), ())


def test_design_time_places_and_contacts_of_the_patients_country(two: Path) -> None:
    whole = compared(two, Typed(subtypes=("dm",), countries=("FR",)))
    assert whole.days_left == (333, -1)
    lines = lines_of(whole, "fr")
    assert lines["période contrôlée"] == (("24 semaines",), ())
    assert lines["ratio (évalué : contrôle)"] == (("2:1",), ())
    assert lines["prolongation ouverte"] == (("oui",), ())
    assert lines["visites"] == (("tous les mois",), ())
    assert lines["fin prévue"] == (("2026-12, encore 10 mois",), ("2026-01, dépassée",))
    assert lines["lieux"] == (("France (Lyon) ; Allemagne",), ("France (villes non renseignées) ; peut-être d'autres",))
    assert lines["Qui appeler"] == (
        ("trial@example.org – FR, ligne de l'étude",),
        ("aucun contact connu : page du registre https://clinicaltrials.gov/study/NCT00000002",),
    )


def test_verdicts_and_marks_only_where_something_is_known_of_the_patient(two: Path) -> None:
    nobody, somebody = compared(two, Typed()), compared(two, Typed(subtypes=("dm",), age="70"))
    assert "verdict" not in lines_of(nobody, "en")
    lines = lines_of(somebody, "en")
    assert lines["verdict"] == (("possible",), ("excluded",))
    assert lines["age"] == (("✓ 18 to 75",), ("✗ 18 to 64",))


PAIRS = (
    ("NCT06455449", "NCT04972760"),
    ("NCT06455449", "NCT06916806", "NCT06371417"),
    ("NCT05523167", "ebmt-autoimmune"),
)


@pytest.mark.parametrize("ids", PAIRS, ids="+".join)
@pytest.mark.parametrize("width", [40, 80, 100, 140])
@pytest.mark.parametrize("lang", get_args(Lang))
def test_nothing_is_wider_than_the_screen_but_an_address(ids: tuple[str, ...], width: int, lang: Lang) -> None:
    day, typed = date(2026, 11, 26), Typed(subtypes=("dm",), age="45", countries=("FR",))
    store = open_store(registry_path())
    whole = side_by_side(store, understand(typed, day, lang=lang), typed, ids, day)
    text = text_of(list(page(whole, Layout(lang, width))))
    for row in text.splitlines():
        assert len(row) <= width or any(len(word) > width - 30 for word in row.split()), row
    for said in itertools.chain.from_iterable(one.said for part in sections(whole, lang) for one in part.lines):
        for word in itertools.chain.from_iterable(part.split() for part in said):
            assert word in text


def test_the_command_names_what_it_does_not_know(two: Path) -> None:
    def refused(*names: str) -> str:
        ran = myofind("compare", *names, "--registry", str(two))
        assert (ran.code, ran.out) == (2, "")
        return ran.err

    assert "did you mean ONE (NCT00000001)?" in refused("TWO", "ONEE")
    assert "which is named twice" in refused("one", "NCT00000001")
    assert "`myofind show NCT00000001` shows one" in refused("ONE")


def test_an_ambiguous_name_is_refused_with_its_readings() -> None:
    ran = myofind("compare", "JASMINE", "CD19 CAR-T cells")
    assert (ran.code, ran.out) == (2, "")
    assert "`CD19 CAR-T cells` names" in ran.err
    assert "CD19 CAR-T cells (6921) = NCT06056921" in ran.err


def test_every_format_of_the_command(two: Path) -> None:
    common = ("compare", "ONE", "TWO", "-s", "dm", "--on", "2026-02-01", "--registry", str(two))
    value = json.loads(myofind(*common, "-f", "json").out)
    assert [trial["verdict"] for trial in value["trials"]] == ["possible", "possible"]
    assert [trial["days_left"] for trial in value["trials"]] == [333, -1]
    assert value["criteria"][0] == {
        "name": "age",
        "agree": False,
        "of_each": {
            "NCT00000001": {"required": "18 to 75", "outcomes": ["unknown"]},
            "NCT00000002": {"required": "18 to 64", "outcomes": ["unknown"]},
        },
    }
    assert value["treatments"][0]["drugs"] == ["rituximab"]
    assert myofind(*common, "-f", "csv").out.splitlines()[0] == "fact,ONE,TWO,read,safety,notes,registry"
    assert "| âge | 18 à 75 ans | 18 à 64 ans |" in myofind(*common, "-f", "markdown", "--lang", "fr").out
    assert "Pour ce patient" in myofind(*common, "--lang", "fr").out


def test_cohorts_and_unknown_statuses_have_their_lines() -> None:
    lines = lines_of(compared_trials(ADULT), "en")
    assert lines["best cohort"] == ((), ("SRP",), ())
    assert lines["recruitment"][2] == ("status not recorded",)


def test_wash_outs_come_first_and_drugs_of_which_all_ask_the_same_share_a_line() -> None:
    within = Span(6, "months")
    asked: list[list[TreatmentRule]] = [
        [TreatmentRule(("methotrexate",), required="now"), TreatmentRule(("tofacitinib", "baricitinib"), excluded="ever")],
        [TreatmentRule(("rituximab", "ocrelizumab"), excluded=within), TreatmentRule(("ivig",), excluded="now")],
        [TreatmentRule(("tofacitinib", "baricitinib"), excluded="ever"), TreatmentRule(("cyclophosphamide",), excluded=within)],
    ]  # fmt: skip
    rows = [
        SimpleNamespace(criteria=tuple(Criterion("treatments", "unknown", "", rule) for rule in rules))
        for rules in asked
    ]
    lines = list(_treatments(cast(Any, rows)))
    assert [line.drugs for line in lines] == [
        ("rituximab", "ocrelizumab"), ("cyclophosphamide",), ("methotrexate",), ("tofacitinib", "baricitinib"), ("ivig",),
    ]  # fmt: skip
    assert [[len(several) for several in line.of_each] for line in lines] == [
        [0, 1, 0], [0, 0, 1], [1, 0, 0], [1, 0, 1], [0, 1, 0],
    ]  # fmt: skip
