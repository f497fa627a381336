"""A record as a new entry: what is certain filled in, what a curator must decide quoted beside its key."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from myofind.editing.yaml_text import flow
from myofind.registers.criteria_quotes import antibodies, numbered, sections, subtypes
from myofind.registers.ctgov import read_record
from myofind.registers.drafting import draft_lines
from myofind.registers.proposals import Seen
from myofind.registers.rule_proposals import proposals
from myofind.registry.read import read_registry
from tests.registers.conftest import Run
from tests.registers.test_refresh import Save, by_number, live
from tests.registers.world import REGISTRY, STUDY, Serve, study
from tests.together import together

HEAD = """\
registry:
  name: drafts
  schema: 2
  version: 2026.3.0
  as_of: 2026-03-01
  sources:
    ctgov: {title: ClinicalTrials.gov, url: "https://clinicaltrials.gov"}
trials:
"""
SEEN = Seen("2026-03-01", "ctgov", "https://clinicaltrials.gov/study/NCT01234567")

DRAFT = """\
  - id: NCT01234567
    ids: {euct: "2022-502759-70-01", sponsor: MYO-1}
    acronym: MYO-ONE
    # to decide: a title in own words; this is the register's
    title: A Study of Somedrug in Myositis
    # title_fr: …
    # its conditions: Dermatomyositis; Myositis
    kind: interventional
    # to decide: `role: comparator` or `role: background` for what is not tested
    interventions:
      - {name: somedrug}
    phase: [2, 3]
    comparator: placebo
    status:
      - {value: recruiting, as_of: 2026-03-01, source: ctgov, at: "https://clinicaltrials.gov/study/NCT01234567"}
    eligibility:
      # the criteria of the record, each a rule or a note below:
      #   I1 Adults with dermatomyositis, disease duration of at least 6 months
      #   I2 Positive for anti-Mi-2 or anti-TIF1-gamma
      #   I3 Inadequate response to steroids
      #   E1 Inclusion body myositis
      #   E2 FVC < 60 % or severe interstitial lung disease
      coverage: fields  # full, once every criterion above is settled
      # subtypes: {admits: [dm], excludes: [ibm]}  # I1, E1
      age: {min: 18, max: 75}
      sex: all
      # autoantibodies: {required_any: [mi2, tif1g]}  # I2
      # facts:
      #   fvc: {min: 60}  # E2: FVC < 60 % or severe interstitial lung disease
      #   onset: {since: {min: 6 months}}  # I1: Adults with dermatomyositis, disease duration of at least 6 months
      #   refractory: required  # I3: Inadequate response to steroids
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
    # read: {on: 2026-03-01, by: …}
    draft: true
    sources:
      - {ref: ctgov, at: "https://clinicaltrials.gov/study/NCT01234567", date: 2026-03-01}
