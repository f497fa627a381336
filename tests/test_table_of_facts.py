"""A row of the table of facts is all a fact needs: option, profile key, column, question, rule, schema and words come from it."""

from __future__ import annotations

from datetime import date

import jsonschema
import pytest

from myofind.asking.patient_table import read_cohort
from myofind.asking.profile import understand
from myofind.asking.profile_file import read_profile
from myofind.asking.profile_keys import FIELDS
from myofind.asking.typed import Typed
from myofind.checks.run import check
from myofind.domain.patient import YesNo
from myofind.names.facts import FACTS, Row
from myofind.registry.compiled import Store, open_store
from myofind.registry.read import read_registry
from myofind.registry.schema import profile_schema
from myofind.report.answer import Wanted, answer
from tests.snippets import HEAD, trial

DAY = date(2026, 11, 25)
YES_NO = sorted(id for id, row in FACTS.items() if row.kind == "yes_no")
PROFILES = jsonschema.Draft7Validator(profile_schema(FIELDS))
EVERY = pytest.mark.parametrize("row", [FACTS[id] for id in YES_NO], ids=YES_NO)
STANCE = "eligibility:\n  coverage: full\n  subtypes: {admits: [dm]}\n  facts:\n    %s: required\n"
TEXT = f"{HEAD}trials:\n" + "".join(
    trial(STANCE % id, 9).replace("NCT00000009", f"NCT1{number:07d}").replace("part 9", id).replace("volet 9", id)
    for number, id in enumerate(YES_NO)
)
"""A registry in which each of these facts is what one trial requires."""


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    path = tmp_path_factory.mktemp("facts") / "trials.yaml"
    path.write_text(TEXT, encoding="utf-8")
    return open_store(path)


def test_a_rule_on_any_of_them_is_read_and_only_an_odd_one_is_asked_about() -> None:
    """What nearly nobody has, and no trial of the field is about, is hardly what a trial requires."""
    findings = check(read_registry(TEXT.encode(), "trials.yaml"), date(2025, 5, 17)).findings
    told = [one for one in findings if "title" not in one.rule]
    assert {one.rule for one in told} <= {"unusual-requirement"}
    odd = {one.path[-1] for one in told}
    assert odd < {id for id in YES_NO if FACTS[id].usual is False}
    assert {"pregnancy", "active_infection"} <= odd


@EVERY
@pytest.mark.parametrize("yes", [True, False])
def test_it_is_typed_filed_and_tabled_under_its_names(row: Row, yes: bool) -> None:
    denied = row.denied[0] if row.en.startswith("no ") and row.denied else f"no {row.en}"
    for typed in (
        f"{row.id}={'yes' if yes else 'no'}",
        row.en if yes else denied,
        f"{row.fr} : {'oui' if yes else 'non'}",
    ):
        patient = understand(Typed(subtypes=("dm",), facts=(typed,)), DAY).patient
        assert patient.fact(row.id) == YesNo(yes), typed
    filed = read_profile(f"subtype: dm\n{row.id}: {'true' if yes else 'false'}\n".encode(), "p.yaml")
    assert understand(filed, DAY).patient.fact(row.id) == YesNo(yes)
    assert PROFILES.is_valid({"subtype": "dm", row.id: yes})
    (line,) = read_cohort([f"id,subtype,{row.id}\n", f"a,dm,{'oui' if yes else 'non'}\n"], "c.csv", DAY)
    assert line.patient is not None
    assert line.patient.fact(row.id) == YesNo(yes)


@EVERY
def test_a_trial_that_requires_it_asks_for_it_and_is_settled_by_it(row: Row, store: Store) -> None:
    outcomes = {}
    for typed in ((), (f"{row.id}=yes",), (f"{row.id}=no",)):
        facts = Typed(subtypes=("dm",), age="45", facts=typed)
        whole = answer(store, understand(facts, DAY), facts, DAY, Wanted(everything=True))
        (found,) = [one for one in whole.every_row if one.trial.id == f"NCT1{YES_NO.index(row.id):07d}"]
        outcomes[typed] = found.verdict
        if not typed:
            assert row.id in {question.fact for question in whole.questions}
    assert list(outcomes.values()) == ["possible", "match", "excluded"]
