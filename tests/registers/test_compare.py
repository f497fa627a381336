"""What a record says to a trial: one fact at a time, with the rules of what is written, held back or only flagged."""

from __future__ import annotations

from typing import Any, get_args

import pytest

from myofind.domain.rules import AgeRule, CountryRule, Span
from myofind.domain.trial import Conflict, Contact, Eligibility, Observation, RecordRead, Site, Source, SourceRef, Trial
from myofind.editing.edits import Edit
from myofind.registers.compare import RecordComparison, is_register
from myofind.registers.ctgov import read_record
from myofind.registers.proposals import Change, Proposal, RemarkCode, Seen
from myofind.registers.site_pairs import pair
from myofind.words.refreshing import remark
from myofind.words.wording import Lang
from myofind.writers.refresh import told
from tests.registers.world import study

SOURCES = {
    "ctgov": Source("ctgov", "ClinicalTrials.gov study records"),
    "table": Source("table", "ClinicalTrials.gov records, a table"),
    "brochure": Source("brochure", "A brochure"),
}
AT = "https://clinicaltrials.gov/study/NCT01234567"
RECORD = read_record(study())
KNOWN = Trial(
    id="NCT01234567",
    kind="interventional",
    ids=(("euct", ("2022-502759-70-00",)),),
    acronym="Myo One",
    phase=("2", "3"),
    status=(Observation("recruiting", "2026-03-01", "ctgov", AT),),
    eligibility=Eligibility(age=AgeRule(Span(18, "years"), Span(75, "years")), sex="all"),
    countries=CountryRule(("FR", "NO"), True),
    sites=RECORD.sites,
    enrollment=120,
    start="2025-03-01",
    primary_completion="2027-01",
    end="2027-06",
    sponsor="Some Sponsor",
    record=RecordRead("2026-03-01", "2026-02-20", **RECORD.fingerprints()),
    sources=(SourceRef("ctgov", AT, "2026-03-01"),),
)
"""A trial that says exactly what the record says."""


def ask(trial: Trial = KNOWN, changes: dict[str, Any] | None = None, day: str = "2026-04-01", **more: Any) -> Proposal:
    return RecordComparison(trial, read_record(study(changes)), Seen(day, "ctgov", AT), SOURCES, **more).proposal()


def keyed(proposal: Proposal) -> dict[str, str]:
    return {change.key: change.kind for change in proposal.changes}


def the(proposal: Proposal, key: str) -> Change:
    (found,) = [change for change in proposal.changes if change.key == key]
    return found


def said(change: Change, lang: Lang = "en") -> str:
    """What is said beside a change."""
    return "; ".join(told(change, lang))


def test_a_record_that_says_the_same_says_nothing() -> None:
    proposal = ask(day="2026-03-01")
    assert proposal.changes == ()
    assert proposal.bookkeeping == ()


def test_the_same_status_on_a_later_day_is_a_confirmation_not_drift() -> None:
    proposal = ask()
    assert keyed(proposal) == {"status": "confirm"}
    assert proposal.drift == ()
    assert proposal.bookkeeping == (Edit("set", ("record", "read"), "2026-04-01"),)


