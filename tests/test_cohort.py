"""A cohort is answered as its patients are one by one, whatever is kept between them."""

import csv
import io
import json
import random
from datetime import date, timedelta
from html import unescape
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from myofind.asking.as_typed import typed_treatment
from myofind.asking.cohort_columns import MOST_TEXT
from myofind.asking.patient_table import Line, Reader, read_cohort
from myofind.asking.profile import understand
from myofind.asking.profile_file import read_profile
from myofind.asking.typed import Typed
from myofind.diagnostics import InputError
from myofind.domain.dates import add_age
from myofind.domain.eligibility import assess
from myofind.domain.patient import Amount, Birth, Chosen, FactValue, InDoubt, Onset, Patient, Result, When, YesNo
from myofind.domain.rules import AgeRule, AntibodyRule, DayRule, Span, SpanRule
from myofind.domain.trial import Eligibility, Trial
from myofind.language import Lang
from myofind.matching import many_patients as kept
from myofind.matching import trial_sets as sets
from myofind.matching.many_patients import Judge
from myofind.registry.compiled import open_store
from myofind.registry.location import registry_path
from tests import worlds
from tests.example_counts import examples
from tests.run import myofind
from tests.strategies import DAY, patients, registries
from tests.together import together

SHIPPED = open_store(registry_path())
BY_SHIPPED = Judge(SHIPPED.index, DAY)


def one_by_one(registry: tuple[Trial, ...], patient: Patient) -> list[str]:
    return [assess(patient, trial, DAY).verdict for trial in registry]


def named(found: sets.Verdicts, count: int) -> list[str]:
    return [
        next(name for name, bits in zip(found._fields, found, strict=True) if bits >> place & 1)
        for place in range(count)
    ]


@given(registries, st.lists(patients, min_size=1, max_size=6))
@examples(25)
def test_a_cohort_equals_its_patients_one_by_one(registry: tuple[Trial, ...], people: list[Patient]) -> None:
    judge = Judge(sets.build(registry), DAY)
    for person in (*people, *people):
        assert named(judge.verdicts(person), len(registry)) == one_by_one(registry, person)


@given(worlds.trials(), st.lists(worlds.patients(), min_size=2, max_size=6))
@examples(25)
def test_what_is_forgotten_is_judged_again(registry: tuple[Trial, ...], people: list[Patient]) -> None:
    before, kept.MOST = kept.MOST, 1
    try:
        judge = Judge(sets.build(registry), DAY)
        for person in (*people, *reversed(people)):
            assert named(judge.verdicts(person), len(registry)) == one_by_one(registry, person)
    finally:
        kept.MOST = before


def test_what_is_remembered_is_bounded_and_given_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "MOST", 3)
    known: dict[int, str] = {}
    sizes = []
    for key in range(8):
        assert kept.remember(known, key, f"value {key}") == known[key] == f"value {key}"
        sizes.append(len(known))
    assert sizes == [1, 2, 3, 1, 2, 3, 1, 2]


@given(patients)
@examples(80)
def test_the_shipped_registry_answers_a_cohort_as_it_answers_one(patient: Patient) -> None:
    """The same judge through all examples, so that what is kept from one patient meets the next."""
    assert BY_SHIPPED.verdicts(patient) == sets.verdicts(SHIPPED.index, patient, DAY)


typed = st.builds(
    Typed,
    st.lists(st.sampled_from(["dm", "pm", "polymyositis", "asys", "dermatomyosits", "?x?"]), max_size=2).map(tuple),
    st.none() | st.sampled_from(["45", "17y 8m", "6 months", "200"]),
    st.none() | st.sampled_from(["1981-11-20", "1981", "03/04/1962"]),
    st.lists(st.sampled_from(["jo1", "Jo-1 +, Ro52 neg", "mda5=negative", "PL-17"]), max_size=2).map(tuple),
    st.lists(st.sampled_from(["FR", "Belgique", "Congo"]), max_size=2).map(tuple),
    st.none() | st.sampled_from(["f", "male", "x"]),
    st.none() | st.sampled_from(["2024-03", "12 years", "1899", "soon"]),
    st.sampled_from([None, True, False]),
    st.sampled_from([None, True, False]),
    replaced_age=st.none(),
)
READER = Reader(DAY)


@given(typed)
@examples(120)
def test_a_row_is_read_as_match_reads_its_options(facts: Typed) -> None:
    if facts == Typed():
        return
    try:
        wanted = understand(facts, DAY)
    except InputError:
        with pytest.raises(InputError):
            READER.read(facts)
    else:
        patient, notes, age = READER.read(facts)
        assert patient == wanted.patient
        assert notes == wanted.readings
        assert age == wanted.age


def lines(text: str, id_column: str | None = None) -> list[Line]:
    return list(read_cohort(text.splitlines(keepends=True), "cohort.csv", DAY, id_column=id_column))


