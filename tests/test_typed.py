"""Places, codes, profiles, tables and completion: what is typed leads to a fact, or is refused; complete tables of each kind."""

from __future__ import annotations

import json
import os
import shlex
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from data_files import yaml_of

from myofind.asking.patient_table import read_cohort
from myofind.asking.profile import understand
from myofind.asking.profile_file import read_profile
from myofind.asking.typed import Typed
from myofind.diagnostics import InputError
from myofind.names.codes import code_key
from myofind.names.compiled_files import read
from myofind.names.vocabulary import resolve, terms
from tests.run import bytes_of, myofind
from tests.together import together

ROOT = Path(__file__).resolve().parents[1]
DAY = date(2026, 11, 25)
CASES: dict[str, list[dict[str, Any]]] = yaml_of(ROOT / "tests" / "cases" / "inputs.yaml")
LINES = [*CASES["places"], *(case for case in CASES["codes_and_record_strings"] if "-A" not in case["ask"])]
COUNTRIES: dict[str, Any] = yaml_of(ROOT / "src/myofind/names/data/countries.yaml")


@pytest.mark.parametrize("case", LINES, ids=lambda case: str(case["ask"]))
def test_a_listed_input_is_read_rightly_or_refused(case: dict[str, Any]) -> None:
    ran = myofind("match", *shlex.split(case["ask"]), "--format", "json", "--on", DAY.isoformat())
    if case.get("refused"):
        assert ran.code == 2
        return
    answer = json.loads(ran.out)
    for fact, value in case["facts"].items():
        assert value in answer["profile"][fact]
    if "says" in case:
        assert any(case["says"].split()[-1] in note for note in answer["notes"])


# Places ----------------------------------------------------------------------------------------------------------------


def test_every_place_leads_to_its_country_and_is_told_in_both_languages() -> None:
    count = 0
    for country in COUNTRIES["terms"]:
        for place in country.get("places", ()):
            found = resolve("countries", place)
            assert (found.id, found.outcome, found.place) == (country["id"], "exact", True), place
            assert resolve("countries", place, exact=True).id == country["id"]
            count += 1
    assert count > 900
    assert understand(Typed(countries=("Québec",)), DAY).readings == ("read `Québec` as Canada",)
    assert understand(Typed(countries=("Québec",)), DAY, lang="fr").readings == ("`Québec` : lu comme Canada",)
    assert understand(Typed(countries=("Canada",)), DAY).readings == ()


@pytest.mark.parametrize(
    ("typed", "codes"),
    [
        ("Québec, Canada", ("CA",)), ("Lyon (France)", ("FR",)), ("France, Québec", ("FR", "CA")), ("Paris; Bruxelles", ("FR", "BE")),
        ("Paris, Lyon", ("FR",)), ("écosse", ("GB",)), ("LA REUNION", ("FR",)), ("nouvelle caledonie", ("FR",)), ("Bayern", ("DE",)),
        ("NA", ("NA",)),
    ],
)  # fmt: skip
def test_places_and_countries_together(typed: str, codes: tuple[str, ...]) -> None:
    assert understand(Typed(countries=(typed,)), DAY).patient.countries == codes


@together(
    (typed, exact)
    for typed in [
        "N/A",
        "n/a",
        "#N/A",
        "N / A",
        "n.a.",
        "Georgia",
        "Congo",
        "Victoria",
        "Vienne",
        "London, Ontario",
        "Paris, Texas",
        "Québec, France",
        "Jérusalem",
        "Saint-Martin",
        "Wakanda",
    ]
    for exact in [False, True]
)
def test_what_is_no_place_or_two_is_refused(typed: str, exact: bool) -> None:
    with pytest.raises(InputError):
        understand(Typed(countries=(typed,)), DAY, exact=exact)


# Codes -----------------------------------------------------------------------------------------------------------------