@pytest.mark.parametrize(
    ("path", "value", "key", "old", "new"),
    [
        ("statusModule.overallStatus", "COMPLETED", "status", "recruiting", "completed"),
        ("statusModule.startDateStruct", {"date": "2025-03-02"}, "start", "2025-03-01", "2025-03-02"),
        ("statusModule.startDateStruct", {"date": "2025-03"}, "start", "2025-03-01", "2025-03"),
        ("statusModule.primaryCompletionDateStruct", {"date": "2027-01-31"}, "primary_completion", "2027-01", "2027-01-31"),
        ("statusModule.completionDateStruct", {"date": "2028"}, "end", "2027-06", "2028"),
        ("eligibilityModule.minimumAge", "16 Years", "eligibility.age.min", 18, 16),
        ("eligibilityModule.maximumAge", "6 Months", "eligibility.age.max", 75, "6 months"),
        ("eligibilityModule.maximumAge", None, "eligibility.age.max", 75, "none"),
        ("eligibilityModule.sex", "FEMALE", "eligibility.sex", "all", "female"),
        ("designModule.phases", ["PHASE3"], "phase", ["2", "3"], [3]),
        ("designModule.enrollmentInfo", {"count": 121}, "enrollment", 120, 121),
        ("sponsorCollaboratorsModule.leadSponsor", {"name": "Other"}, "sponsor", "Some Sponsor", "Other"),
        ("identificationModule.acronym", "TWO", "acronym", "Myo One", "TWO"),
    ],
)  # fmt: skip
def test_a_changed_fact_is_one_change_with_both_sides(path: str, value: Any, key: str, old: Any, new: Any) -> None:
    proposal = ask(changes={path: value})
    changed = {change.key for change in proposal.drift}
    assert changed == {key}
    assert (the(proposal, key).old, the(proposal, key).new) == (old, new)
    assert the(proposal, key).edits


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("eligibilityModule.maximumAge", "900 Months"),
        ("identificationModule.acronym", "MYO-ONE"),
        ("sponsorCollaboratorsModule.leadSponsor", {"name": "SOME SPONSOR"}),
        ("designModule.phases", ["PHASE3", "PHASE2"]),
        ("designModule.phases", ["NA"]),
        ("statusModule.startDateStruct", None),
        ("designModule.enrollmentInfo", {"count": 99999999}),
        ("contactsLocationsModule", None),
        ("identificationModule.briefTitle", "A  Study of\nSomedrug in Myositis"),
        ("conditionsModule.conditions", ["Myositis", "Dermatomyositis"]),
        ("armsInterventionsModule", None),
    ],
)
def test_what_means_the_same_or_is_silent_changes_nothing(path: str, value: Any) -> None:
    assert ask(changes={path: value}, day="2026-03-01").changes == ()


def test_a_day_that_another_source_knows_is_not_given_up_for_the_month() -> None:
    trial = KNOWN._replace(sources=(SourceRef("brochure", None, "2025-01-01"),))
    assert keyed(ask(trial, {"statusModule.startDateStruct": {"date": "2025-03"}}, "2026-03-01")) == {}
    assert keyed(ask(trial, {"statusModule.startDateStruct": {"date": "2025-04"}}, "2026-03-01")) == {"start": "change"}


@pytest.mark.parametrize(
    ("path", "value", "key"),
    [
        ("eligibilityModule.eligibilityCriteria", "Inclusion Criteria:\n* other words", "criteria"),
        ("identificationModule.briefTitle", "Another title", "title"),
        ("conditionsModule.conditions", ["Polymyositis"], "conditions"),
    ],
)
def test_changed_words_are_flagged_until_somebody_has_read_them(path: str, value: Any, key: str) -> None:
    proposal = ask(changes={path: value})
    flag = the(proposal, key)
    assert (flag.kind, flag.edits) == ("flag", ())
    assert "changed since it was read on 2026-03-01" in said(flag)
    assert proposal.bookkeeping == ()
    read = ask(changes={path: value}, texts_read=True)
    assert key not in keyed(read)
    assert ("record", key) in {edit.path for edit in read.bookkeeping}


# Observations of the status -------------------------------------------------------------------------------------------


def observed(*statuses: tuple[str, str, str]) -> Trial:
    return KNOWN._replace(status=tuple(Observation(value, day, source) for value, day, source in statuses))