"""


def drafted(changes: dict[str, Any] | None = None, **identity: Any) -> str:
    return "\n".join(draft_lines(read_record(study(changes, **identity)), SEEN)) + "\n"


def test_a_draft_as_printed(run: Run, registry: Path, saved: Save) -> None:
    ran = run("draft", "NCT01234567", "--registry", str(registry), "--from", saved(study()))
    assert ran.code == 0
    (record,) = [line.split(": ", 1)[1] for line in ran.out.splitlines() if line.startswith("    record: ")]
    assert ran.out == DRAFT.replace("RECORD", record)
    assert "NCT01234567 is in the registry already" in ran.err


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"designModule.studyType": "EXPANDED_ACCESS"}, "expanded access is no trial"),
        ({"designModule.studyType": None}, "to decide: the record gives no study type"),
        ({"designModule.studyType": "OBSERVATIONAL"}, "    kind: observational\n"),
        ({"designModule.studyType": "OBSERVATIONAL", "designModule.patientRegistry": True}, "    kind: registry\n"),
        ({"statusModule.overallStatus": "AVAILABLE"}, "the record has no status the registry knows: AVAILABLE"),
        ({"statusModule.overallStatus": "UNKNOWN", "statusModule.lastKnownStatus": "RECRUITING"},
         "# last known status: recruiting, verified 2026-02"),
        ({"statusModule.overallStatus": "TERMINATED", "statusModule.whyStopped": "No money"}, 'why: "No money"'),
        ({"eligibilityModule": None}, "# to decide: the criteria name no kind of myositis"),
        ({"contactsLocationsModule": None}, "# the record lists no site"),
        ({"identificationModule.briefTitle": None}, "# to decide: the record has no title"),
        ({"identificationModule.briefTitle": "long " * 40}, "# in full: long long"),
        ({"armsInterventionsModule.armGroups": [{"label": "A", "type": "EXPERIMENTAL"}]}, "    comparator: none\n"),
        ({"armsInterventionsModule.armGroups": [{"label": "A", "type": "EXPERIMENTAL"}, {"label": "B", "type": "OTHER"}]},
         "# to decide: the arms are A (experimental); B (other)\n    # comparator: placebo\n"),
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
    assert [(trial.id, trial.draft) for trial in read.trials()] == [("NCT00000003", True), ("NCT00000009", True)]


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
    ran = run("draft", "NCT01234567", "--registry", str(registry), "--whole", "--from", saved(study(changes)))
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
    assert [trial.id for trial in read.trials()] == [
        "NCT00000009", "NCT01234567", "NCT05000000", "NCT07654321", "some-slug",
    ]  # fmt: skip
    rest = iter(text.splitlines())
    dated = REGISTRY.replace("  as_of: 2025-05-17\n", "  as_of: 2026-03-01\n", 1)
    assert all(line in rest for line in dated.splitlines()), "the old lines are all there, in their order"
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
        ("myositis-specific autoantibodies", ("msa_any",)),
        ("myositis-associated or myositis-specific antibodies", ("msa_any", "maa_any")),
        ("autoantibodies", ()),
        ("anti-HMGCR or anti-SRP", ("hmgcr", "srp")),
    ],
)
def test_antibodies_in_a_line(line: str, ids: tuple[str, ...]) -> None:
    assert antibodies(line) == ids


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
    assert subtypes(line) == ids


@pytest.mark.parametrize("line", ["no cardiomyopathy", "type 2 diabetes mellitus", "participants agree"])
def test_lines_about_something_else(line: str) -> None:
    assert subtypes(line) == ()
    assert antibodies(line) == ()


CENTRAL = [
    {"name": "Jane Roe", "role": "CONTACT", "phone": "555", "email": "jane.roe@x.example"},
    {"name": "Study line", "role": "CONTACT", "phone": "+33 (0)1 23 45 67 89", "email": "trials@x.example"},
]


def test_a_draft_has_the_lines_of_the_study_and_no_person() -> None:
    text = drafted({"contactsLocationsModule.centralContacts": CENTRAL})
    assert "Jane" not in text
    assert "jane" not in text
    place = "https://clinicaltrials.gov/study/NCT01234567"
    assert (
        f"""\
    contacts:
      - {{phone: "+33 1 23 45 67 89", email: "trials@x.example", source: ctgov, at: "{place}", date: 2026-03-01}}