@pytest.mark.parametrize("cell", ["Jo1", "Jo1 +", "et Jo1", "Jo1 neg", "1:640", "12", "MDA5"])
def test_a_cell_of_a_single_antibody_is_its_result_and_nothing_else(cell: str) -> None:
    """A column that has slipped by one is told, and makes nobody positive."""
    assert lines(f"id,subtype,MDA5\n1,dm,{cell}\n")[0].problem is not None


def test_a_column_may_be_a_single_antibody_and_na_is_an_empty_cell() -> None:
    head = "id;subtype;Jo-1;MDA5;anti-SRP;PID\n"
    cells = ("+;-;;+", "1;0;NA;NA", "positif (87);VRAI;ND;oui", "++;+/-;en attente;0")
    results = [
        dict(one.patient.antibodies)
        for one in lines(head + "".join(f"{at};dm;{row}\n" for at, row in enumerate(cells)))
        if one.patient
    ]
    assert results == [
        {"jo1": "positive", "mda5": "negative"},
        {"jo1": "positive", "mda5": "negative"},
        {"jo1": "positive", "mda5": "positive", "srp": "not_tested"},
        {"jo1": "positive", "mda5": "borderline", "srp": "not_tested"},
    ]
    assert lines(head + "1;dm;45;;;\n")[0].problem is not None
    assert lines("id;subtype;anticorps;Ro52\n1;dm;Ro52 -;+\n")[0].problem is not None
    (row,) = read_cohort(['{"subtype": "dm", "Jo-1": true, "MDA5": "-"}'], "c.jsonl", DAY)
    assert row.patient is not None
    assert dict(row.patient.antibodies) == {"jo1": "positive", "mda5": "negative"}


@together(
    [
        ("FVC (%)", "65", "fvc", Amount(65, 65)),
        ("FVC %", "65 %", "fvc", Amount(65, 65)),
        ("CVF % théorique", "< 65,5", "fvc", Amount(None, 65.5, open_high=True)),
        ("DLCO (%)", "22", "dlco", Amount(22, 22)),
        ("DLCO", "22", "dlco", None),
        ("weight (lb)", "100", "weight", Amount(45.359237, 45.359237)),
        ("Hb g/L", "120", "haemoglobin", Amount(12, 12)),
        ("CK (xN)", "8", "ck_uln", Amount(8, 8)),
        ("MMT8 /150", "120", "mmt8", Amount(120, 120, 150)),
        ("MMT8/80", "75", "mmt8", Amount(75, 75, 80)),
        ("cancer (oui/non)", "non", "cancer", YesNo(False)),
        ("cancer ?", "1", "cancer", YesNo(True)),
        ("HIV", "0", "chronic_infection", Chosen((), ("hiv",))),
        ("HIV", "1", "chronic_infection", Chosen(("hiv",))),
        ("HIV", "2", "chronic_infection", None),
        ("cancer screening", "2026-03", "cancer_screening", When(date(2026, 3, 1), date(2026, 3, 31))),
        ("cancer screening", "fait", "cancer_screening", None),
    ]
)
def test_a_column_may_tell_the_unit_or_the_answers_of_its_cells(
    column: str, cell: str, id: str, value: FactValue | None
) -> None:
    (row,) = read_cohort([f"id;subtype;{column}\n", f"1;dm;{cell}\n"], "c.csv", DAY)
    assert (row.patient and row.patient.fact(id)) == value
    (same,) = read_cohort([json.dumps({"subtype": "dm", column: cell})], "c.jsonl", DAY)
    assert same.patient == row.patient


def test_a_column_in_another_unit_is_no_column() -> None:
    for column in ("FVC (L)", "DLCO (mmol/min/kPa)", "weight (stone-ish)"):
        with pytest.raises(InputError, match="is not a fact of a patient"):
            lines(f"id;subtype;{column}\na;dm;2\n")


ASKED = "asked"