@pytest.mark.parametrize(
    ("before", "day", "kind", "place"),
    [
        ((), "2026-04-01", "change", None),
        ((("recruiting", "2026-03-01", "brochure"),), "2026-04-01", "confirm", 0),
        ((("recruiting", "2026-04-01", "brochure"),), "2026-04-01", None, None),
        ((("recruiting", "2026-05-01", "brochure"),), "2026-04-01", "past", 1),
        ((("recruiting", "2026-05-01", "brochure"), ("recruiting", "2026-01", "brochure")), "2026-04-01", None, None),
        ((("completed", "2026-03-01", "brochure"),), "2026-04-01", "change", 0),
        ((("completed", "2026-05-01", "brochure"), ("completed", "2026-01", "brochure")), "2026-04-01", "past", 1),
        ((("completed", "2026-04-01", "brochure"),), "2026-04-01", "flag", None),
        ((("recruiting", "2026-03-01", "ctgov"),), "2026-04-01", "confirm", 0),
        ((("recruiting", "2026-03-01", "ctgov"), ("recruiting", "2026-02-01", "brochure")), "2026-04-01", "confirm", 0),
    ],
)
def test_a_status_is_a_new_observation_in_its_place_by_day(
    before: tuple[tuple[str, str, str], ...], day: str, kind: str | None, place: int | None
) -> None:
    proposal = ask(observed(*before), day=day)
    found = [change for change in proposal.changes if change.key == "status"]
    assert [change.kind for change in found] == ([kind] if kind else [])
    if place is not None:
        new = {"value": "recruiting", "as_of": day, "source": "ctgov", "at": AT}
        assert found[0].edits == (Edit("insert", ("status", place), new),)


def test_of_a_run_of_the_same_from_the_register_the_first_and_the_last_are_kept() -> None:
    trial = observed(("recruiting", "2026-03-01", "ctgov"), ("recruiting", "2026-02-01", "ctgov"))
    assert the(ask(trial), "status").edits == (
        Edit("set", ("status", 0, "as_of"), "2026-04-01"),
        Edit("set", ("status", 0, "at"), AT),
    )


def test_why_it_stopped_comes_along_and_own_words_stay() -> None:
    stopped = {"statusModule.overallStatus": "TERMINATED", "statusModule.whyStopped": "Sponsor decision"}
    (edit,) = the(ask(changes=stopped), "status").edits
    assert isinstance(edit.value, dict)
    assert edit.value["why"] == "Sponsor decision"
    own = KNOWN._replace(status=(Observation("terminated", "2026-03-01", "ctgov", AT, "no effect"),))
    (edit,) = the(ask(own, stopped), "status").edits
    assert isinstance(edit.value, dict)
    assert edit.value["why"] == "no effect"
    silent = KNOWN._replace(status=(Observation("terminated", "2026-03-01", "ctgov", AT),))
    assert the(ask(silent, stopped, "2026-03-01"), "status.why").new == "Sponsor decision"


def test_an_unknown_status_says_what_it_was() -> None:
    lapsed = {"statusModule.overallStatus": "UNKNOWN", "statusModule.lastKnownStatus": "RECRUITING"}
    assert said(the(ask(changes=lapsed), "status")) == "last known as recruiting, not verified since 2026-02"


def test_a_status_about_to_lapse_is_said() -> None:
    assert said(the(ask(), "status")) == ""
    old = {"statusModule.statusVerifiedDate": "2024-06"}
    assert said(the(ask(changes=old), "status")).startswith("last verified in 2024-06: after two years")
    done = {**old, "statusModule.overallStatus": "COMPLETED"}
    assert (
        said(the(ask(KNOWN._replace(status=(Observation("completed", "2026-03-01", "ctgov"),)), done), "status")) == ""
    )


def test_a_record_older_than_the_one_held_only_adds_to_the_history() -> None:
    changes = {"designModule.enrollmentInfo": {"count": 1}, "statusModule.overallStatus": "NOT_YET_RECRUITING"}
    proposal = ask(changes=changes, day="2026-01-01")
    assert keyed(proposal) == {"status": "past"}
    assert proposal.bookkeeping == ()


# Conflicts, sources, numbers -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("about", ["eligibility", "eligibility.age", "eligibility.age.min", "age"])
def test_a_recorded_conflict_holds_a_fact_back_unless_forced(about: str) -> None:
    trial = KNOWN._replace(conflicts=(Conflict(about, "18 was kept"),))
    changes = {"eligibilityModule.minimumAge": "16 Years"}
    held = the(ask(trial, changes), "eligibility.age.min")
    assert (held.kind, held.edits) == ("held", ())
    assert "18 was kept" in said(held)
    assert "eligibility.age.min" not in {change.key for change in ask(trial, changes).drift}
    assert the(ask(trial, changes, force=True), "eligibility.age.min").kind == "change"


