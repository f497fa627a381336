"""`match` says what to do next: through real processes, on a small registry."""

import csv
import io
import json
import re
import shlex
from pathlib import Path
from typing import Any

import pytest

from tests.run import Ran, myofind
from tests.terminals import on_terminal
from tests.test_french import english

ON = ("--on", "2026-06-01")
DM = ("match", "-s", "dm", "-c", "FR", *ON)


def ran(*arguments: str, registry: Path, **more: Any) -> Ran:
    found = myofind(*arguments, "--registry", str(registry), **more)
    assert found.code == 0, found.err
    return found


def answer(*arguments: str, registry: Path) -> Any:
    return json.loads(ran(*arguments, "-f", "json", registry=registry).out)


def test_next_questions_in_json_are_ranked_and_name_their_trials(registry: Path) -> None:
    (age, *_) = answer(*DM, registry=registry)["next_questions"]
    assert age["fact"] == "age"
    assert age["question"] == "age: settles 1 of 2"
    assert (age["settles"], age["of"], age["trials"]) == (1, 2, ["NCT00000001"])
    assert [(one["from"], one["to"]) for one in age["values"]] == [
        ("1901-06-01", "1950-06-01"), ("1950-06-02", "2008-06-01"), ("2008-06-02", "2026-06-01"),
    ]  # fmt: skip
    assert [len(one["match"]) for one in age["values"]] == [1, 2, 0]  # an adult's disease began in adulthood


def test_an_antibody_is_a_question_with_its_two_answers(registry: Path) -> None:
    found = answer("match", "-s", "imnm", "-a", "45", "-c", "US", "--refractory", *ON, registry=registry)
    (question,) = [one for one in found["next_questions"] if one["fact"] == "autoantibodies.hmgcr"]
    assert question["question"] == "anti-HMGCR: settles 1 of 2"
    assert question["values"] == [
        {"value": "positive", "match": ["NCT00000002"], "excluded": []},
        {"value": "negative", "match": [], "excluded": ["NCT00000002"]},
    ]


def test_the_foot_says_what_to_type(registry: Path) -> None:
    out = ran(*DM, registry=registry, env={"COLUMNS": "80"}).out
    assert "Ask next (of the 2 possible trials open now)" in out
    assert "settles 1 of 2  -a 45" in out
    assert max(len(line) for line in out.splitlines()) <= 80


def test_nothing_is_asked_when_all_is_settled(registry: Path) -> None:
    assert "Next:" not in ran(*DM, "-a", "45", registry=registry).out


@pytest.mark.parametrize("who", ["-s dm -a 50 -c FR", "-s imnm -c DE --refractory", "-s ibm -a 71"])
def test_what_the_registry_does_not_say_is_on_the_screen(who: str) -> None:
    asked = ["match", *who.split(), "--studies", "--on", "2026-08-22"]
    shown = myofind(*asked).out
    of_all = re.search(r"Not\s+recorded: [^.]*\.", shown)
    assert of_all
    blocks = re.split(r"\n(?=match\?? |possible )", shown)
    silent = 0
    for row in json.loads(myofind(*asked, "-f", "json").out)["trials"]:
        unsaid = {one["name"] for one in row["criteria"] if one["outcome"] == "not_recorded"}
        words = [word for name, word in SCREEN_WORDS.items() if name in unsaid]
        block = next((one.partition("\n\n")[0] for one in blocks if row["id"] in one), None)
        if block and words:
            silent += 1
            assert all(word in block or word in of_all[0] for word in words), (words, block, of_all[0])
    assert silent > 4


SCREEN_WORDS = {"subtype": "subtypes", "age": "age", "autoantibodies": "autoantibodies"}
"""Countries apart: without any, no trial stands among those of a country."""


