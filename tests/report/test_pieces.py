"""Pieces of reports that no whole text shows: refresh reports, forms of an onset, the edges of what is near."""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import date, timedelta

import pytest

from myofind.advice.near_misses import Remedy
from myofind.asking.profile import understand
from myofind.asking.typed import Typed
from myofind.domain.patient import Onset, Patient, YesNo
from myofind.domain.rules import Criterion
from myofind.domain.trial import Intervention
from myofind.matching.many_patients import Judge
from myofind.names.facts import FACTS
from myofind.registers.ctgov import Record
from myofind.registers.proposals import Change, Proposal, Remark, Seen
from myofind.registers.session import RefreshReport, counts
from myofind.registry.compiled import drugs_of
from myofind.report import beside
from myofind.report import cohort as cohorts
from myofind.report.cohort import CohortRow, CohortRows
from myofind.report.study import row, study
from myofind.report.values import Note, PatientFacts
from myofind.words.advice import OPTIONS, option
from myofind.words.wording import Lang
from myofind.writers.formats import WRITERS, notes_apart, writer
from myofind.writers.json_values import profile
from myofind.writers.layout import Layout
from myofind.writers.near_screen import groups
from myofind.writers.phrases import Found, notes, read
from tests.report.small import (
    ADULT,
    CHILD,
    DAY,
    HISTORIC,
    asked,
    compared_trials,
    explained,
    profile_of,
    store,
)
from tests.run import text_of

SEEN = Seen("2026-06-01", "ctgov", "https://clinicaltrials.gov/study/NCT00000001")
REFRESH = RefreshReport(
    registry={"name": "golden", "version": "2026.6.0", "as_of": "2026-06-01"},
    source="ctgov",
    proposals=(
        Proposal(
            "NCT00000001",
            Record("NCT00000001", updated="2026-05-30", warnings=(("two | ends", "deux | fins"),)),
            SEEN,
            (
                Change("status", "change", "recruiting", "completed", "register", "2026-05-15"),
                Change("end", "flag", None, "2026-09"),
                Change("enrollment", "held", 10, 20, remarks=(Remark("plain", ("a conflict | holds it",)),)),
            ),
        ),
        Proposal("NCT00000002", Record("NCT00000002"), SEEN, (Change("status", "confirm", "recruiting", "recruiting"),)),
        Proposal("NCT00000004", Record("NCT00000004"), SEEN, (Change("status", "past", None, "recruiting"),)),
        Proposal("NCT00000005", Record("NCT00000005"), SEEN, (Change("status", "older", "recruiting", "completed"),)),
    ),
    names={"NCT00000001": "ALPHA"},
    read=5,
    failed=(("NCT00000006", "no answer"),),
    absent=2,
    unlisted=("NCT99999999",),
    refused=(("NCT00000003", "the file changed"),),
    written=("NCT00000001",),
)  # fmt: skip


def test_a_refresh_counts_changes_by_kind_and_trials_that_drifted() -> None:
    assert counts(REFRESH) == {
        "read": 5, "drifted": 1, "changes": 1, "confirmed": 1, "past": 1, "to_judge": 1, "held": 1, "older": 1,
        "failed": 1, "absent": 2, "unlisted": 1,
    }  # fmt: skip