@together(
    [
        ("rituximab", "no", "no rituximab"),
        ("rituximab", "never", "never rituximab"),
        ("rituximab", "until 2024-03", "rituximab until 2024-03"),
        ("rituximab", "NA", None),
        ("rituximab", "ND", None),
        ("rituximab", "unknown", None),
        ("rituximab", "2024-03", ASKED),  # the last time, or the beginning
        ("rituximab", "yes", ASKED),  # now, or before
        ("rituximab", "-", ASKED),
        ("date dernier rituximab", "2024-03", "rituximab until 2024-03"),
        ("rituximab (date dernière)", "2024-03", "rituximab until 2024-03"),
        ("MTX depuis", "2024", "methotrexate since 2024"),
        ("MTX start", "2024", "methotrexate since 2024"),
        ("date d'arrêt du MTX", "2024-05-01", "methotrexate until 2024-05-01"),
        ("MTX en cours", "oui", "methotrexate"),
        ("MTX en cours", "0", "no methotrexate"),
        ("current IVIG", "yes", "ivig"),
        ("previous rituximab", "1", "rituximab stopped"),
        ("rituximab antérieur", "non", "never rituximab"),
        ("previous rituximab", "2020", ASKED),
        ("MTX (mg/sem)", "15", "methotrexate"),
        ("MTX (mg/sem)", "0", "no methotrexate"),
        ("MTX", "MTX arrêté 2023", "methotrexate until 2023"),
        ("traitement en cours", "MTX", "methotrexate"),
        ("current treatments", "aucun", "no other"),
        ("traitements antérieurs", "MTX", "methotrexate stopped"),
        ("previous treatments", "MTX 2019-2021", "methotrexate since 2019 until 2021"),
        ("previous treatments", "aucun", ASKED),
        ("rituximab last dose", "never", "never rituximab"),
        ("rituximab last dose", "no", ASKED),
        ("prior JAK inhibitor", "tofacitinib", "tofacitinib stopped"),
        ("immunosuppressants", "MTX", "methotrexate"),
        ("immunosuppressants", "0", "no immunosuppressant"),
        ("immunosuppressants", "rituximab until 2024; MTX", ASKED),  # one of them is none
    ]
)
def test_a_column_may_be_about_one_drug_or_about_the_treatments_of_a_time(
    column: str, cell: str, read: str | None
) -> None:
    for row in (
        *read_cohort([f"id;subtype;{column}\n", f"1;dm;{cell}\n"], "c.csv", DAY),
        *read_cohort([json.dumps({"id": "1", "subtype": "dm", column: cell})], "c.jsonl", DAY),
    ):
        if read == ASKED:
            assert row.problem is not None
            continue
        assert row.patient is not None, row.problem
        assert [typed_treatment(one) for one in row.patient.treatments] == ([read] if read else [])


@pytest.mark.parametrize("cell", ["aucun", "Aucune", "none", "no", "non", "jamais"])
def test_no_earlier_treatment_at_all_is_told_what_to_write(cell: str) -> None:
    (row,) = lines(f"id;subtype;previous treatments\n1;dm;{cell}\n")
    assert row.problem is not None
    assert "never rituximab" in (row.problem.hint or "")


def test_columns_of_the_times_of_one_drug_are_one_treatment() -> None:
    """Begun and ended, begun and going on: one treatment. Going on and ended contradict each other."""
    heading = "id;subtype;MTX depuis;MTX arrêt;MTX en cours\n"
    rows = lines(heading + "1;dm;2020;2022;\n2;dm;2020;;oui\n3;dm;;2022;oui\n4;dm;2020;;\n5;dm;;;non\n")
    told = [[typed_treatment(one) for one in row.patient.treatments] if row.patient else None for row in rows]
    assert told == [
        ["methotrexate since 2020 until 2022"],
        ["methotrexate since 2020"],
        None,
        ["methotrexate since 2020"],
        ["no methotrexate"],
    ]
    (ended,) = lines("id;subtype;MTX arrêt;MTX\n1;dm;2024;non\n")
    assert ended.patient is not None
    assert [typed_treatment(one) for one in ended.patient.treatments] == ["methotrexate until 2024"]


@pytest.mark.parametrize("column", ["placebo", "mother on MTX", "MTX refused", "MTX failed", "MTX depuis ou jusqu'en"])
def test_a_column_that_says_more_of_a_drug_is_no_column(column: str) -> None:
    with pytest.raises(InputError, match="is not a fact of a patient"):
        lines(f"id;subtype;{column}\na;dm;yes\n")


@together(
    [
        ("age (years)", "45", (45, None)),
        ("âge (ans)", "45,0", (45, None)),
        ("age in months", "30", (2, 6)),
        ("âge (mois)", "30", (2, 6)),
        ("age, years", "45", (45, None)),
    ]
)
def test_a_column_of_ages_may_name_its_unit(column: str, cell: str, age: tuple[int, int | None]) -> None:
    (row,) = lines(f"id;subtype;{column}\na;dm;{cell}\n")
    assert row.age == age


@together(
    [
        ("year of birth", "1962", "birth"), ("année de naissance", "1962", "birth"), ("DDN", "25/12/1962", "birth"), ("date of birth", "1962-12-25", "birth"),
        ("date of onset", "2019", "onset"), ("date début symptômes", "2019", "onset"), ("age at onset", "12", "onset"), ("âge au début", "12.0", "onset"),
    ]
)  # fmt: skip
def test_usual_headings_of_birth_and_onset(column: str, cell: str, field: str) -> None:
    (row,) = lines(f"id;subtype;{column}\na;dm;{cell}\n")
    assert row.patient is not None, row.problem
    if field == "birth":
        assert row.patient.birth is not None
        assert row.patient.birth.latest.year == 1962
    else:
        onset = (
            Onset(youngest_months=144, oldest_months=155)
            if "g" in column[:2]
            else Onset(date(2019, 1, 1), date(2019, 12, 31))
        )
        assert row.patient.onset == onset