def test_near_misses_by_what_can_be_done(registry: Path) -> None:
    found = answer("match", "-s", "dm", "-b", "2009-03-12", "-c", "FR", *ON, registry=registry)
    near = {one["id"]: one for one in found["near_misses"]}
    assert (near["NCT00000001"]["criterion"], near["NCT00000001"]["remedy"]) == ("age", "wait")
    assert "NCT00000003" not in near  # an extension: nobody is offered what nobody can enter
    country = answer("match", "-s", "dm", "-a", "45", "-c", "US", *ON, registry=registry)["near_misses"]
    told = {one["id"]: (one["remedy"], one["countries"]) for one in country}
    assert told == {"NCT00000001": ("country", ["FR", "DE"]), "NCT00000002": ("never", [])}


def test_why_not_is_the_trial_in_full(registry: Path) -> None:
    out = ran(*DM, "-a", "80", "--why-not", "alpha", registry=registry).out
    assert "excluded  age not met" in out
    for piece in ("18 to 75", "not met", "[1]  register, page 1", "recorded end: 2027-06"):
        assert piece in out
    (trial,) = answer(*DM, "-a", "80", "--why-not", "NCT00000001", registry=registry)["trials"]
    assert (trial["verdict"], trial["remedy"]) == ("excluded", "never")
    age = next(one for one in trial["criteria"] if one["name"] == "age")
    assert (age["required"], age["found"], age["outcome"]) == ("18 to 75", "80", "not_met")
    assert age["source"] == [{"ref": "register", "title": "A register", "at": "page 1", "date": None}]


def test_why_not_of_no_trial_is_wrong_usage(registry: Path) -> None:
    found = myofind(*DM, "--why-not", "nothing", "--registry", str(registry))
    assert found.code == 2
    assert "no trial" in found.err


def test_explain_adds_the_source_of_every_rule(registry: Path) -> None:
    trials = answer(*DM, "--explain", registry=registry)["trials"]
    for trial in trials:
        for one in trial["criteria"]:
            assert (one["source"] is None) == (one["outcome"] == "not_recorded")
    assert "source" not in answer(*DM, registry=registry)["trials"][0]["criteria"][0]


def test_age_windows_with_a_birth_date_only(registry: Path) -> None:
    (trial, *_) = answer("match", "-s", "dm", "-b", "1950-07-12", "-c", "FR", *ON, registry=registry)["trials"]
    assert trial["age_window"] == {"opens": "1968-07-12", "closes": "2026-07-12", "closes_in_days": 41}
    assert (
        "age: closes in 41 days (2026-07-12)"
        in ran("match", "-s", "dm", "-b", "1950-07-12", *ON, registry=registry).out
    )
    assert "age_window" not in answer(*DM, "-a", "45", registry=registry)["trials"][0]


def test_a_child_moves_to_adult_trials(registry: Path) -> None:
    found = answer("match", "-s", "imnm", "-b", "2009-03-12", *ON, registry=registry)
    assert found["turns_18"]["on"] == "2027-03-12"
    assert "Turns 18 on 2027-03-12" in ran("match", "-s", "imnm", "-b", "2009-03-12", *ON, registry=registry).out
    assert "turns_18" not in answer(*DM, "-a", "45", registry=registry)


def test_what_if_tells_what_flips_and_why(registry: Path) -> None:
    found = answer(*DM, "-a", "45", "--what-if", "age=80", registry=registry)
    (flip,) = found["what_if"]["flips"]
    assert (flip["id"], flip["before"], flip["after"]) == ("NCT00000001", "match", "excluded")
    assert [one["name"] for one in flip["why"]] == ["age"]
    out = ran(*DM, "-a", "45", "--what-if", "age=80", registry=registry).out
    assert "What if age=80: 1 verdict changes" in out
    assert "match 2 → 1; possible 0 → 0; excluded 2 → 3." in out


def test_another_subtype_is_kept_apart(registry: Path) -> None:
    found = answer("match", "-s", "pm", "-a", "45", "-c", "US", "--also-as", "imnm", *ON, registry=registry)
    other = {one["subtype"]: one for one in found["also_as"]}
    assert set(other) == {"imnm", "asys"}
    assert other["asys"]["by_itself"]
    assert other["imnm"]["opens"] == {"match": [], "possible": ["NCT00000002"]}
    assert found["profile"]["subtypes"] == ["pm"]
    assert "NCT00000002" not in [one["id"] for one in found["trials"]]