def test_a_refresh_in_every_format_that_has_it() -> None:
    value = json.loads(writer("json", "refresh")(REFRESH, Layout()))
    assert value["summary"] == counts(REFRESH)
    assert [one["id"] for one in value["trials"]] == ["NCT00000001", "NCT00000002", "NCT00000004", "NCT00000005"]
    first = value["trials"][0]
    assert (first["as_of"], first["source"], first["updated"]) == ("2026-06-01", "ctgov", "2026-05-30")
    assert [(one["key"], one["kind"], one["old"], one["new"]) for one in first["changes"]] == [
        ("status", "change", "recruiting", "completed"), ("end", "flag", None, "2026-09"), ("enrollment", "held", 10, 20),
    ]  # fmt: skip
    assert value["not_written"] == [{"id": "NCT00000003", "reason": "the file changed"}]
    text = writer("table", "refresh")(REFRESH, Layout())
    assert "recruiting (register, 2026-05-15) → completed (ctgov, 2026-06-01)" in text
    assert "[held back] 10 → 20" in text
    assert "5 records read: 1 trial drifted, 1 fact to write, 1 to judge, 1 held back, 1 status confirmed" in text
    document = writer("markdown", "refresh")(REFRESH, Layout())
    assert "## [NCT00000001](https://clinicaltrials.gov/study/NCT00000001) ALPHA" in document
    assert "held back; a conflict \\| holds it |" in document
    assert "- the record: two \\| ends" in document


@pytest.mark.parametrize(
    ("onset", "text"),
    [
        (Onset(date(2024, 2, 3), date(2024, 2, 3)), "2024-02-03"),
        (Onset(date(2024, 2, 1), date(2024, 2, 29)), "2024-02"),
        (Onset(date(2024, 1, 1), date(2024, 12, 31)), "2024"),
        (Onset(youngest_months=144, oldest_months=155), "at 12 years"),
        (Onset(youngest_months=8, oldest_months=8), "at 8 months"),
        (Onset(youngest_months=0, oldest_months=0), "at 0 months"),
    ],
)
def test_an_onset_in_json_is_as_one_could_type_it(onset: Onset, text: str) -> None:
    assert profile(PatientFacts(Patient(onset=onset), None), DAY)["onset"] == text


@pytest.mark.parametrize(
    ("age", "value"),
    [(None, None), ((45, None), {"years": 45, "months": 0}), ((9, 4), {"years": 9, "months": 4}),
     ((None, 7), {"years": None, "months": 7})],
)  # fmt: skip
def test_an_age_in_json(age: tuple[int | None, int | None] | None, value: dict[str, int] | None) -> None:
    assert profile(PatientFacts(Patient(), age), DAY)["age"] == value


@pytest.mark.parametrize(("days", "near"), [(0, False), (1, True), (365, True), (366, False)])
def test_an_age_limit_is_near_within_a_year(days: int, near: bool) -> None:
    closes = DAY + timedelta(days=days)  # the 76th birthday: ALPHA admits until 75
    born = closes.replace(year=closes.year - 76)
    rows = asked(ADULT._replace(age=None, birth_date=born.isoformat(), onset=None), everything=True).rows
    alpha = next(row for row in rows if row.trial.id == "NCT00000001")
    assert alpha.age_window is not None
    assert alpha.age_window.closes == closes
    assert ("age" in alpha.soon) == near


def test_what_fails_on_the_country_alone_stands_last_and_the_nearest_of_it_first() -> None:
    """Even a neighbouring country: what fails on something else can be joined without a journey."""
    asked_of = asked(ADULT).asked
    miss = next(iter(asked(ADULT).near_misses))
    wanted: list[tuple[str, Remedy, tuple[str, ...]]] = [
        ("far", "country", ("US",)), ("near", "country", ("BE",)), ("here", "wait", ()), ("gone", "country", ()),
    ]  # fmt: skip
    misses = [miss._replace(id=id, remedy=remedy, countries=places) for id, remedy, places in wanted]
    ordered = beside._nearest_first(misses, asked_of)
    assert [each.id for each in ordered] == ["here", "near", "far", "gone"]


@pytest.mark.parametrize(("days", "near"), [(-1, False), (0, True), (182, True), (183, False)])
def test_a_recorded_end_is_near_within_half_a_year(days: int, near: bool) -> None:
    alpha = next(store().trials())._replace(end=(DAY + timedelta(days=days)).isoformat())
    assert ("end" in row(study(alpha, 0, DAY, drugs_of([alpha])), Patient(), DAY, store()).soon) == near


