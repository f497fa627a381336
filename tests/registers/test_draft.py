"""A record as a new entry: what is certain filled in, what a curator must decide quoted beside its key."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from myofind.registers.criteria_quotes import antibodies, excerpt, sections, subtypes, topics
from myofind.registers.ctgov import read_record
from myofind.registers.drafting import draft_lines
from myofind.registers.proposals import Seen
from myofind.registry.read import read_registry, trials_of
from tests.registers.conftest import Run
from tests.registers.test_refresh import Save, by_number, live
from tests.registers.world import REGISTRY, Serve, study

SEEN = Seen("2026-03-01", "ctgov", "https://clinicaltrials.gov/study/NCT01234567")

DRAFT = """\
  - id: NCT01234567
    ids: {euct: "2022-502759-70-01", sponsor: MYO-1}
    acronym: MYO-ONE
    # to decide: a title in own words, and title_fr; this is the register's
    title: A Study of Somedrug in Myositis
    # conditions: Dermatomyositis; Myositis
    kind: interventional
    # to decide: names (INN, lower case), and roles other than experimental
    interventions:
      - {name: somedrug}
      - {name: placebo, role: comparator}
    phase: [2, 3]
    comparator: placebo
    status:
      - {value: recruiting, as_of: 2026-03-01, source: ctgov, at: "https://clinicaltrials.gov/study/NCT01234567"}
    eligibility:
      coverage: summary
      # to decide: `coverage: full` once the record's criteria were read in full
      # to decide: subtypes: kinds of myositis admitted and excluded
      #   inclusion: Adults with dermatomyositis, disease duration of at least 6 months -> dm
      #   exclusion: Inclusion body myositis -> ibm
      age: {min: 18, max: 75}
      sex: all
      # to decide: autoantibodies: antibodies required or excluded
      #   inclusion: Positive for anti-Mi-2 or anti-TIF1-gamma -> mi2, tif1g
      # to decide: ild: interstitial lung disease: required, excluded or allowed
      #   exclusion: FVC < 60 % or severe interstitial lung disease
      # to decide: refractory: failure of usual treatment: required, excluded or allowed
      #   inclusion: Inadequate response to steroids
      # to decide: duration: time since diagnosis or onset
      #   inclusion: Adults with dermatomyositis, disease duration of at least 6 months
    countries: {listed: [FR, NO], complete: true}
    sites:
      - {country: FR, city: Lyon, facility: First Hospital, status: recruiting}
      - {country: NO, city: Oslo, facility: Second Hospital, status: not_yet_recruiting}
    enrollment: 120
    start: 2025-03-01
    primary_completion: 2027-01
    end: 2027-06
    sponsor: Some Sponsor
    record: RECORD
    draft: true
    sources:
      - {ref: ctgov, at: "https://clinicaltrials.gov/study/NCT01234567", date: 2026-03-01}