@together(
    [
        ("id|subtype|age\n1|dm|45\n", 45), ("sep=;\nid;subtype;age\n1;dm;45\n", 45), ('"sep=,"\nid,subtype,age\n1,dm,45\n', 45),
        ("id;subtype;CVF, % théo;age\n1;dm;65;45\n", 45), ("id,subtype,age,\n1,dm,45,\n", 45), ("id,subtype,age\n1,dm,45,,\n", 45),
        ("id,subtype,age,\n1,dm,45,x\n", None), ("id,subtype,age\n1,dm,45,x\n", None),
    ]
)  # fmt: skip
def test_tables_as_they_are_exported(text: str, years: int | None) -> None:
    """Any usual separator, the line by which spreadsheets tell it, columns and cells that are empty; what stands in a column without a name is refused."""
    (row,) = lines(text)
    assert (row.age[0] if row.age else None) == years
    assert (row.problem is None) == (years is not None)


@pytest.mark.parametrize("cell", ["ND", "n.d.", "NR", "NC", "missing", "manquant", "non disponible", "not available"])
def test_what_was_not_recorded_is_an_empty_cell(cell: str) -> None:
    """Of a biopsy it may be one that was not done, and is refused; of an antibody it is one that was not tested."""
    (row,) = lines(f"id;subtype;age;fvc;diagnosed;cancer;dysphagia;sex\na;dm;{';'.join([cell] * 6)}\n")
    assert row.problem is None
    assert row.patient is not None
    assert row.patient.facts == ()
    (biopsy,) = lines(f"id;subtype;muscle biopsy\na;dm;{cell}\n")
    assert biopsy.problem is not None


@pytest.mark.parametrize("cell", ["NF", "non fait", "not done", "non réalisée", "impossible", "not measurable"])
def test_a_number_that_was_not_measured_is_an_empty_cell(cell: str) -> None:
    (row,) = lines(f"id;subtype;dlco\na;dm;{cell}\n")
    assert row.patient is not None
    assert row.patient.facts == ()
    (asked,) = lines(f"id;subtype;cancer\na;dm;{cell}\n")
    assert asked.problem is not None


@together(
    [
        ("history of cancer", "yes", YesNo(True, True)),
        ("ATCD cancer", "non", YesNo(False)),
        ("Cancer history", "2015", YesNo(True, True, date(2015, 1, 1), date(2015, 12, 31))),
        ("cancer actif", "oui", YesNo(True)),
        ("current cancer", "no", YesNo(False, False, DAY, DAY)),
    ]
)
def test_a_heading_may_say_of_when_a_fact_is(column: str, cell: str, value: FactValue) -> None:
    (row,) = lines(f"id;subtype;{column}\na;dm;{cell}\n")
    assert row.patient is not None, row.problem
    assert row.patient.fact("cancer") == value


@pytest.mark.parametrize(
    "column", ["no cancer", "absence de cancer", "cancer ou PID", "cancer mère", "ILD date", "âge à l'inclusion"]
)
def test_a_heading_that_says_more_is_no_column(column: str) -> None:
    with pytest.raises(InputError, match="is not a fact of a patient"):
        lines(f"id;subtype;{column}\na;dm;yes\n")


@together([("sexe (H/F)", "H", "male"), ("sex (M/F)", "F", "female"), ("Sexe [F/H]", "femme", "female")])
def test_a_heading_may_name_the_letters_of_the_sex(column: str, cell: str, sex: str) -> None:
    (row,) = lines(f"id;subtype;{column}\na;dm;{cell}\n")
    assert row.patient is not None, row.problem
    assert row.patient.sex == sex


def test_what_is_not_known_of_an_age_at_onset_is_an_empty_cell() -> None:
    for cell in ("", "ND", "inconnu", "-", "NA"):
        (row,) = lines(f"id;subtype;age at onset;age (months)\na;dm;{cell};{cell}\n")
        assert row.patient is not None, row.problem
        assert row.patient.onset is None
        assert row.patient.birth is None


def test_a_dash_is_empty_where_no_answer_can_be_one() -> None:
    (row,) = lines("id;subtype;age;fvc;diagnosed\na;dm;-;–;-\n")
    assert row.patient is not None
    assert row.patient.facts == ()
    (asked,) = lines("id;subtype;cancer\na;dm;-\n")
    assert asked.problem is not None