def test_a_drug_is_never_named_by_likeness() -> None:
    alpha = next(store().trials())._replace(interventions=(Intervention("rituximb"), Intervention("Rituximab")))
    assert [drug.id for drug in study(alpha, 0, DAY, drugs_of([alpha])).drugs] == [None, "rituximab"]


def test_a_subtype_nobody_asked_about_tells_of_trials_known_to_take_patients() -> None:
    by_itself = asked(HISTORIC._replace(subtypes=("pm",), antibodies=())).other_subtypes[0]
    assert by_itself.to_tell == ("NCT00000007",)
    assert {opening.id for opening in by_itself.opens} == {"NCT00000007", "NCT00000008"}


def test_lists_of_a_cohort_are_the_same_whatever_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    people = [profile_of(typed).patient for typed in (ADULT, CHILD, ADULT, HISTORIC, CHILD)]

    def rows() -> list[CohortRow]:
        made, judge = CohortRows(store(), DAY), Judge(store().index, DAY)
        return [made.row(str(number), judge.verdicts(person)) for number, person in enumerate(people)]

    many = rows()
    monkeypatch.setattr(cohorts, "KEPT", 1)
    assert rows() == many
    for one in many:
        assert set(one.open) == set(one.open_first)
        assert set(one.open) <= {*one.match, *one.possible}
        assert [*one.open] == sorted(one.open)
    assert many[0].match == ("NCT00000001", "NCT00000006", "NCT00000008", "myo-registry")
    assert many[0].open_first == ("NCT00000001", "NCT00000002", "myo-registry")  # trials before registries


def test_a_refresh_of_nothing_read_nothing_and_is_complete() -> None:
    nothing = RefreshReport({}, "ctgov", (), {})
    assert set(counts(nothing).values()) == {0}
    assert (nothing.complete, nothing.written, nothing.unlisted) == (True, None, ())


def test_the_notes_a_format_does_not_carry() -> None:
    slip, remark = Note(text="read `x` as y", slip=True), Note(text="not used: z")
    assert {form: notes_apart(form, (slip, remark)) for form in WRITERS} == {
        "table": [slip], "json": [], "csv": [slip], "markdown": [slip], "html": [slip],
    }  # fmt: skip


def table(text: object) -> list[dict[str, str]]:
    """The rows of a csv, each cell under its head."""
    assert isinstance(text, str)
    return list(csv.DictReader(io.StringIO(text)))


def test_csv_says_in_every_row_of_which_patient_with_which_remarks() -> None:
    typed = ADULT._replace(antibodies=("MDA5 ++, others neg",))
    words: dict[Lang, str] = {"en": "emergency", "fr": "urgence"}
    for lang, word in words.items():
        whole = asked(typed, supposing=("age=80",), lang=lang)
        rows = table(writer("csv", "answer")(whole, Layout(lang=lang)))
        assert {row["section"] for row in rows} > {"trials", "what_if"}
        assert {row["read"] for row in rows} == {"; ".join(read(whole.asked, whole.stamp, lang))}
        assert len({row["safety"] for row in rows}) == len({row["notes"] for row in rows}) == 1
        assert word in rows[0]["safety"].lower()
        assert [note for note in notes(whole.notes, lang) if note not in rows[0]["safety"]] == rows[0]["notes"].split(
            "; "
        )


def test_csv_of_one_trial_and_of_several_side_by_side_names_the_patient() -> None:
    typed = ADULT._replace(antibodies=("MDA5 ++",))
    single = writer("csv", "explanation")(explained(typed, "NCT00000001"), Layout())
    several = writer("csv", "side_by_side")(compared_trials(typed), Layout())
    for rows in (table(single), table(several)):
        assert {row["read"].split("; ")[0] for row in rows} == {"dermatomyositis"}
        assert all("emergency" in row["safety"] for row in rows)
    assert {row["read"] for row in table(writer("csv", "side_by_side")(compared_trials(Typed()), Layout()))} == {""}