@pytest.mark.parametrize(
    ("slip", "note"),
    [
        (("--what-if", "subtype=polymyosits"), "read `polymyosits` as polymyositis"),
        (("--also-as", "polymyosits"), "read `polymyosits` as polymyositis"),
    ],
)
def test_a_slip_is_said_aloud_wherever_a_name_is_typed(slip: tuple[str, str], note: str, registry: Path) -> None:
    asked = (*DM, "-a", "45", *slip)
    assert note in answer(*asked, registry=registry)["notes"]
    for form in ("table", "csv", "markdown"):
        assert note in ran(*asked, "-f", form, registry=registry).err.splitlines()
    exact = myofind(*asked, "--exact", "--registry", str(registry))
    assert exact.code == 2
    assert f"{slip[0]}: `" in exact.err
    assert "is not a known subtype" in exact.err


def test_another_subtype_is_named_without_antibodies(registry: Path) -> None:
    found = myofind(*DM, "--also-as", "anti-Jo1 polymyositis", "--registry", str(registry))
    assert found.code == 2
    assert "--also-as takes subtypes" in found.err


def test_when_nothing_fits_the_commands_offered_run_and_find_more(registry: Path) -> None:
    found = answer("match", "-s", "dm", "-a", "80", "-c", "US", "-A", "Ro52 +, SRP neg", *ON, registry=registry)
    assert [(one["step"], one["left"]) for one in found["funnel"]] == [
        ("registry", 4), ("recruitment", 3), ("subtype", 2), ("age", 1), ("country", 0),
    ]  # fmt: skip
    assert found["relaxed"] == []
    near = answer("match", "-s", "dm", "-a", "45", "-c", "US", "-A", "Ro52 +, SRP neg", *ON, registry=registry)
    assert near["relaxed"]
    for one in near["relaxed"]:
        words = shlex.split(one["command"])
        assert words[:2] == ["myofind", "match"]
        again = answer(*words[1:], *ON, registry=registry)
        before = {trial["id"] for trial in near["trials"]}
        assert len({trial["id"] for trial in again["trials"]} - before) == one["gain"], one


def test_a_birth_date_is_never_printed_back(registry: Path) -> None:
    for form in ("table", "json", "csv", "markdown"):
        found = ran("match", "-s", "dm", "-b", "1971-03-12", "-c", "US", "-f", form, *ON, registry=registry)
        assert "1971-03-12" not in found.out + found.err


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_the_ordering_rule_on_request(lang: str, registry: Path) -> None:
    out = ran("match", "--explain-order", "--lang", lang, registry=registry).out
    assert out.index("verdict") < out.index("recru") < out.index("phase")


def test_csv_is_one_table_whose_rows_name_their_part(registry: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(ran(*DM, "-f", "csv", "--all", registry=registry).out)))
    trials = [row for row in rows if row["section"] == "trials"]
    assert sorted(row["id"] for row in trials) == ["NCT00000001", "NCT00000002", "NCT00000003", "myo-registry"]
    assert {row["section"] for row in rows} == {"trials", "next_questions"}
    (question, *_) = [row for row in rows if row["section"] == "next_questions"]
    assert (question["fact"], question["settles"], question["of"]) == ("age", "1", "2")


def test_markdown_has_tables_and_linked_numbers(registry: Path) -> None:
    out = ran(*DM, "-f", "markdown", registry=registry).out
    assert "## Trials" in out
    assert "[NCT00000001](https://clinicaltrials.gov/study/NCT00000001)" in out
    for line in out.splitlines():
        if line.startswith("|"):
            assert line.endswith("|")


@pytest.mark.parametrize("command", [("list",), ("search", "alphamab"), ("show", "ALPHA")])
@pytest.mark.parametrize("form", ["csv", "markdown"])
def test_every_command_that_lists_has_both_forms(command: tuple[str, ...], form: str, registry: Path) -> None:
    out = ran(*command, "-f", form, *ON, registry=registry).out
    assert "NCT00000001" in out
    if form == "csv":
        assert len({len(row) for row in csv.reader(io.StringIO(out))}) == 1