def test_what_a_heading_says_beside_the_name_of_a_fact_is_told() -> None:
    for column, rest in (("CK (UI/L)", "UI/L"), ("sexe (1=H 2=F)", "1=H 2=F")):
        with pytest.raises(InputError) as refused:
            lines(f"id;subtype;{column}\na;dm;2\n")
        assert f"`{rest}` is not understood" in refused.value.hint
    for column in ("N°", "n° patient"):
        with pytest.raises(InputError) as refused:
            lines(f"{column};subtype\na;dm\n")
        assert "--id-column" in refused.value.hint


def test_columns_and_their_facts() -> None:
    (row,) = lines(
        "id,subtype,age,autoantibodies,country,sex,onset,ild,refractory\n"
        'a,dm;asys,45,"Jo-1 +; SRP neg",FR;BE,f,2024-03,yes,0\n'
    )
    assert (row.line, row.id, row.problem) == (2, "a", None)
    assert row.patient is not None
    assert row.patient.subtypes == ("dm", "asys")
    assert row.patient.antibodies == (("jo1", "positive"), ("srp", "negative"))
    assert row.patient.countries == ("FR", "BE")
    assert (row.patient.sex, row.patient.ild, row.patient.refractory) == ("female", True, False)


def test_json_lines_take_lists_mappings_numbers_and_truth_values() -> None:
    (row,) = lines(
        json.dumps(
            {
                "id": 7,
                "subtypes": ["dm"],
                "age": 45,
                "autoantibodies": {"jo1": "positive"},
                "country": "FR",
                "ild": True,
            }
        )
    )
    assert row.id == "7"
    assert (
        row.patient == understand(Typed(("dm",), "45", None, ("jo1=positive",), ("FR",), None, None, True), DAY).patient
    )


@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_separators_of_spreadsheets(mark: str) -> None:
    (row,) = lines(mark.join(["id", "subtype", "age"]) + "\n" + mark.join(["a", "dm", "45"]) + "\n")
    assert row.patient is not None
    assert row.patient.subtypes == ("dm",)


def test_a_bad_row_is_told_with_its_line_and_the_others_are_answered() -> None:
    text = 'id,subtype,country\na,dm,FR\nb,nonsense,FR\n\n"c",pm,"FR\n"\nd,dm,FR,more\ne,,\nf,pm,FR\n'
    found = lines(text)
    assert [(row.line, row.id, row.patient is not None) for row in found] == [
        (2, "a", True), (3, "b", False), (6, "c", True), (7, "d", False), (8, "e", False), (9, "f", True),
    ]  # fmt: skip
    assert "`nonsense` is not a known subtype" in str(found[1].problem)
    assert "4 cells under 3 columns" in str(found[3].problem)
    assert "nothing is known" in str(found[4].problem)


@pytest.mark.parametrize(
    ("head", "said"),
    [
        ("id,subtype,nom", "`nom` identifies a person"),
        ("id,subtype,patient_id", "`patient_id` identifies a person"),
        ("id,subtype,shoe_size", "`shoe_size` is not a fact of a patient"),
        ("id,subtype,diagnosis", "says again"),
    ],
)
def test_columns_that_are_refused(head: str, said: str) -> None:
    with pytest.raises(InputError, match=said):
        lines(head + "\na,dm,x\n")


def test_the_value_of_an_identifier_is_never_repeated() -> None:
    with pytest.raises(InputError) as caught:
        lines('{"id": "a", "name": "Jeanne Martin", "subtype": "dm"}\n')
    assert "Jeanne" not in caught.value.message + caught.value.hint
    assert ":1" in caught.value.message


def test_the_id_column_is_the_users_choice_unless_it_names_people() -> None:
    assert lines("case_id,subtype\nx9,dm\n", "case_id")[0].id == "x9"
    assert lines("subtype\ndm\n")[0].id == "1"
    for name in ("nom", "IPP", "n_secu"):
        with pytest.raises(InputError, match="identifies a person"):
            lines(f"{name},subtype\nx,dm\n", name)
    with pytest.raises(InputError, match="there is no column `key`"):
        lines("id,subtype\nx,dm\n", "key")


@pytest.mark.parametrize(
    "text",
    ['{"id": 1\n', "[1]\n", '{"id": 1, "subtype": 3.5}\n', '{"id": 1, "ck": 3}\n', '{"id": 1, "age": {"days": 3}}\n'],
)
def test_rows_of_json_that_cannot_be_read(text: str) -> None:
    found = lines('{"id": 0, "subtype": "dm"}\n' + text + '{"id": 2, "subtype": "dm"}\n')
    assert [row.patient is not None for row in found] == [True, False, True]


def test_an_empty_file_says_what_columns_there_are() -> None:
    with pytest.raises(InputError, match="no patient"):
        lines("\n")


