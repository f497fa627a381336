"""What JSON writes of a patient is read again, as a profile and as a row of a table, and is the same patient: the same answer."""

from __future__ import annotations

import json
from datetime import date, timedelta
from functools import cache
from itertools import product
from pathlib import Path

import pytest

from myofind.asking.patient_table import read_cohort
from myofind.asking.profile import understand
from myofind.asking.profile_file import read_profile
from myofind.asking.typed import Typed
from myofind.diagnostics import InputError
from myofind.domain.patient import Patient
from myofind.report.values import PatientFacts
from myofind.writers.json_values import profile
from tests.random_patients import random_patients
from tests.run import myofind
from tests.test_typed_lines import FIELD, LINES
from tests.together import together

DAY = date(2026, 11, 26)
BIRTHS = ("1971", "1971-03", "1980-03-12", "2000-02-29", "2017", "2020-05", "2025-12-01")
AGES = ("45", "17y 8m", "6 months", "10 days", "0", "18")
ONSETS = (None, "2025-12", "2026-02-28", "6 months ago", "at 0 years")


def written(typed: Typed) -> tuple[Patient, str]:
    asked = understand(typed, DAY)
    return asked.patient, json.dumps(profile(PatientFacts(asked.patient, asked.age), DAY))


def check(typed: Typed) -> None:
    is_read_again(*written(typed))


@cache  # many lines say the same
def is_read_again(patient: Patient, text: str) -> None:
    assert without_untested(understand(read_profile(text.encode(), "p.json"), DAY).patient) == without_untested(
        patient
    ), text
    if any(value for value in json.loads(text).values()):
        row = next(read_cohort([text], "rows.jsonl", DAY)).patient
        assert row is not None, text
        assert without_untested(row) == without_untested(patient), text


def without_untested(patient: Patient) -> Patient:
    """The patient without the antibodies that were not tested: no rule tells them from those of which nothing is known."""
    return patient._replace(antibodies=tuple(each for each in patient.antibodies if each[1] != "not_tested"))


@together((typed,) for typed in random_patients(11, 150, DAY))
def test_random_patients_are_written_so_that_they_are_read_again(typed: Typed) -> None:
    check(typed)


@together(
    (Typed(("dm",), age, birth, onset=onset),)
    for (age, birth), onset in product([*((None, birth) for birth in BIRTHS), *((age, None) for age in AGES)], ONSETS)
    if age not in ("6 months", "10 days") or onset in (None, "at 0 years")
)
def test_every_way_to_give_an_age_is_written_so_that_it_is_read_again(typed: Typed) -> None:
    check(typed)


@pytest.mark.parametrize("kind", LINES)
def test_what_clinicians_type_is_written_so_that_it_is_read_again(kind: str) -> None:
    for line in (line for line, meant in LINES[kind] if "refused" not in meant):
        fields: dict[str, tuple[str, ...]] = {FIELD[kind]: (line,)}
        try:
            patient, text = written(Typed(**fields))  # type: ignore[arg-type]
        except InputError:
            continue
        is_read_again(patient, text)


def test_an_answer_in_json_is_a_profile_that_gives_the_same_answer(tmp_path: Path) -> None:
    """The whole document or its profile; a year of birth alone is two ages, and stays so."""
    options = ("--on", "2026-11-26", "-f", "json", "--all")
    first = json.loads(
        myofind("match", "-s", "dm", "-b", "1971", "-A", "MDA5+", "-F", "PID ?", "-c", "FR", *options).out
    )
    assert first["profile"]["age"] == {"years": None, "months": None}
    assert first["profile"]["age_days"] == [20054, 20418]
    for document in (first, {"profile": first["profile"]}, first["profile"]):
        file = tmp_path / "answer.json"
        file.write_text(json.dumps(document, indent=1), encoding="utf-8")
        again = json.loads(myofind("match", "--profile", str(file), *options).out)
        assert again["trials"] == first["trials"]
        assert again["profile"] == first["profile"]


@pytest.mark.parametrize("text", ['{"age": 45, "age_days": 100}', '{"age_days": [20, 10]}', '{"age_days": "old"}'])
def test_an_age_in_days_must_agree_with_the_age_beside_it(text: str) -> None:
    with pytest.raises(InputError):
        understand(read_profile(text.encode(), "p.json"), DAY)


def test_an_age_in_days_is_exact() -> None:
    text = b'{"age": 45, "age_days": 16500}'
    born = DAY - timedelta(days=16500)
    assert understand(read_profile(text, "p.json"), DAY).patient.birth == (born, born)