def test_a_fact_of_a_later_source_stays() -> None:
    trial = KNOWN._replace(sources=(SourceRef("brochure", None, "2026-06-01", ("enrollment",)),))
    older = the(ask(trial, {"designModule.enrollmentInfo": {"count": 1}}), "enrollment")
    assert (older.kind, older.old_source, older.old_date) == ("older", "brochure", "2026-06-01")
    trial = KNOWN._replace(sources=(SourceRef("brochure", None, "2026-03", ("enrollment",)),))
    assert the(ask(trial, {"designModule.enrollmentInfo": {"count": 1}}), "enrollment").kind == "change"


def test_numbers_elsewhere_are_proposed_or_cross_checked() -> None:
    missing = ask(KNOWN._replace(ids=()), day="2026-03-01")
    assert the(missing, "ids.euct").new == "2022-502759-70-01"
    other = the(ask(KNOWN._replace(ids=(("euct", ("2022-500000-00-00",)),)), day="2026-03-01"), "ids.euct")
    assert (other.kind, other.edits) == ("flag", ())
    assert ask(day="2026-03-01").changes == ()  # another resubmission of the same application


def test_a_moved_number_changes_the_id_and_keeps_the_old_one() -> None:
    moved = read_record(study(nctId="NCT09999999"))
    proposal = RecordComparison(KNOWN, moved, Seen("2026-03-01", "ctgov", AT), SOURCES).proposal()
    assert the(proposal, "id").edits == (
        Edit("set", ("id",), "NCT09999999"),
        Edit("set", ("ids", "nct"), "NCT01234567"),
    )
    for known, parents in (
        (frozenset({"NCT09999999"}), frozenset[str]()),
        (frozenset[str](), frozenset({"NCT01234567"})),
    ):
        seen = Seen("2026-03-01", "ctgov", AT)
        flag = the(RecordComparison(KNOWN, moved, seen, SOURCES, known_ids=known, parents=parents).proposal(), "id")
        assert (flag.kind, flag.edits) == ("flag", ())


@pytest.mark.parametrize(
    ("source", "answer"),
    [
        (Source("ctgov-tables-2026"), True),
        (Source("a", "ClinicalTrials.gov records"), True),
        (Source("a", None, None, None, None, "https://classic.clinicaltrials.gov/x"), True),
        (Source("a", "Copy of ClinicalTrials.gov", None, None, None, "https://notclinicaltrials.gov.example"), False),
    ],
)
def test_which_sources_are_the_register(source: Source, answer: bool) -> None:
    assert is_register(source) is answer


# Places ----------------------------------------------------------------------------------------------------------------


def test_sites_are_paired_by_place_not_by_order() -> None:
    lyon, oslo = RECORD.sites
    bare = Site("FR", "LYON")
    other = Site("FR", "Lyon", "Other Hospital")
    assert pair((lyon, oslo), (oslo, lyon)) == ([(0, 1), (1, 0)], [], [])
    assert pair((bare,), (oslo, lyon)) == ([(0, 1)], [], [0])
    assert pair((other,), (lyon,)) == ([], [0], [0])
    moved = lyon._replace(status=None)
    assert pair((moved, lyon), (lyon, moved)) == ([(0, 1), (1, 0)], [], [])


def test_the_register_has_the_list_of_sites() -> None:
    trial = KNOWN._replace(
        sites=(Site("FR", "Lyon"), Site("FR", "Nice", "Closed Hospital")), countries=CountryRule(("FR", "DE"), False)
    )
    proposal = ask(trial, day="2026-03-01")
    assert the(proposal, "sites").edits == (
        Edit("set", ("sites", 0, "facility"), "First Hospital"),
        Edit("set", ("sites", 0, "status"), "recruiting"),
        Edit("delete", ("sites", 1)),
        Edit("insert", ("sites", 2), {"country": "NO", "city": "Oslo", "facility": "Second Hospital", "status": "not_yet_recruiting"}),
    )  # fmt: skip
    assert the(proposal, "countries").edits == (
        Edit("set", ("countries", "listed"), ["FR", "NO"]),
        Edit("set", ("countries", "complete"), True),
    )