@pytest.mark.parametrize("encoding", ["cp1252", "mac-roman", "utf-16", "utf-16-le", "utf-32"])
@pytest.mark.parametrize("lang", ["en", "fr"])
def test_a_table_in_another_encoding_says_so(encoding: str, lang: Lang) -> None:
    """As a spreadsheet saves it, unless it is told otherwise."""
    text = "n°;diagnostic;âge\n1;dm;45\n".encode(encoding).decode("utf-8", "surrogateescape")
    with pytest.raises(InputError) as refused:
        list(read_cohort(io.StringIO(text, newline=""), "a.csv", DAY, lang=lang))
    assert "UTF-8" in refused.value.message
    assert "CSV UTF-8" in (refused.value.hint or "")


def test_broken_bytes_are_the_rows_problem() -> None:
    found = lines("id,subtype\na,d\udce9m\nb,dm\n")
    assert [row.patient is not None for row in found] == [False, True]


def test_a_cell_has_a_size() -> None:
    found = lines("id,subtype\na," + "x" * (MOST_TEXT + 1) + "\n")
    assert "at most" in str(found[0].problem)


def test_the_day_counts() -> None:
    registry = (worlds_trial(),)
    table = sets.build(registry)
    patient = understand(Typed(birth_date="2008-11-21"), DAY).patient
    assert Judge(table, DAY).verdicts(patient).excluded == 1
    assert Judge(table, date(2026, 11, 21)).verdicts(patient).match == 1


def worlds_trial() -> Trial:
    from myofind.domain.rules import AgeRule, Span
    from myofind.domain.trial import Eligibility

    return Trial("NCT00000001", "interventional", eligibility=Eligibility(age=AgeRule(Span(18, "years"))))


def test_numbers_beside_a_patient_are_whole_or_counted() -> None:
    from myofind.report.cohort import NOBODY, CohortRow
    from myofind.report.values import VerdictCounts
    from myofind.writers.cohort import _named

    open_first = tuple(f"NCT0000000{digit}" for digit in range(1, 6))
    row = CohortRow("a", NOBODY, (), (), (), VerdictCounts(5, 0, 0), open_first, (), open_first, open_first)
    assert _named(row) == "NCT00000001 NCT00000002 NCT00000003 +2"
    assert _named(row, 34) == "NCT00000001 NCT00000002 +3"
    assert _named(row, 14) == "NCT00000001 +4"
    assert _named(row, 5) == "+5"


def test_an_id_given_twice_is_told_with_the_line_of_the_first() -> None:
    rows = [*read_cohort(["id,subtype\n", "a,dm\n", "b,zorglub\n", "a,pm\n", "b,ibm\n", "c,dm\n"], "c.csv", DAY)]
    assert [row.notes for row in rows] == [
        (),
        (),
        ("the id `a` stands on line 2 too",),
        ("the id `b` stands on line 3 too",),
        (),
    ]
    assert [row.notes for row in read_cohort(["subtype\n", "dm\n", "dm\n"], "c.csv", DAY)] == [(), ()]


@together(
    (column, cell)
    for column in ["ild", "pid", "refractory", "cancer", "pregnancy"]
    for cell in ["?", "unknown", "inconnu", "possible", "peut-être", "suspected"]
)
def test_a_cell_that_doubts_leaves_the_fact_in_doubt(column: str, cell: str) -> None:
    (row,) = read_cohort([f"id,subtype,{column}\n", f"1,dm,{cell}\n"], "c.csv", DAY)
    assert row.patient is not None
    assert [value for _, value in row.patient.facts] == [InDoubt()]
    (same,) = read_cohort([json.dumps({"subtype": "dm", column: cell})], "c.jsonl", DAY)
    assert same.patient == row.patient
    assert understand(read_profile(f"subtype: dm\n{column}: '{cell}'\n".encode(), "p.yaml"), DAY).patient == row.patient


DOUBTFUL = "id,subtype,antibodies,cancer\na,IMNM post-statine anti-HMGCR nég,,\nb,dm,tif1g=+,?\n"


def test_every_form_of_a_cohort_says_what_puts_a_row_in_doubt(tmp_path: Path) -> None:
    (tmp_path / "c.csv").write_text(DOUBTFUL, "utf-8")
    for form in ("table", "json", "csv", "markdown", "html"):
        ran = myofind("match", "--cohort", str(tmp_path / "c.csv"), "--on", DAY.isoformat(), "-f", form)
        told = unescape(f"{ran.out}{ran.err}")
        assert "anti-HMGCR is given as negative: which of the two holds?" in told, form
        assert "nothing is presumed of cancer" in told, form