def test_a_cell_of_a_spreadsheet_never_starts_a_formula() -> None:
    from myofind.writers.as_csv import cell

    assert [cell(text) for text in ("=1+1", "+33", "@x", "-x", "-5", "a\x1b[1m\nb")] == [
        "'=1+1", "'+33", "'@x", "'-x", "-5", "a [1m b",
    ]  # fmt: skip


COHORT = "id,subtype,age,country\na,dm,45,FR\nb,nonsense,45,FR\nc,imnm,45,US\n"


def test_a_cohort_in_json_lines(registry: Path) -> None:
    found = ran("match", "--cohort", "-", "-f", "json", *ON, registry=registry, stdin=COHORT)
    first, bad, last = (json.loads(line) for line in found.out.splitlines())
    assert (first["id"], first["match"], first["possible"], first["excluded"]) == (
        "a",
        ["NCT00000001", "myo-registry"],
        [],
        2,
    )
    assert first["evaluated_on"] == "2026-06-01"
    assert (bad["id"], bad["line"]) == ("b", 3)
    assert last["possible"] == ["NCT00000002", "myo-registry"]
    assert "standard input:3: `nonsense` is not a known subtype" in found.err
    assert "2 patients answered, 1 row skipped" in found.err


def test_a_cohort_as_a_matrix(registry: Path) -> None:
    rows = list(
        csv.reader(io.StringIO(ran("match", "--cohort", "-", "-f", "csv", *ON, registry=registry, stdin=COHORT).out))
    )
    assert rows[0] == ["id", "NCT00000001", "NCT00000002", "NCT00000003", "myo-registry"]
    assert rows[1] == ["a", "match", "excluded", "excluded", "match"]
    assert rows[2] == ["c", "excluded", "possible", "excluded", "possible"]


@pytest.mark.parametrize("form", ["table", "markdown"])
def test_a_cohort_as_a_table(form: str, registry: Path) -> None:
    out = ran("match", "--cohort", "-", "-f", form, *ON, registry=registry, stdin=COHORT).out
    assert "NCT00000001" in out


def test_fail_fast_stops_at_the_first_bad_row(registry: Path) -> None:
    found = myofind("match", "--cohort", "-", "--fail-fast", "--registry", str(registry), stdin=COHORT)
    assert found.code == 2
    assert ":3: `nonsense`" in found.err


@pytest.mark.parametrize("form", ["table", "csv", "markdown"])
def test_a_slip_in_a_cohort_is_said_once_with_its_line(form: str, registry: Path) -> None:
    rows = "id,subtype\na,dermatomyosits\nb,dermatomyosits\n"
    found = ran("match", "--cohort", "-", "-f", form, *ON, registry=registry, stdin=rows)
    assert found.err.splitlines()[0] == "standard input:2: read `dermatomyosits` as dermatomyositis"
    assert found.err.splitlines()[1].startswith("2 patients answered, 0 rows skipped.")