_WRITTEN = {
    "orpha": ("ORPHA:{}", "ORPHA {}", "Orphanet:{}", "ORPHAcode {}"), "omim": ("OMIM {}", "OMIM:{}", "MIM #{}"), "mondo": ("{}",),
    "icd10": ("{}", "ICD-10 {}", "CIM-10: {}", "({})"), "icd10cm": ("{}", "ICD-10-CM {}"), "icd11": ("{}", "ICD-11 {}"),
    "icd11_foundation": ("ICD-11 {}",), "mesh": ("{}", "MeSH {}"), "snomed": ("{}", "SNOMED CT {}", "SCT:{}"),
}  # fmt: skip


def test_every_code_of_the_vocabulary_is_a_name_however_it_is_written() -> None:
    count = 0
    for term in terms("subtypes"):
        for system, codes in term.codes.items():
            for code in codes:
                for form in _WRITTEN[system]:
                    text = form.format(code)
                    if system == "omim" and code.startswith("PS"):
                        text = f"OMIM:{code}"
                    found = resolve("subtypes", text)
                    assert (found.id, found.outcome) == (term.id, "exact"), text
                    count += 1
    assert count > 150


def test_every_loinc_code_is_a_name_of_its_antibody() -> None:
    codes = [(code, term.id) for term in terms("antibodies") for code in term.codes.get("loinc", ())]
    assert len(codes) > 60
    for code, id in codes:
        assert resolve("antibodies", f"LOINC {code}").id == id
        assert resolve("antibodies", code).id is None
    assert resolve("antibodies", "LOINC 1-8").id is None


def test_a_code_of_several_kinds_is_refused_with_its_readings() -> None:
    owners = read("codes_subtypes")
    several = [code for code, owner in owners.items() if owner[0] == "?"]
    assert {code_key("icd10", code) for code in ("M33", "M33.9", "M33.90", "G72.49", "M35.8")} <= set(several)
    for key in several:
        found = resolve("subtypes", key.replace("snomed:", "SNOMED CT ").replace("icd:", "ICD-10 "))
        assert found.outcome == "ambiguous", key
        assert found.candidates


@pytest.mark.parametrize(
    ("typed", "id"),
    [
        ("Inclusion body myositis [IBM] G72.41", "ibm"), ("Dermatomyositis (M33.1)", "dm"), ("M33.2 Polymyositis", "pm"),
        ("M33.20 - Polymyositis, organ involvement unspecified", "pm"), ("Other dermatomyositis (M33.10)", "dm"), ("g7241", "ibm"),
        ("DM, M33.1, ORPHA:221", "dm"), ("myositis (M33.2)", "pm"), ("amyopathic dermatomyositis M33.1", "adm"), ("IMNM (G72.49)", "imnm"),
        ("inclusion body myopathy G72.41", "ibm"), ("Dermatomyosite (CIM-10 : M33.1)", "dm"), ("antisynthetase syndrome M35.8", "asys"),
    ],
)  # fmt: skip
def test_a_record_string(typed: str, id: str) -> None:
    assert understand(Typed((typed,)), DAY).patient.subtypes == (id,)


@pytest.mark.parametrize(
    ("typed", "named"),
    [
        ("Polymyositis (M33.1)", ("`dm`", "`pm`")), ("M33.1 M33.2", ("`dm`", "`pm`")), ("diabetes M33.1", ("`dm`", "`diabetes`")),
        ("Dermatopolymyositis M33.9", ("`dm`", "`pm`")), ("IBM ORPHA:221", ("`dm`", "`ibm`")),
    ],
)  # fmt: skip
def test_a_code_and_a_name_that_disagree_are_refused_naming_both(typed: str, named: tuple[str, ...]) -> None:
    with pytest.raises(InputError) as caught:
        understand(Typed((typed,)), DAY)
    assert all(name in (caught.value.hint or "") for name in named)


@pytest.mark.parametrize(
    "typed",
    ["M33.7", "M35.1", "732", "ORPHA:99999", "DM foo M33.1", "not M33.1", "sans M33.1", "pas de dermatomyosite M33.1", "M33.1-", "M33.1?", "M33.1+"],
)  # fmt: skip
def test_what_stands_beside_a_code_is_never_dropped(typed: str) -> None:
    with pytest.raises(InputError):
        understand(Typed((typed,)), DAY)