def test_the_matrix_holds_verdicts_alone(tmp_path: Path) -> None:
    (tmp_path / "c.csv").write_text(DOUBTFUL, "utf-8")
    ran = myofind("match", "--cohort", str(tmp_path / "c.csv"), "--on", DAY.isoformat(), "-f", "csv")
    rows = list(csv.DictReader(ran.out.splitlines()))
    assert len(rows) == 2
    assert all({*list(row.values())[1:]} <= {"match", "possible", "excluded"} for row in rows)


@pytest.mark.parametrize("empty", ["N/A", "#N/A", "nan", "NaN", "NULL", "<NA>", "."])
def test_what_a_table_writes_into_an_empty_cell_is_an_empty_cell(empty: str) -> None:
    lines = ["id,subtype,age,sex,country,onset,antibodies,cancer\n", f"1,dm,{','.join([empty] * 6)}\n"]
    (row,) = read_cohort(lines, "c.csv", DAY)
    assert row.patient == understand(Typed(("dm",)), DAY).patient


@pytest.mark.parametrize("unknown", ["unknown", "inconnu", "inconnue", "unbekannt", "non renseigné", "-", "?", "None"])
def test_what_is_not_known_of_a_person_is_an_empty_cell(unknown: str) -> None:
    lines = ["id,subtype,age,sex,country,onset,cancer\n", f"1,{','.join([unknown] * 5)},no\n"]
    (row,) = read_cohort(lines, "c.csv", DAY)
    assert row.patient == understand(Typed(facts=("no cancer",)), DAY).patient


@pytest.mark.parametrize("sign", ["-", "?", "None", "0"])
def test_a_sign_in_a_cell_of_antibodies_is_no_empty_cell(sign: str) -> None:
    (row,) = read_cohort(["id,subtype,antibodies\n", f"1,dm,{sign}\n"], "c.csv", DAY)
    assert row.patient is None or not row.patient.antibodies
    assert row.problem or row.notes


@pytest.mark.parametrize(
    ("age", "onset"), [("45.0", "2020.0"), ("45,0", "2020"), ("45", "2020-01-01 00:00:00"), ("45", "01/01/2020 00:00")]
)
def test_numbers_and_days_as_spreadsheets_write_them(age: str, onset: str) -> None:
    (row,) = read_cohort(["id;subtype;age;onset\n", f"1;dm;{age};{onset}\n"], "c.csv", DAY)
    whole = understand(
        Typed(("dm",), age="45", onset="2020" if onset[:4] == "2020" and len(onset) < 8 else "2020-01-01"), DAY
    )
    assert row.patient == whole.patient


@pytest.mark.parametrize("age", ["45.5", "45,05", "450.0"])
def test_a_part_of_a_year_is_no_whole_number(age: str) -> None:
    (row,) = read_cohort(["id;subtype;age\n", f"1;dm;{age}\n"], "c.csv", DAY)
    assert row.problem is not None


PATIENTS = [{"id": "p1", "subtype": "dm", "age": 45}, {"id": "p2", "subtype": "pm", "facts": {"cancer": False}}]


@pytest.mark.parametrize("lang", ["en", "fr"])
@pytest.mark.parametrize(
    ("document", "found"),
    [
        (json.dumps(PATIENTS), "array"), (json.dumps(PATIENTS, indent=1), "array"), ("\n\n  [\n]", "array"), ("[", "array"),
        (json.dumps(PATIENTS[0], indent=2), "object"), ("\n".join(json.dumps(one, indent=2) for one in PATIENTS), "object"),
        ('{"id": "p1",\n "subtype": "dm"}', "object"), ('{"id":\n"p1"}', "object"), ('\ufeff{\n"id": "p1"}', "object"),
    ],
)  # fmt: skip
def test_a_document_that_is_not_one_object_a_line_is_refused_once(document: str, found: str, lang: str) -> None:
    for form in ("table", "json", "csv"):
        done = myofind("match", "--cohort", "-", "-f", form, "--lang", lang, stdin=document)
        assert (done.code, done.out) == (2, "")
        names = {"en": {"array": "a JSON array", "object": "a JSON object over several lines"},
                 "fr": {"array": "un tableau JSON", "object": "un objet JSON sur plusieurs lignes"}}  # fmt: skip
        assert done.err.count("JSON") >= 2
        assert names[lang][found] in done.err
        assert "jq -c" in done.err


@pytest.mark.parametrize("cut", ['{"id": "p1", "subtype": "dm"', '{"id": "p1", "subtype": "d'])
def test_one_line_that_is_cut_short_costs_one_row(cut: str) -> None:
    done = myofind("match", "--cohort", "-", "-f", "json", stdin=f'{cut}\n{{"id": "p2", "subtype": "pm"}}\n')
    assert done.code == 0
    assert [json.loads(line)["id"] for line in done.out.splitlines()] == ["1", "p2"]