def test_a_list_that_could_not_be_read_whole_takes_nothing_away() -> None:
    trial = KNOWN._replace(sites=(*KNOWN.sites, Site("DE", "Bonn")), countries=CountryRule(("FR", "NO", "DE"), False))
    places = study()["protocolSection"]["contactsLocationsModule"]["locations"]
    changes = {"contactsLocationsModule.locations": [*places, {"city": "X", "country": "Atlantis"}]}
    assert ask(trial, changes, "2026-03-01").changes == ()


def test_a_country_ruled_out_by_another_source_is_for_a_person() -> None:
    trial = KNOWN._replace(countries=CountryRule(("FR",), False, ("NO",)))
    flag = the(ask(trial, day="2026-03-01"), "countries")
    assert (flag.kind, flag.edits) == ("flag", ())
    assert "NO" in said(flag)
    trial = trial._replace(sites=())
    sites = the(ask(trial, day="2026-03-01"), "sites")
    assert (sites.kind, sites.edits) == ("flag", ())


LINE = {
    "contactsLocationsModule.centralContacts": [
        {"name": "Jane Roe", "phone": "+33 1 23 45 67 89", "email": "trials@x.example"}
    ]
}
OURS = Contact("FR", "+33 1 23 45 67 89", "trials@x.example", source="ctgov")
OLDER = Contact("FR", "+33 1 00 00 00 00", source="ctgov")
OTHER = Contact("FR", url="https://example.org", source="brochure")


def test_the_lines_of_the_study_are_taken_without_the_person() -> None:
    change = the(ask(changes=LINE), "contacts")
    assert (change.kind, change.old, change.new) == ("change", None, ["+33 1 23 45 67 89, trials@x.example"])
    (edit,) = change.edits
    assert edit.do == "set"
    assert "Roe" not in repr(change)


def test_lines_of_other_sources_stay_and_those_of_the_register_follow_it() -> None:
    assert "contacts" not in keyed(ask(KNOWN._replace(contacts=(OURS, OTHER)), LINE))
    assert "contacts" not in keyed(ask(KNOWN._replace(contacts=(OTHER,))))
    change = the(ask(KNOWN._replace(contacts=(OLDER, OTHER)), LINE), "contacts")
    assert [(edit.do, edit.path) for edit in change.edits] == [("delete", ("contacts", 0)), ("insert", ("contacts", 2))]
    assert change.new == ["https://example.org", "+33 1 23 45 67 89, trials@x.example"]


def test_remarks_are_whole_in_french() -> None:
    lapsed = {"statusModule.overallStatus": "UNKNOWN", "statusModule.lastKnownStatus": "RECRUITING"}
    assert (
        said(the(ask(changes=lapsed), "status"), "fr")
        == "dernier statut connu : recrute, sans vérification depuis 2026-02"
    )
    changed = {"eligibilityModule.eligibilityCriteria": "Inclusion Criteria: others"}
    assert (
        said(the(ask(changes=changed), "criteria"), "fr")
        == "le texte des critères a changé depuis la lecture du 2026-03-01"
    )
    moved = {
        "contactsLocationsModule.locations": [
            {"facility": "Third", "city": "Lille", "country": "France", "status": "RECRUITING"}
        ]
    }
    assert said(the(ask(changes=moved), "sites"), "fr").startswith(
        "plus sur la liste : First Hospital, Lyon, FR; plus sur la liste : "
    )
    assert "nouveau : Third, Lille, FR, recrute" in said(the(ask(changes=moved), "sites"), "fr")


def test_every_remark_has_words_in_both_languages() -> None:
    for code in get_args(RemarkCode):
        arguments = ("criteria" if code == "text_changed" else "recruiting", "recruiting", "completed")
        both = [remark(code, arguments, lang) for lang in ("en", "fr")]
        assert all(both), code
        assert both[0] != both[1] or code == "plain", code