def test_progress_is_a_bar_on_a_terminal_and_leaves_no_trace(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from myofind.writers.cohort import Bar

    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm")
    path = tmp_path / "rows.csv"
    path.write_text("x\n" * 1000)
    with path.open() as lines, Bar(lines) as bar:
        assert not bar.on
        bar.tell(256)
        assert capsys.readouterr().err == ""
        bar.on, bar.due = True, 0.0
        bar.tell(255)
        assert capsys.readouterr().err == ""
        bar.tell(512)
    shown = capsys.readouterr()
    assert "512 patients" in shown.err
    assert shown.err.endswith("\x1b[2K")
    assert shown.out == ""


def test_what_does_not_go_with_a_cohort_is_said(registry: Path) -> None:
    for more in (("-s", "dm"), ("--why-not", "ALPHA"), ("--what-if", "age=3"), ("--all",), ("--limit", "3")):
        found = myofind("match", "--cohort", "-", *more, "--registry", str(registry), stdin=COHORT)
        assert found.code == 2, more
    assert myofind("match", "--cohort", "nowhere.csv", "--registry", str(registry)).code == 2
    assert myofind(*DM, "--fail-fast", "--registry", str(registry)).code == 2
    assert myofind(*DM, "--why-not", "ALPHA", "--near", "--registry", str(registry)).code == 2


# The interview: a real terminal ----------------------------------------------------------------------------------------


def converse(
    registry: Path | None, answers: dict[str, list[str]], lang: str = "en", options: tuple[str, ...] = (), code: int = 0
) -> str:
    """Run `match` on a pseudo-terminal and answer questions by their first word; returns all that was shown."""
    seen = 0

    def reply(shown: str) -> str | None:
        nonlocal seen
        if not shown.endswith(": ") or len(shown) == seen:
            return None
        seen = len(shown)
        first = shown.splitlines()[-1].split()[0].rstrip(":")
        return answers[first].pop(0) if answers.get(first) else ""

    where = ("--registry", str(registry)) if registry else ()
    env = {"COLUMNS": "80", "TERM": "dumb", "MYOFIND_PAGER": ""}
    ran = on_terminal("match", "--on", "2026-06-01", "--lang", lang, *options, *where, reply=reply, env=env)
    assert ran.code == code, ran.out
    assert not any(answers.values()), ran.out
    return ran.out


def test_the_interview_asks_the_most_deciding_fact_and_stops(registry: Path) -> None:
    shown = converse(registry, {"Diagnosis": ["dm"], "Age": ["45"], "Country": ["FR"]})
    assert "Nothing more would change the answer." in shown
    assert shown.index("Diagnosis") < shown.index("Country")
    for needless in ("Refractory", "Sex", "lung"):
        assert needless not in shown
    assert "ALPHA" in shown


def test_antibodies_are_asked_for_wherever_a_remark_depends_on_them(registry: Path) -> None:
    """No trial of the small registry asks for antibodies of a dermatomyositis: an emergency or a search for cancer does."""
    shown = converse(
        registry,
        {
            "Diagnosis": ["dm"],
            "Age": ["45"],
            "Autoantibodies": ["MDA5 +"],
            "Interstitial": ["?", "yes"],
            "Country": ["FR"],
        },
    )
    assert "it can be an emergency" in shown
    assert "Autoantibodies" not in converse(registry, {"Diagnosis": ["ibm"]})


def test_the_interview_explains_goes_back_and_gives_its_command(registry: Path) -> None:
    shown = converse(
        registry, {"Diagnosis": ["?", "<", "imnm"], "Age": ["50", "1971-03-12"], "Autoantibodies": ["<", "hmgcr +"], "Country": ["."]},
    )  # fmt: skip
    assert "Any usual name, English or French, or a code" in shown
    assert "trials still possible" in shown
    assert "This is the first question." in shown
    assert shown.index("50\n") < shown.index("1971-03-12\n")  # the second answer is the one that counts
    last = shown.replace("\r", "").splitlines()[-1]
    command = last.removeprefix("The same again: ")
    assert command == f"myofind match -s imnm -A 'hmgcr +' -a 55y --on 2026-06-01 --registry {registry}"
    again = myofind(*shlex.split(command)[1:], env={"COLUMNS": "80"})
    assert again.code == 0
    assert " ".join(again.out.splitlines()[0].split()) in " ".join(shown.split())  # the facts as read
    assert all(number in shown for number in re.findall(r"NCT\d{8}", again.out))


def test_a_time_ago_and_facts_of_the_table_are_read(registry: Path) -> None:
    text = registry.read_text(encoding="utf-8").replace(
        "      age: {min: 18, max: 75}\n", "      age: {min: 18, max: 75}\n      facts: {onset: {since: {max: 2 years}}, mmt8: {max: 140, scale: 150}}\n", 1
    ).replace("schema: 1", "schema: 2").replace("check_by_hand: [walks ten metres]", "check_by_hand: [{en: walks ten metres}]")  # fmt: skip
    registry.write_text(text, encoding="utf-8")
    replies = {
        "Diagnostic": ["dm"], "Âge": ["45"], "Auto-anticorps": [""], "Pays": ["FR"], "Début": ["6 mois", "1"], "Lequel,": [], "MMT-8": ["?", "peu", "120"],
    }  # fmt: skip
    shown = converse(registry, {**replies, "Début": ["?", "il y a 6 mois"]}, "fr")
    assert "Un nombre ; une autre unité ou échelle s'écrit avec lui." in shown
    assert (
        shown.replace("\r", "")
        .splitlines()[-1]
        .endswith(f"--onset 'il y a 6 mois' --on 2026-06-01 --registry {registry} --lang fr")
    )
    assert "-F MMT-8=120" in shown


def test_what_may_mean_several_things_is_a_numbered_question_on_a_terminal(registry: Path) -> None:
    options = ("-s", "dermatopolymyosite", "-a", "45", "-c", "Congo, FR")
    shown = converse(registry, {"Which": ["9", "2", "1"]}, options=options)
    assert "  1  dermatomyositis (dm)" in shown
    assert "  2  Congo - Kinshasa (CD)" in shown
    assert shown.count("Which one, 1 to 2") == 3
    refused = converse(registry, {"Which": [""]}, options=options, code=2)
    assert "which is meant: `dm` (dermatomyositis) or `pm` (polymyositis)?" in refused.replace("\n  ", " ")
    elsewhere = myofind("match", *options, "--registry", str(registry))
    assert (elsewhere.code, elsewhere.out) == (2, "")
    assert "`dm` (dermatomyositis) or `pm` (polymyositis)" in elsewhere.err


def test_what_is_supposed_and_may_mean_several_things_is_asked_about_too(registry: Path) -> None:
    facts = ("-s", "dm", "-a", "45", "-c", "FR")
    options = (*facts, "--also-as", "dermatopolymyosite")
    shown = converse(registry, {"Which": ["2"]}, options=options).replace("\n  ", " ")
    assert "--also-as: `dermatopolymyosite` as subtype has more than one reading" in shown
    assert "polymyositis" in shown.partition("Which one")[2]
    for typed, chosen in (
        ("subtype=dermatopolymyosite", "subtype=pm"), ("p140=positive", "mda5=positive"), ("onset=6 months", "onset=at 6 months"),
    ):  # fmt: skip
        shown = converse(registry, {"Which": ["2"]}, options=(*facts, "--what-if", typed))
        assert "--what-if: " in shown
        assert chosen in shown.partition("Which one")[2]
        refused = myofind("match", *facts, "--what-if", typed, "--registry", str(registry))
        assert (refused.code, refused.out) == (2, "")
        assert "myofind: --what-if: " in refused.err
    left = converse(registry, {"Which": [""]}, options=options, code=2)
    assert "which is meant" in left.replace("\n  ", " ")


def test_the_interview_in_french(registry: Path) -> None:
    replies = {
        "Diagnostic": ["xyzzy", "imnm"], "Âge": ["soon", "45"], "Pays": ["US"], "Réfractaire": ["peut-être", "oui"],
        "Auto-anticorps": ["PL-17", "HMGCR +"],
    }  # fmt: skip
    shown = converse(registry, replies, "fr")
    for said in (
        "`xyzzy` n'est pas connu (sous-type)", "`soon`", "`peut-être` : oui, non, ou rien",
        "`PL-17` n'est pas connu (auto-anticorps)", "Plus rien ne changerait la réponse.",
    ):  # fmt: skip
        assert said in shown
    assert english(shown.replace("soon", "")) == []


def test_the_interview_asks_again_what_it_cannot_read_and_not_what_is_not_known(registry: Path) -> None:
    shown = converse(
        registry,
        {"Diagnosis": ["nonsense", "imnm"], "Country": ["US"], "Refractory": ["yes"], "Autoantibodies": ["HMGCR +"]},
    )
    assert "is not a known subtype" in shown
    assert shown.count("Age or birth date") == 1