@pytest.mark.parametrize(
    "typed", ["DM MDA5- (M33.1)", "DM MDA5 - (M33.1)", "DM MDA5 - M33.1", "M33.1 -MDA5 DM", "(M33.1) DM MDA5 neg"]
)
def test_a_code_takes_no_sign_from_an_antibody(typed: str) -> None:
    patient = understand(Typed((typed,)), DAY).patient
    assert (patient.subtypes, patient.antibodies) == (("dm",), (("mda5", "negative"),))


# Profiles and tables ---------------------------------------------------------------------------------------------------

BAD_PROFILES = [
    '{"subtype": "dm", "subtype": "pm"}', '{"age": {"years": 45, "years": 46}}', '{"age": {"years": 45, "weeks": 3}}',
    '{"age": {"years": 45, "months": -3}}', '{"age": [45]}', '{"sex": ["male"]}', '{"autoantibodies": {"jo1": "positive", "jo1": "positive"}}',
    '{"age": {"years": true}}', '{"age": {"months": 3}}', '{"onset": ["2024"]}', '{"country": "Canada", "pays": "France"}',
    '{"ild": ["yes"]}', '{"sous-type": "dm", "subtype": "dm"}', '{"âge": 45, "age": 45}',
]  # fmt: skip


@pytest.mark.parametrize("text", BAD_PROFILES)
def test_a_profile_that_says_too_much_or_the_wrong_shape_is_refused(text: str) -> None:
    with pytest.raises(InputError):
        understand(read_profile(text.encode(), "p"), DAY)
    row = next(iter(read_cohort([text + "\n"], "c", DAY)))
    assert row.problem is not None


FRENCH = {
    "sous-type": "DM", "âge": "45", "pays": "Québec", "sexe": "femme", "réfractaire": "oui", "début": "2024-03", "anticorps": "Jo-1 négatif",
    "pneumopathie interstitielle": "non",
}  # fmt: skip


def test_french_keys_and_columns_are_the_english_ones() -> None:
    english = Typed(("DM",), "45", None, ("Jo-1 négatif",), ("Québec",), "femme", "2024-03", False, True)
    for change in (str, str.upper, str.title):
        keys = {change(key): value for key, value in FRENCH.items()}
        assert read_profile(json.dumps(keys, ensure_ascii=False).encode(), "p") == english
        table = [";".join(("id", *keys)) + "\n", ";".join(("1", *keys.values())) + "\n"]
        assert next(iter(read_cohort(table, "c", DAY))).patient == understand(english, DAY).patient
    assert read_profile(b"date de naissance: 1971-03-12", "p") == Typed(birth_date="1971-03-12")


@pytest.mark.parametrize("country", ["NA", "na"])
def test_na_in_a_column_of_countries_is_asked_about_and_n_a_is_empty(country: str) -> None:
    rows = list(read_cohort(["id,subtype,country,age\n", f"1,dm,{country},45\n", "2,dm,N/A,n/a\n"], "c", DAY))
    assert rows[0].problem is not None
    assert "Namibia" in rows[0].problem.message
    assert rows[1].patient is not None
    assert (rows[1].patient.countries, rows[1].patient.birth) == ((), None)
    row = next(iter(read_cohort([json.dumps({"subtype": "dm", "country": country})], "c", DAY)))
    assert row.problem is not None