"""
        in text
    )


@pytest.mark.parametrize(
    ("phone", "countries", "written"),
    [
        ("617-555-0100", ["United States"], "+1 617 555 0100"),
        ("1-(617) 555.0100", ["United States", "Canada"], "+1 617 555 0100"),
        ("617-555-0100", ["United States", "France"], None),
        ("617-555-0100", [], None),
        ("0033 1 23 45 67 89", ["France"], "+33 1 23 45 67 89"),
        ("01 23 45 67 89", ["France"], None),
    ],
)
def test_a_telephone_is_kept_where_its_country_is_known(phone: str, countries: list[str], written: str | None) -> None:
    changes = {
        "contactsLocationsModule.centralContacts": [{"phone": phone}],
        "contactsLocationsModule.locations": [{"country": one, "city": "X"} for one in countries],
    }
    assert [one.phone for one in read_record(study(changes)).contacts] == ([written] if written else [])


# Rules proposed -------------------------------------------------------------------------------------------------------

READY = re.compile(r"^( *)# ((?:  )*(?:- \{|[a-z_]+:(?: |$)).*)$")


def taken(text: str) -> str:
    """The draft with every commented line taken."""
    return "\n".join(READY.sub(r"\1\2", line) for line in text.splitlines()) + "\n"


def proposed(section: str, *lines: str) -> list[tuple[str, str, str]]:
    criteria = f"{section} Criteria:\n" + "\n".join(f"* {line}" for line in lines)
    return [(one.key, one.id, flow(one.rule)) for one in proposals(numbered(criteria))]


@together(
    [
        ("Exclusion", "Malignancy within the last 5 years", [("facts", "cancer", "{excluded: {within: 5 years}}")]),
        ("Exclusion", "History of cancer", [("facts", "cancer", "excluded")]),
        ("Exclusion", "Pregnant or breastfeeding women", [("facts", "pregnancy", "excluded")]),
        ("Inclusion", "Not pregnant", [("facts", "pregnancy", "excluded")]),
        (
            "Exclusion",
            "HIV, hepatitis B or hepatitis C infection",
            [("facts", "chronic_infection", "{excluded: [hiv, hbv, hcv]}")],
        ),
        ("Exclusion", "FVC < 50 % predicted", [("facts", "fvc", "{min: 50}")]),
        ("Exclusion", "FVC ≤ 50 %", [("facts", "fvc", "{above: 50}")]),
        ("Inclusion", "MMT-8 score of at most 136/150", [("facts", "mmt8", "{max: 136}")]),
        (
            "Inclusion",
            "MMT-8 below 142 or CDASI-A ≥ 14",
            [("any_of", "", "[{mmt8: {below: 142}}, {cdasi_a: {min: 14}}]")],
        ),
        ("Inclusion", "eGFR >= 30 mL/min", [("facts", "egfr", "{min: 30}")]),
        ("Inclusion", "Haemoglobin > 8 mmol/L", []),
        (
            "Inclusion",
            "Failed at least 2 immunosuppressants, or intolerance",
            [("facts", "failed_drugs", "{min: 2, intolerance: counts}")],
        ),
        ("Inclusion", "Refractory disease", [("facts", "refractory", "required")]),
        ("Exclusion", "Refractory to steroids", []),
        ("Inclusion", "Diagnosed within 5 years", [("facts", "diagnosed_on", "{since: {max: 5 years}}")]),
        ("Exclusion", "Disease duration of more than ten years", []),
        ("Exclusion", "Disease duration > 10 years", [("facts", "onset", "{since: {max: 10 years}}")]),
        (
            "Exclusion",
            "Rituximab within 6 months prior to screening",
            [("treatments", "", "{any: [rituximab], excluded: {within: 6 months}}")],
        ),
        ("Exclusion", "Current use of JAK inhibitors", [("treatments", "", "{any: [jak_inhibitor], excluded: now}")]),
        ("Exclusion", "Prior CAR-T", [("treatments", "", "{any: [car_t], excluded: ever}")]),
        (
            "Inclusion",
            "Prednisone at a stable dose ≤ 20 mg/day for at least 4 weeks",
            [("treatments", "", "{any: [prednisone], unchanged: 4 weeks, dose: {max: 20}}")],
        ),
        ("Exclusion", "Severe interstitial lung disease", []),
        ("Inclusion", "Interstitial lung disease on CT", [("facts", "ild", "required")]),
        ("Inclusion", "Written informed consent", []),
        ("Exclusion", "anti-MDA5 antibody", [("autoantibodies", "excluded", "[mda5]")]),
        ("Inclusion", "a myositis-specific autoantibody", [("autoantibodies", "required_any", "[msa_any]")]),
        ("Inclusion", "an autoantibody", []),
        ("Criteria", "Not pregnant or nursing", [("facts", "pregnancy", "excluded")]),
    ]
)
def test_the_rule_a_line_suggests(section: str, line: str, rules: list[tuple[str, str, str]]) -> None:
    assert [one for one in proposed(section, line) if one[0] != "subtypes"] == rules


def test_of_two_rules_on_one_fact_the_first_is_proposed() -> None:
    assert proposed("Exclusion", "Cancer", "Malignancy within 2 years") == [("facts", "cancer", "excluded")]


@pytest.mark.parametrize(
    "criteria",
    [
        STUDY["protocolSection"]["eligibilityModule"]["eligibilityCriteria"],
        "Inclusion Criteria:\n1. MMT-8 < 142 or CDASI >= 14\n2. MMT-8 < 130 or HAQ >= 0.25\nExclusion Criteria:\n1. Cancer: any\n2. Rituximab within 6 months",
        'Adults "with" #1 {odd} [signs]: - and * stars\n\n\n- -\nÉ’\u200b',
        "",
    ],
)
def test_every_commented_line_that_is_taken_can_be_read(criteria: str) -> None:
    """Uncommenting all of a draft gives a file without a finding of form; only what is still to write is found."""
    text = taken(drafted({"eligibilityModule.eligibilityCriteria": criteria}))
    assert text.count("# ") < drafted({"eligibilityModule.eligibilityCriteria": criteria}).count("# ")
    read = read_registry((HEAD + text).encode(), "draft")
    assert read.findings == ()


@pytest.mark.parametrize(
    ("criteria", "elsewhere", "headings"),
    [
        ("SLE:\n* Has SLE\n* One of the following:\n* Nephritis\nIIM:\n* Has PM", "I1 I2 I3 I4", "I1 I5"),
        ("4. Lupus:\n* Has SLE\n5. Adequate kidneys", "I1 I2", "I1"),
        ("Participants with systemic sclerosis\n* Diffuse\nAll participants:\n* Adults", "I1 I2", "I1"),
        ("* Polymyositis\n* Dermatomyositis\n* Lupus\n* Adults", "", ""),
        ("Active disease as defined by:\n* MMT-8 < 142", "", ""),
        ("Cohort 1 (SLE):\n* A\nCohort 2 (DM, PM):\n* B", "I1 I2", "I1 I3"),
    ],
)
def test_criteria_below_the_heading_of_another_disease(criteria: str, elsewhere: str, headings: str) -> None:
    lines = numbered(f"Inclusion Criteria:\n{criteria}\nExclusion Criteria:\n* Cancer")
    assert " ".join(line.number for line in lines if line.elsewhere) == elsewhere
    assert " ".join(line.number for line in lines if line.heading) == headings
    assert not any(one.line.elsewhere or one.line.heading for one in proposals(lines))
    assert any(one.id == "cancer" for one in proposals(lines))


def test_a_draft_marks_the_criteria_of_another_disease() -> None:
    criteria = "Inclusion Criteria:\nSLE:\n* Refractory SLE for 6 months\nIIM:\n* Refractory dermatomyositis"
    text = drafted({"eligibilityModule.eligibilityCriteria": criteria})
    assert "I2 (another disease) Refractory SLE for 6 months" in text
    assert "I4 Refractory dermatomyositis" in text
    assert text.count("Refractory SLE") == 1


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("empty", ["trials: []\n", "trials:   []", "trials: []  # none yet\n", "trials: [\n  ]\n"])
def test_a_registry_without_trials_takes_its_first_drafts(
    run: Run, tmp_path: Path, saved: Save, empty: str, newline: str
) -> None:
    path = tmp_path / "new.yaml"
    path.write_bytes((HEAD.replace("trials:\n", empty)).replace("\n", newline).encode())
    both = saved([study(nctId="NCT05000000"), study(nctId="NCT00000009")])
    ran = run("draft", "--registry", str(path), "--from", both, "--write")
    assert (ran.code, ran.err) == (0, f"{path}: 2 drafts added: NCT00000009, NCT05000000\n")
    data = path.read_bytes()
    assert data.startswith(HEAD.replace("\n", newline).encode())
    assert data.count(b"\n") == data.count(newline.encode())
    read = read_registry(data, "x")
    assert not read.findings
    assert [plain["id"] for plain in read.plain] == ["NCT00000009", "NCT05000000"]