def test_a_row_that_is_skipped_says_what_to_type(tmp_path: Path) -> None:
    table = tmp_path / "c.csv"
    table.write_text("id,subtype,age\n1,dm,45\n2,rituximab,45\n", "utf-8")
    done = myofind("match", "--cohort", str(table))
    assert "c.csv:3: `rituximab` is not a known subtype" in done.err
    assert "-T rituximab" in done.err


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_rows_say_what_was_read_and_what_cannot_wait_as_the_answer_of_one_patient_does(lang: str) -> None:
    table = "id,subtype,age,ild,autoantibodies,country\na,dm,45,yes,mda5 +,FR\nb,ibm,70,,,FR\n"
    shared = ("--on", DAY.isoformat(), "--lang", lang)
    whole = myofind("match", "--cohort", "-", "-f", "json", *shared, stdin=table).out
    told = [json.loads(line) for line in whole.splitlines()]
    people = (("-s", "dm", "-a", "45", "--ild", "-A", "mda5 +", "-c", "FR"), ("-s", "ibm", "-a", "70", "-c", "FR"))
    for row, facts in zip(told, people, strict=True):
        alone = json.loads(myofind("match", *facts, "-f", "json", *shared).out)
        assert row["read"] == alone["read"]
        assert row.get("safety", []) == alone["safety"]
    emergency = told[0]["safety"][0]
    for form in ("table", "markdown", "html"):
        text = unescape(myofind("match", "--cohort", "-", "-f", form, *shared, stdin=table).out)
        assert " ".join(text.split()).count(" ".join(emergency.split())) == 1, form


EIGHTEEN = SpanRule(min=Span(18, "years"))
CLOSE: dict[str, Eligibility] = {
    "age": Eligibility(age=AgeRule(Span(18, "years"))),
    "age at onset": Eligibility(facts=(("onset", DayRule(age=EIGHTEEN)),)),
    "age at diagnosis": Eligibility(facts=(("diagnosed_on", DayRule(age=EIGHTEEN)),)),
    "one of two, by age": Eligibility(any_of=(Eligibility(age=AgeRule(Span(18, "years"))), Eligibility(facts=(("cancer", "required"),)))),
    "antibodies": Eligibility(autoantibodies=AntibodyRule(("jo1",), (), ("srp",))),
    "one of two, by antibody": Eligibility(any_of=(Eligibility(autoantibodies=AntibodyRule(("jo1",))), Eligibility(facts=(("cancer", "required"),)))),
}  # fmt: skip


@together([("cancer",), ("severe_muscle_damage",)])
def test_patients_who_differ_in_the_day_of_onset_alone_are_judged_apart(fact: str) -> None:
    """That a cancer, or a lasting weakness, is presumed absent depends on how long the disease has lasted."""
    own = Eligibility(facts=((fact, "excluded"),))
    table = sets.build((Trial("NCT00000001", "interventional", eligibility=own),))
    days = [add_age(DAY, -years, "years") + timedelta(days=off) for years in (0, 2, 3, 5, 6) for off in (-1, 0, 1)]
    born = Birth(date(1970, 1, 1), date(1970, 1, 1))
    people = [Patient(("dm",), born, onset=Onset(day, day) if day else None) for day in (None, *sorted(days)[:-1])]
    told = {sets.verdicts(table, patient, DAY) for patient in people}
    assert len(told) == 2
    for order in (people, people[::-1], random.Random(fact).sample(people, len(people))):
        judge = Judge(table, DAY)
        for patient in order:
            assert judge.verdicts(patient) == sets.verdicts(table, patient, DAY)


@pytest.mark.parametrize("name", CLOSE)
def test_patients_who_differ_in_a_day_or_a_result_are_judged_apart(name: str) -> None:
    """Whatever is kept of the patient before: births around a bound, days of onset and diagnosis, results of antibodies."""
    table = sets.build((Trial("NCT00000001", "interventional", eligibility=CLOSE[name]),))
    births = [
        Birth(day, day)
        for day in (DAY.replace(year=DAY.year - 18) + timedelta(days=off) for off in (-400, -1, 0, 1, 200))
    ]
    results: list[tuple[tuple[str, Result], ...]] = [
        (),
        (("jo1", "positive"),),
        (("jo1", "negative"),),
        (("jo1", "positive"), ("srp", "positive")),
        (("pl7", "positive"),),
    ]
    days = [DAY - timedelta(days=off) for off in (0, 1, 500)]
    people = [
        Patient(("dm",), birth, antibodies, onset=Onset(day, day)).with_fact("diagnosed_on", When(day, day)).with_fact("cancer", YesNo(False))
        for birth in births for antibodies in results for day in days
    ]  # fmt: skip
    for order in (people, people[::-1], random.Random(name).sample(people, len(people))):
        judge = Judge(table, DAY)
        for patient in order:
            assert judge.verdicts(patient)[:3] == sets.verdicts(table, patient, DAY)[:3]