def test_a_device_or_a_pipe_is_no_profile(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    for name in ("/dev/zero", str(pipe)):
        ran = myofind("match", "-p", name)
        assert ran.code == 2
        assert "not a regular file" in ran.err
    assert myofind("match", "-p", "-", stdin=b" " * (1024 * 1024 + 1)).code == 2


@pytest.mark.parametrize("form", ["json", "csv"])
def test_what_a_program_reads_is_valid_in_any_encoding(form: str) -> None:
    asked = ["match", "-s", "dm", "-a", "45", "-c", "Québec", "--lang", "fr", "--all", "--format", form]
    plain = myofind(*asked).out
    written = {bytes_of(*asked, env={"PYTHONIOENCODING": encoding})[:2] for encoding in ("ascii", "latin-1", "cp1252")}
    assert len(written) == 1
    ((code, out),) = written
    assert code == 0
    narrow = out.decode("utf-8")
    assert narrow.isascii()
    assert not plain.isascii()
    if form == "json":
        assert json.loads(narrow) == json.loads(plain)
    else:
        assert narrow.count("\n") == plain.count("\n")
        assert "\\x" not in narrow


# Completion ------------------------------------------------------------------------------------------------------------


def completed(words: str, shell: str = "bash") -> list[str]:
    env = {"_MYOFIND_COMPLETE": f"complete_{shell}", "COMP_WORDS": words, "COMP_CWORD": str(words.count(" "))}
    return myofind(env=env).out.splitlines()


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        ("myofind match -c Fr", {"FR", "France"}), ("myofind match -s D", {"dm", "dermatomyositis"}),
        ("myofind match -s derm", {"dermatomyositis", "'dermatomyosite juvénile'"}), ("myofind match -A J", {"jo1"}),
        ("myofind match -c unit", {"'United Kingdom'"}), ("myofind match --status ", {"open", "closed", "recruiting"}),
        ("myofind match --what-if r", {"refractory=yes", "refractory=no", "réfractaire=oui"}), ("myofind match --what-if md", {"mda5="}),
        ("myofind match --format ", {"table", "json", "csv", "markdown"}), ("myofind match --lang ", {"en", "fr"}),
        ("myofind list --kind ", {"interventional", "registry"}), ("myofind list --status O", {"open"}), ("myofind show tim", {"'TIME IS MUSCLE'"}),
        ("myofind validate --format s", {"sarif"}),
    ],
)  # fmt: skip
def test_completion_offers_labels_and_closed_words_in_any_case(words: str, offered: set[str]) -> None:
    assert offered <= set(completed(words))


def test_the_sex_typed_with_the_age_is_a_fact() -> None:
    for age, sex in (("45F", "female"), ("femme de 45 ans", "female"), ("45 y/o M", "male"), ("45", None)):
        assert understand(Typed(age=age), DAY).patient.sex == sex
    assert understand(Typed(age="45F", sex="femme"), DAY).patient.sex == "female"
    with pytest.raises(InputError):
        understand(Typed(age="45F", sex="male"), DAY)
    with pytest.raises(InputError):
        understand(Typed(age="45M", facts=("pregnant",)), DAY)
    rows = list(read_cohort(["id,age\n", "1,45F\n", "2,45\n"], "c.csv", DAY))
    assert [row.patient.sex for row in rows if row.patient] == ["female", None]


@pytest.mark.parametrize(
    ("typed", "codes"),
    [
        ("USA ou Canada", ("US", "CA")), ("USA or Canada", ("US", "CA")), ("France et Belgique", ("FR", "BE")), ("France/Belgique", ("FR", "BE")),
        ("Frankreich oder Schweiz", ("FR", "CH")), ("Trinidad and Tobago", ("TT",)), ("Bosnie et Herzégovine", ("BA",)), ("Paris, France", ("FR",)),
    ],
)  # fmt: skip
def test_several_countries_are_each_read(typed: str, codes: tuple[str, ...]) -> None:
    assert understand(Typed(countries=(typed,)), DAY).patient.countries == codes


@pytest.mark.parametrize(
    "typed", ["not France", "pas la France", "non-US", "hors de France", "France or zorglub", "N/A"]
)
def test_a_country_denied_or_unknown_is_refused_and_none_is_suggested(typed: str) -> None:
    with pytest.raises(InputError) as refused:
        understand(Typed(countries=(typed,)), DAY)
    assert "did you mean" not in refused.value.hint


def test_german_times() -> None:
    for german, french in (
        ("vor 6 Monaten", "il y a 6 mois"), ("seit 2 Jahren", "depuis 2 ans"), ("mit 12 Jahren", "à 12 ans"), ("im März 2024", "mars 2024"),
    ):  # fmt: skip
        one, other = (understand(Typed(age="45", onset=text), DAY).patient.onset for text in (german, french))
        assert one == other
    assert understand(Typed(age="45 Jahre"), DAY).age == (45, None)