def test_csv_without_a_single_row_still_says_what_was_read() -> None:
    whole = asked(ADULT, limit=0)._replace(questions=(), near_misses=(), other_subtypes=(), funnel=())
    (alone,) = table(writer("csv", "answer")(whole, Layout()))
    assert (alone["section"], alone["id"]) == ("patient", "")
    assert alone["read"].startswith("dermatomyositis; 45 years")


def test_csv_says_in_every_row_which_registry_answered() -> None:
    rows = table(writer("csv", "answer")(asked(ADULT), Layout()))
    assert {row["registry"] for row in rows} == {"golden 2026.6.0, facts up to 2026-06-01, evaluated on 2026-06-10"}
    assert [row["id"] for row in rows if row["section"] == "trials"] == [
        "NCT00000001", "NCT00000002", "NCT00000008", "myo-registry",
    ]  # fmt: skip


def test_notes_are_readings_then_remarks_each_once() -> None:
    typed = CHILD._replace(subtypes=("juvenile dermatomyosits",))
    notes = asked(typed).notes
    assert [note.text for note in notes if note.remark is None] == list(profile_of(typed).readings)
    assert notes[0].text.startswith("read `juvenile dermatomyosits`")
    assert len(set(notes)) == len(notes)


def test_what_was_found_is_said_in_full_words_and_what_follows_is_said_to_follow() -> None:
    whole = asked(ADULT._replace(facts=("rapidly progressive lung disease",), antibodies=("jo1",)))
    english, french = (Found(whole.asked, DAY, lang) for lang in ("en", "fr"))

    def found(name: str, said: Found, *branches: tuple[Criterion, ...]) -> str:
        return said[Criterion(name, "met", "", facts=branches)]

    assert [found(name, english) for name in ("subtype", "age", "country")] == ["dermatomyositis", "45 years", "France"]
    assert found("autoantibodies", english) == "anti-Jo-1 positive"
    assert [found(name, english) for name in ("rpild", "ild_worsening")] == ["yes", "yes (follows)"]
    assert [found(name, french) for name in ("ild_worsening", "fvc")] == ["oui (s'en déduit)", "non précisé"]
    kind, lungs = Criterion("subtype", "met", ""), Criterion("fvc", "unknown", "missing")
    assert found("any_of", english, (kind,), (lungs, kind)) == "subtype: dermatomyositis"
    assert found("at_least", french, (lungs,)) == "non précisé"


def test_a_name_that_denies_is_not_denied_twice() -> None:
    whole = asked(ADULT._replace(facts=("never treated=no",)))
    assert "treated already" in read(whole.asked, whole.stamp, "en")
    assert "déjà traité" in read(whole.asked, whole.stamp, "fr")
    assert option("treatment_naive", whole.asked.patient, "en") == '-F "no treatment so far" | -F "treated already"'


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_the_yes_and_the_no_offered_of_a_fact_can_be_typed(lang: Lang) -> None:
    for id, asked_for in FACTS.items():
        if asked_for.kind != "yes_no" or id in OPTIONS:
            continue
        offered = re.findall(r'-F "([^"]+)"', option(id, Patient(), lang))
        values = [understand(Typed(facts=(text,)), date(2026, 11, 25), lang=lang).patient.fact(id) for text in offered]
        assert [isinstance(value, YesNo) and value.yes for value in values] == [True, False], offered


@pytest.mark.parametrize(("near", "option"), [(False, "--near"), (True, "--near --all")])
def test_near_misses_that_are_not_listed_are_counted_with_the_option_that_lists_them(near: bool, option: str) -> None:
    whole = asked(ADULT._replace(countries=("GB",), onset="2010"))
    abroad = sum(miss.remedy == "country" for miss in whole.within_reach)
    lines = text_of(list(groups(whole, Layout(near=near), 1))).splitlines()
    assert f"  and {abroad - 1} more ({option})" in lines
    whole_list = text_of(list(groups(whole, Layout(near=near), None)))
    assert "more (" not in whole_list