"""


def drafted(changes: dict[str, Any] | None = None, **identity: Any) -> str:
    return "\n".join(draft_lines(read_record(study(changes, **identity)), SEEN)) + "\n"


def test_a_draft_as_printed(run: Run, registry: Path, saved: Save) -> None:
    ran = run("draft", "--registry", str(registry), "--from", saved(study()))
    assert ran.code == 0
    (record,) = [line.split(": ", 1)[1] for line in ran.out.splitlines() if line.startswith("    record: ")]
    assert ran.out == DRAFT.replace("RECORD", record)
    assert "NCT01234567 is in the registry already" in ran.err


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"designModule.studyType": "EXPANDED_ACCESS"}, "expanded access is no trial"),
        ({"designModule.studyType": None}, "kind; the record gives no study type"),
        ({"designModule.studyType": "OBSERVATIONAL"}, "    kind: observational\n"),
        ({"designModule.studyType": "OBSERVATIONAL", "designModule.patientRegistry": True}, "    kind: registry\n"),
        ({"statusModule.overallStatus": "AVAILABLE"}, "status; the record has none the registry knows: AVAILABLE"),
        ({"statusModule.overallStatus": "UNKNOWN", "statusModule.lastKnownStatus": "RECRUITING"},
         "# last known status: recruiting, verified 2026-02"),
        ({"statusModule.overallStatus": "TERMINATED", "statusModule.whyStopped": "No money"}, 'why: "No money"'),
        ({"eligibilityModule": None}, "# to decide: subtypes; the criteria name no kind of myositis"),
        ({"contactsLocationsModule": None}, "# the record lists no site"),
        ({"identificationModule.briefTitle": None}, "# to decide: title and title_fr; the record has none"),
        ({"identificationModule.briefTitle": "long " * 40}, "# in full: long long"),
        ({"armsInterventionsModule.armGroups": [{"label": "A", "type": "EXPERIMENTAL"}]}, "    comparator: none\n"),
        ({"armsInterventionsModule.armGroups": [{"label": "A", "type": "EXPERIMENTAL"}, {"label": "B", "type": "OTHER"}]},
         "# to decide: comparator; the arms are A (experimental); B (other)"),
        ({"identificationModule.nctIdAliases": ["NCT00000001"]}, "ids: {nct: NCT00000001, euct:"),
        ({"eligibilityModule.maximumAge": None}, "age: {min: 18, max: none}"),
    ],
)  # fmt: skip
def test_what_is_certain_and_what_is_not(changes: dict[str, Any], words: str) -> None:
    text = drafted(changes)
    assert words.replace('"No money"', "No money") in text


def test_a_whole_file_of_drafts_is_a_registry(run: Run, registry: Path, saved: Save) -> None:
    several = [study(nctId="NCT00000009"), study(nctId="NCT00000003"), {"protocolSection": {}}]
    ran = run("draft", "--registry", str(registry), "--whole", "--from", saved(several))
    assert ran.code == 1
    assert "study 3: no NCT number" in ran.err
    read = read_registry(ran.out.encode(), "f")
    assert read.findings == ()
    assert [(trial.id, trial.draft) for trial in trials_of(read)] == [("NCT00000003", True), ("NCT00000009", True)]


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"identificationModule.briefTitle": None, "eligibilityModule": None, "contactsLocationsModule": None},
        {"statusModule.overallStatus": "TERMINATED", "statusModule.whyStopped": "word " * 60},
        {"eligibilityModule.minimumAge": None, "eligibilityModule.stdAges": ["CHILD", "ADULT"]},
        {
            "identificationModule.secondaryIdInfos": [
                {"id": "JRCT2051220179"},
                {"id": "2014-001234-12"},
                {"id": "2022-502759-70-01"},
            ]
        },
        {"armsInterventionsModule.interventions": [{"name": "long name " * 30}]},
        {"statusModule.startDateStruct": {"date": "2030-01"}},
        {"eligibilityModule.minimumAge": "80 Years"},
    ],
)
def test_a_draft_is_valid_and_said_to_be_a_draft(
    run: Run, registry: Path, saved: Save, tmp_path: Path, changes: dict[str, Any]
) -> None:
    """`validate` finds no error in a draft, and warns that nobody has decided it."""
    ran = run("draft", "--registry", str(registry), "--whole", "--from", saved(study(changes)))
    assert ran.code == 0
    file = tmp_path / "drafts.yaml"
    file.write_text(ran.out, encoding="utf-8")
    report = json.loads(run("validate", str(file), "--format", "json").out)
    assert [one for one in report["diagnostics"] if one["severity"] == "error"] == []
    assert "draft-entry" in {one["rule"] for one in report["diagnostics"]}


def test_a_draft_is_added_in_its_place_and_nothing_else_changes(run: Run, registry: Path, saved: Save) -> None:
    several = [study(nctId="NCT00000009"), study(nctId="NCT05000000"), study()]
    draft = ["draft", "--registry", str(registry), "--write", "--from", saved(several)]
    ran = run(*draft)
    assert ran.code == 0, ran.err
    assert "2 drafts added: NCT00000009, NCT05000000" in ran.err
    text = registry.read_text(encoding="utf-8")
    read = read_registry(text.encode(), "f")
    assert read.findings == ()
    assert [trial.id for trial in trials_of(read)] == [
        "NCT00000009", "NCT01234567", "NCT05000000", "NCT07654321", "some-slug",
    ]  # fmt: skip
    rest = iter(text.splitlines())
    assert all(line in rest for line in REGISTRY.splitlines()), "the old lines are all there, in their order"
    assert run(*draft).err.endswith("nothing to add\n")
    assert registry.read_text(encoding="utf-8") == text


def test_a_draft_from_the_register(run: Run, registry: Path, serve: Serve) -> None:
    register = serve(live(by_number))
    arguments = ["--registry", str(registry), "--base-url", register.base, "--delay", "0"]
    ran = run("draft", "nct01234567", "NCT00000008", *arguments)
    assert ran.code == 1
    assert "as_of: 2026-11-19" in ran.out
    assert "NCT00000008: the register has no such study (HTTP 404: not found)" in ran.err


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ([], "no study is named"),
        (["NCT123"], "`NCT123` is not an NCT number"),
        (["--from", "no/such.json"], "cannot read"),
    ],
)
def test_wrong_usage(run: Run, arguments: list[str], words: str) -> None:
    ran = run("draft", *arguments)
    assert ran.code == 2
    assert words in ran.err


def test_a_number_the_file_lacks(run: Run, saved: Save) -> None:
    ran = run("draft", "NCT00000008", "--from", saved(study()))
    assert ran.code == 1
    assert (ran.out, "NCT00000008: the input has no record of it" in ran.err) == ("", True)


def test_the_page_shows_what_the_draft_prints() -> None:
    """Every line of the draft in docs/refresh.md is one the command prints."""
    page = (Path(__file__).parents[2] / "docs" / "refresh.md").read_text(encoding="utf-8")
    shown = page.split("$ myofind draft NCT01234567 --from ctg-studies.json\n")[1].split("```")[0].splitlines()
    printed = DRAFT.splitlines()
    assert len(shown) > 10
    assert [line for line in shown if line.strip() != "…" and line not in printed] == []


# Words located --------------------------------------------------------------------------------------------------------


def test_lines_know_their_heading() -> None:
    text = "Before\nInclusion Criteria:\n* one\n**Key Exclusion Criteria**\n* two\nInclusion body myositis patients who had a long course\n"
    assert list(sections(text)) == [
        ("criteria", "Before"),
        ("inclusion", "* one"),
        ("exclusion", "* two"),
        ("exclusion", "Inclusion body myositis patients who had a long course"),
    ]


@pytest.mark.parametrize(
    ("line", "ids"),
    [
        ("anti-Jo-1, PL-7 or PL-12 positive", ("jo1", "pl7", "pl12")),
        ("positive for anti-MDA5 antibody", ("mda5",)),
        ("myositis-specific autoantibodies", ()),
        ("anti-HMGCR or anti-SRP", ("hmgcr", "srp")),
    ],
)
def test_antibodies_in_a_line(line: str, ids: tuple[str, ...]) -> None:
    found = antibodies(line)
    assert found is not None
    assert found[1] == ids


@pytest.mark.parametrize(
    ("line", "ids"),
    [
        ("definite or probable dermatomyositis or polymyositis", ("dm", "pm")),
        ("juvenile dermatomyositis", ("jdm",)),
        ("inclusion body myositis (IBM)", ("ibm",)),
        ("immune-mediated necrotizing myopathy", ("imnm",)),
    ],
)
def test_kinds_of_myositis_in_a_line(line: str, ids: tuple[str, ...]) -> None:
    found = subtypes(line)
    assert found is not None
    assert found[1] == ids


@pytest.mark.parametrize("line", ["no cardiomyopathy", "type 2 diabetes mellitus", "participants agree"])
def test_lines_about_something_else(line: str) -> None:
    assert subtypes(line) is None
    assert antibodies(line) is None


def test_quotations_are_short_and_counted() -> None:
    found = {topic.key: topic for topic in topics("\n".join(f"* dermatomyositis case {n}" for n in range(20)))}
    assert (len(found["subtypes"].quotes), found["subtypes"].more) == (8, 12)
    long = "x " * 300 + "dermatomyositis" + " y" * 300
    assert "dermatomyositis" in excerpt(long, 600)
    assert len(excerpt(long, 600)) <= 152


def test_a_draft_says_nothing_of_contacts() -> None:
    changes = {
        "contactsLocationsModule.centralContacts": [{"name": "Jane Roe", "phone": "555", "email": "j@x.example"}]
    }
    assert "Jane" not in drafted(changes) + json.dumps(read_record(study(changes)))
