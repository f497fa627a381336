"""A record to facts: what each field means, and that no field can break the reading."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from myofind.domain.rules import Span
from myofind.domain.trial import Site, Source
from myofind.registers.ctgov import Record, read_record
from myofind.registers.drafting import draft_lines, whole_file
from myofind.registers.proposals import Seen
from myofind.registers.record_values import NotARecord, clean, clip, fingerprint, numbers_in, unmarked
from myofind.registry.read import read_registry
from tests.registers.world import STUDY, study

SEEN = Seen("2026-03-01", "ctgov", "https://clinicaltrials.gov/study/NCT01234567")
CTGOV = Source("ctgov", "Records")


def test_the_facts_of_a_record() -> None:
    record = read_record(study())
    assert record.nct == "NCT01234567"
    assert (record.status, record.updated, record.data_day) == ("recruiting", "2026-02-20", "2026-03-01")
    assert (record.start, record.primary_completion, record.end) == ("2025-03-01", "2027-01", "2027-06")
    assert (record.age_min, record.age_max, record.sex) == (Span(18, "years"), Span(75, "years"), "all")
    assert (record.phase, record.enrollment, record.study_type) == (("2", "3"), 120, "INTERVENTIONAL")
    assert record.sites == (
        Site("FR", "Lyon", "First Hospital", "recruiting"),
        Site("NO", "Oslo", "Second Hospital", "not_yet_recruiting"),
    )
    assert record.countries == ("FR", "NO")
    assert record.sites_complete
    assert record.ids == (("euct", ("2022-502759-70-01",)),)
    assert (record.sponsor, record.acronym, record.organisation_id) == ("Some Sponsor", "MYO-ONE", "MYO-1")
    assert record.criteria is not None
    assert "FVC < 60 %" in record.criteria
    assert record.warnings == ()


def ages(**module: Any) -> Record:
    return read_record(
        study({f"eligibilityModule.{key}": module.get(key) for key in ("minimumAge", "maximumAge", "stdAges")})
    )


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("18 Years", Span(18, "years")),
        ("1 Year", Span(1, "years")),
        ("6 Months", Span(6, "months")),
        ("2 Weeks", Span(2, "weeks")),
        ("1 Day", Span(1, "days")),
        ("36 Hours", Span(1, "days")),
        ("30 Minutes", Span(0, "days")),
        ("N/A", None),
        ("eighteen", None),
        ("-1 Years", None),
        ("1000000 Years", None),
    ],
)
def test_ages(text: str, span: Span | None) -> None:
    assert ages(minimumAge=text).age_min == span


@pytest.mark.parametrize("text", ["99 Years", "100 Years", "120 Years", "130 Years"])
def test_a_maximum_nobody_reaches_is_no_limit(text: str) -> None:
    assert ages(maximumAge=text).age_max == "none"


def test_an_absent_maximum_is_no_limit_only_where_the_record_speaks_of_ages() -> None:
    assert ages(minimumAge="18 Years", stdAges=["ADULT", "OLDER_ADULT"]).age_max == "none"
    assert ages(stdAges=["CHILD", "ADULT", "OLDER_ADULT"]).age_min == Span(0, "years")
    assert read_record(study({"eligibilityModule": None})).age_max is None
    assert ages(maximumAge="90 Years").age_max == Span(90, "years")
    assert ages(maximumAge="soon", stdAges=["OLDER_ADULT"]).age_max is None


@pytest.mark.parametrize(
    ("path", "value", "fact", "words"),
    [
        ("statusModule.overallStatus", "PAUSED", "status", "the status `PAUSED` is not known here"),
        ("statusModule.overallStatus", "WITHHELD", "status", "the register withholds the status"),
        ("statusModule.overallStatus", "AVAILABLE", "status", "expanded access"),
        ("statusModule.overallStatus", ["RECRUITING"], "status", "`overallStatus` is not a text"),
        ("statusModule.startDateStruct", {"date": "2026-13"}, "start", "no date"),
        ("statusModule.startDateStruct", "soon", "start", "no date"),
        ("eligibilityModule.sex", "OTHER", "sex", "the sex `OTHER` is not known here"),
        ("designModule.enrollmentInfo", {"count": -1}, "enrollment", "no whole number"),
        ("designModule.enrollmentInfo", {"count": True}, "enrollment", "no whole number"),
        ("designModule.studyType", "SOMETHING", "study_type", "the study type `SOMETHING` is not known here"),
    ],
)
def test_an_unusable_value_is_a_warning_and_no_fact(path: str, value: Any, fact: str, words: str) -> None:
    record = read_record(study({path: value}))
    assert getattr(record, fact) is None
    assert any(words in en for en, _ in record.warnings)


def test_phases_and_enrollment() -> None:
    record = read_record(study({"designModule.phases": ["NA"], "designModule.enrollmentInfo": {"count": 99999999}}))
    assert (record.phase, record.enrollment, record.warnings) == ((), None, ())
    record = read_record(
        study({"designModule.phases": ["EARLY_PHASE1", "PHASE9"], "designModule.enrollmentInfo": {"count": 30.0}})
    )
    assert (record.phase, record.enrollment) == (("early_1",), 30)
    assert [en for en, _ in record.warnings] == ["the phase `PHASE9` is not known here; it was left out"]


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Korea, Republic of", "KR"), ("South Korea", "KR"), ("Turkey (Türkiye)", "TR"), ("Turkey", "TR"),
        ("Russian Federation", "RU"), ("Côte d’Ivoire", "CI"), ("Puerto Rico", "PR"), ("Georgia", "GE"),
        ("Christmas Island", "CX"), ("Hong Kong", "HK"), ("Norway", "NO"),
    ],
)  # fmt: skip
def test_countries_old_and_new(name: str, code: str) -> None:
    record = read_record(study({"contactsLocationsModule.locations": [{"city": "X", "country": name}]}))
    assert record.countries == (code,)
    assert record.sites_complete


def test_an_unknown_country_leaves_the_list_incomplete() -> None:
    places = [{"city": "X", "country": "Atlantis"}, {"city": "Y", "country": "France"}, {"city": "Z"}, "nowhere"]
    record = read_record(study({"contactsLocationsModule.locations": places}))
    assert (record.countries, record.sites_complete) == (("FR",), False)
    assert "the country `Atlantis` is not in the vocabulary; its sites were left out" in dict(record.warnings)


def test_repeated_sites_count_once() -> None:
    place = {"facility": "Research Site", "city": "Lyon", "country": "France"}
    other = {**place, "status": "RECRUITING"}
    record = read_record(study({"contactsLocationsModule.locations": [place, place, other]}))
    assert [site.status for site in record.sites] == [None, "recruiting"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2022-502759-70-01", {"euct": ("2022-502759-70-01",)}),
        ("CTIS (EU) 2022-502759-70", {"euct": ("2022-502759-70",)}),
        ("EudraCT 2014-001234-12", {"eudract": ("2014-001234-12",)}),
        ("2014-001234-12-3rd", {"eudract": ("2014-001234-12",)}),
        ("JRCT2051220179", {"jrct": ("jRCT2051220179",)}),
        ("isrctn12345678", {"isrctn": ("ISRCTN12345678",)}),
        ("2021-A01234-37", {"id_rcb": ("2021-A01234-37",)}),
        ("U1111-1234-5678", {}),
        ("NCT01234567", {}),
        ("12022-502759-70-01", {}),
        ("NL71234.018.19", {}),
        ("20-2022", {}),
    ],
)
def test_numbers_hidden_in_texts(text: str, found: dict[str, tuple[str, ...]]) -> None:
    assert numbers_in([text]) == found


@pytest.mark.parametrize(
    "value", [None, [], {}, "x", 3, {"protocolSection": []}, study(nctId=None), study(nctId="NCT1")]
)
def test_what_has_no_number_is_no_record(value: Any) -> None:
    with pytest.raises(NotARecord):
        read_record(value)


def test_texts_are_made_safe() -> None:
    assert clean("a\x07b\u202ec\n d\u2028e \ud800") == "abc d e"
    assert unmarked(r"FVC \< 60\.5 \[x\] &lt; \d") == r"FVC < 60.5 [x] < \d"
    assert clip("one two three four", 12) == "one two…"
    assert clip("short", 12) == "short"
    assert fingerprint("a  b\n") == fingerprint("a b") != fingerprint("a c")


JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=30)
    | st.sampled_from(["a: b # c", "{x", "- y", "!!tag", "*a", "\x00\x07", "\ud800", "9" * 400, "N/A", "NO", "2026-01-01", "1e5"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)  # fmt: skip


def _places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    if path:
        yield path
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _places(inner, (*path, key))
    elif isinstance(value, list):
        for at, inner in enumerate(value):
            yield from _places(inner, (*path, at))


PLACES = sorted(_places(STUDY), key=repr)


@settings(max_examples=150)
@given(st.lists(st.tuples(st.sampled_from(PLACES), JUNK), min_size=1, max_size=4))
def test_whatever_a_field_holds_the_record_is_read_and_drafted(changes: list[tuple[tuple[Any, ...], Any]]) -> None:
    """Defensive about every field: a wrong value costs that fact, never the record."""
    broken = copy.deepcopy(STUDY)
    for path, value in changes:
        place: Any = broken
        for step in path[:-1]:
            inside = (isinstance(place, dict) and step in place) or (
                isinstance(place, list) and isinstance(step, int) and step < len(place)
            )
            place = place[step] if inside else None
        if isinstance(place, dict) or (isinstance(place, list) and isinstance(path[-1], int) and path[-1] < len(place)):
            place[path[-1]] = value
    try:
        record = read_record(broken)
    except NotARecord:
        return
    text = "\n".join(whole_file([draft_lines(record, SEEN)], CTGOV, SEEN.day)) + "\n"
    read = read_registry(text.encode(), "draft.yaml")
    assert read.findings == ()
    (trial,) = read.trials()
    assert trial.draft
    assert trial.id == record.nct
    assert trial.sites == record.sites
    assert (trial.sponsor, trial.acronym, trial.enrollment) == (record.sponsor, record.acronym, record.enrollment)
    assert (trial.start, trial.end, trial.phase) == (record.start, record.end, record.phase)
    assert [one.value for one in trial.status] == ([record.status] if record.status else [])
