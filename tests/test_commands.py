"""The commands: exit codes, what goes to stdout and what to stderr, and nothing else anywhere."""

import itertools
import json
import os
import signal
import subprocess
import sys
import time
from fcntl import ioctl
from pathlib import Path
from termios import FIONREAD
from typing import Any

import pytest

from myofind.commands.application import COMMANDS
from myofind.registry.location import registry_path
from tests.run import myofind, process
from tests.terminals import on_terminal
from tests.together import together


def ask(*arguments: str, registry: Path | None = None, stdin: str | None = None) -> Any:
    where = ["--registry", str(registry)] if registry else []
    ran = myofind(*arguments, *where, "--format", "json", stdin=stdin)
    assert ran.code == 0, ran.err
    return json.loads(ran.out)


# Exit codes -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["match", "-s", "dm"], 0),
        (["match", "-s", "ibm", "-a", "3", "-c", "NZ"], 0),
        (["list"], 0),
        (["show", "ALKIVIA"], 0),
        (["search", "zzzz"], 0),
        (["--version"], 0),
        (["--help"], 0),
        (["match", "--help"], 0),
        ([], 2),
        (["match"], 2),
        (["match", "--nonsense"], 2),
        (["nonsense"], 2),
        (["match", "-s", "nonsense"], 2),
        (["match", "-A", "anti-PL-17"], 2),
        (["match", "-c", "Congo"], 2),
        (["match", "-a", "old"], 2),
        (["match", "-b", "29/02/1981"], 2),
        (["match", "-s", "dm", "--on", "2026-02-30"], 2),
        (["match", "-s", "dm", "--format", "xml"], 2),
        (["match", "-s", "dm", "--lang", "de"], 2),
        (["match", "-s", "dm", "--status", "perhaps"], 2),
        (["match", "-s", "dm", "--registry", "/nonexistent"], 2),
        (["match", "--profile", "/nonexistent"], 2),
        (["match", "-A", "jo1=positive", "-A", "jo1=negative"], 2),
        (["match", "-A", "jo1=positive", "-A", "ars_any=negative"], 2),
        (["show", "zzzz"], 2),
        (["list", "--kind", "cohort"], 2),
    ],
)  # fmt: skip
def test_exit_codes(arguments: list[str], code: int) -> None:
    ran = myofind(*arguments)
    assert ran.code == code, ran.err
    assert "Traceback" not in ran.err + ran.out
    if code == 2 and arguments:
        assert ran.err


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["match", "-s", "dm"], 0),
        (["--help"], 0),
        (["validate", "-"], 1),
        (["match", "-s", "nonsense"], 2),
        (["match", "--nonsense"], 2),
    ],
)
def test_exit_codes_of_a_process(arguments: list[str], code: int) -> None:
    ran, within = process(*arguments), myofind(*arguments)
    assert ran.code == code, ran.err
    assert "Traceback" not in ran.err
    assert ran == within


def test_a_bug_of_ours_exits_3_and_shows_nothing_typed(registry: Path) -> None:
    script = "import myofind.matching.answer as m, sys\nm.answer = lambda *a, **k: 1 / 0\nfrom myofind.cli import run\nrun(sys.argv[1:])"
    done = subprocess.run(
        [sys.executable, "-c", script, "match", "-s", "dm", "-a", "41", "--registry", str(registry)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 3
    assert "a bug of ours: ZeroDivisionError" in done.stderr
    assert "Traceback" not in done.stderr
    assert "41" not in done.stderr.replace("line", "")


def test_a_closed_pipe_is_quiet() -> None:
    reader = subprocess.Popen(["head", "-c", "1"], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL)
    done = subprocess.run(
        [sys.executable, "-m", "myofind", "list", "--format", "json"],
        stdout=reader.stdin,
        stderr=subprocess.PIPE,
        check=False,
    )
    assert reader.stdin is not None
    reader.stdin.close()
    reader.wait()
    assert done.stderr == b""


@pytest.mark.parametrize("arguments", [["--help"], ["vocab", "--help"], ["vocab"]])
def test_output_that_finds_no_room_is_told_without_a_traceback(arguments: list[str]) -> None:
    with open("/dev/full", "wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "myofind", *arguments], stdout=full, stderr=subprocess.PIPE, text=True, check=False
        )
    assert (done.returncode, done.stderr) == (2, "myofind: cannot go on: No space left on device\n")


def test_ctrl_c_exits_130() -> None:
    """Interrupted while it waits for a profile on standard input."""
    process = subprocess.Popen(
        [sys.executable, "-m", "myofind", "match", "--profile", "-"],
        stdin=subprocess.PIPE,
        stderr=subprocess.PIPE,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # tests in the background ignore it
    )
    assert process.stdin is not None
    process.stdin.write(b"#")
    process.stdin.flush()
    while any(ioctl(process.stdin, FIONREAD, bytes(4))):  # until it has read that and waits for more
        time.sleep(0.01)
    time.sleep(0.1)
    process.send_signal(signal.SIGINT)
    assert process.wait(timeout=60) == 130
    assert process.stderr is not None
    assert b"Traceback" not in process.stderr.read()
    process.stderr.close()
    process.stdin.close()


# Meaning through the command line -------------------------------------------------------------------------------------


def test_spaces_within_a_filter_say_nothing() -> None:
    """Neither do ten thousand of them take their time: what parts a text looks at a run of spaces from each of its places."""
    wide = myofind("list", "--country", f"United{' ' * 10_000}Kingdom")
    assert (wide.code, wide.out) == (0, myofind("list", "--country", "United Kingdom").out)
    assert "`near zzzz`" in myofind("list", "--country", f"near{' ' * 10_000}zzzz").err


def test_counts_add_up_to_the_registry_and_all_lists_everything() -> None:
    found = ask("match", "-s", "dm", "-a", "45", "-c", "FR", "--all")
    counts = found["counts"]
    assert (
        counts["match"] + counts["possible"] + counts["excluded"]
        == counts["trials"]
        == counts["shown"]
        == len(found["trials"])
    )


def test_the_answer_has_the_stable_keys(registry: Path) -> None:
    found = ask("match", "-s", "dermatomyosits", "-a", "45", "-c", "France", "--on", "2026-02-01", registry=registry)
    assert list(found) == [
        "myofind", "registry", "evaluated_on", "read", "safety", "profile", "notes", "counts", "next_questions", "near_misses", "nearest_elsewhere", "also_as", "trials",
    ]  # fmt: skip
    assert set(found["registry"]) == {"name", "version", "as_of", "sha256"}
    assert found["profile"] == {
        "subtypes": ["dm"],
        "age": {"years": 45, "months": 0},
        "autoantibodies": {},
        "countries": ["FR"],
    }
    assert found["notes"][0] == "read `dermatomyosits` as dermatomyositis"
    first = found["trials"][0]
    assert first["url"] == "https://clinicaltrials.gov/study/NCT00000001"
    assert first["recruitment"] == {
        "state": "open", "status": "recruiting", "as_of": "2026-01-15", "age_days": 17, "freshness": "fresh", "overdue": False, "source": "register",
    }  # fmt: skip
    assert {
        "id",
        "ids",
        "acronym",
        "title",
        "kind",
        "phase",
        "verdict",
        "cohort",
        "criteria",
        "sites",
        "conflicts",
    } <= set(first)
    assert [(one["name"], one["outcome"], one["required"], one["found"]) for one in first["criteria"]] == [
        ("subtype", "met", "DM", "dm"),
        ("age", "met", "18 to 75", "45"),
        ("autoantibodies", "not_recorded", None, None),
        ("country", "met", "France and Germany", "FR"),
    ]


def test_the_same_question_gives_the_same_bytes(registry: Path) -> None:
    arguments = ("match", "-s", "dm", "--on", "2026-02-01", "--all", "--format", "json", "--registry", str(registry))
    assert process(*arguments).out == process(*arguments).out


def test_source_date_epoch_is_the_day_unless_one_is_asked(registry: Path) -> None:
    env = {"SOURCE_DATE_EPOCH": "1767225600"}
    ran = myofind("match", "-s", "dm", "--format", "json", "--registry", str(registry), env=env)
    assert json.loads(ran.out)["evaluated_on"] == "2026-01-01"
    ran = myofind("match", "-s", "dm", "--format", "json", "--on", "2026-02-03", "--registry", str(registry), env=env)
    assert json.loads(ran.out)["evaluated_on"] == "2026-02-03"


def test_status_chooses_states_and_register_words(registry: Path) -> None:
    assert [one["id"] for one in ask("match", "-s", "dm", "--status", "open", registry=registry)["trials"]] == [
        "NCT00000001",
        "myo-registry",
    ]
    assert ask("match", "-s", "dm", "--status", "closed", registry=registry)["trials"] == []
    assert [
        one["id"] for one in ask("list", "--status", "recruiting", "--kind", "registry", registry=registry)["trials"]
    ] == ["myo-registry"]


def test_a_near_miss_fails_on_the_country_alone(registry: Path) -> None:
    found = ask("match", "-s", "imnm", "-A", "hmgcr", "-a", "50", "--refractory", "-c", "FR", registry=registry)
    by_country = [one["id"] for one in found["near_misses"] if one["remedy"] == "country"]
    assert by_country == ["NCT00000002"]
    assert found["counts"]["near_misses"] == len(found["near_misses"])


def test_options_win_over_the_profile_file(tmp_path: Path, registry: Path) -> None:
    profile = tmp_path / "profile.yaml"
    profile.write_text("subtype: pm\nage: 17\nautoantibodies: {jo1: positive}\ncountries: [DE]\n", encoding="utf-8")
    found = ask("match", "--profile", str(profile), "-s", "dm", "-a", "45", registry=registry)
    assert found["profile"] == {
        "subtypes": ["dm"],
        "age": {"years": 45, "months": 0},
        "autoantibodies": {"jo1": "positive"},
        "countries": ["DE"],
    }


def test_the_profile_of_an_answer_can_be_asked_again(registry: Path) -> None:
    first = ask("match", "-s", "dm", "-a", "17y 8m", "-A", "Jo-1 +, SRP neg", "-c", "FR", registry=registry)
    again = ask("match", "--profile", "-", registry=registry, stdin=json.dumps({"profile": first["profile"]}))
    assert again["profile"] == first["profile"]
    assert again["trials"] == first["trials"]


@pytest.mark.parametrize(
    "key",
    [
        "name",
        "Nom",
        "first_name",
        "date_of_birth_name",
        "IPP",
        "NIR",
        "ssn",
        "address",
        "e-mail",
        "téléphone",
        "patient_id",
        "id",
    ],
)
def test_a_profile_with_an_identifier_is_refused_naming_the_key_and_not_its_value(key: str) -> None:
    ran = myofind("match", "--profile", "-", stdin=f"subtype: dm\n{key}: Sesame-42\n")
    assert ran.code == 2
    assert key in ran.err
    assert ":2:1:" in ran.err
    assert "Sesame" not in ran.err + ran.out


@pytest.mark.parametrize(
    "profile",
    [
        "", "[]", "dm", "subtype: [", "subtype: {a: b}", "age: [1]", "age: {years: x}", "ild: zorglub", "subtype: dm\nsubtype: pm",
        "subtype: dm\ndiagnosis: pm", "a: &x [1]\nb: *x", "age: !!python/object:os.system x", "subtype: \x1b[31mdm", "[" * 5000,
    ],
)  # fmt: skip
def test_hostile_profiles_end_in_a_message(profile: str) -> None:
    ran = myofind("match", "--profile", "-", stdin=profile)
    assert ran.code == 2
    assert ran.err.startswith("myofind: ")
    assert "Traceback" not in ran.err
    assert "\x1b" not in ran.err


@pytest.mark.parametrize("profile", [b"\xff\xfe", b"subtype: dm\xe9", b"subtype: d\x00m", b"x" * 2_000_000])
def test_hostile_bytes_end_in_a_message(profile: bytes) -> None:
    ran = myofind("match", "--profile", "-", stdin=profile)
    assert ran.code == 2
    assert ran.err.startswith("myofind: ")


@pytest.mark.parametrize("text", ["\x1b[31mdm", "[bold]dm[/bold]", "d\udcffm", "dm" * 5000, "\u202edm", "dm\n\nx"])
def test_hostile_words_are_quoted_harmlessly(text: str) -> None:
    ran = myofind("match", "-s", text)
    assert ran.code == 2
    assert "\x1b" not in ran.err
    assert len(ran.err) < 1000


def test_markup_in_a_registry_is_text(registry: Path) -> None:
    ran = myofind("show", "ALPHA", "--registry", str(registry))
    assert "CHU [bold]Minjoz[/bold]" in ran.out


def test_a_registry_with_control_characters_is_refused(registry: Path) -> None:
    registry.write_text(
        registry.read_text(encoding="utf-8").replace("title: Long-term alphamab", 'title: "Long\\e[31m-term"'),
        encoding="utf-8",
    )
    ran = myofind("match", "-s", "dm", "--registry", str(registry))
    assert ran.code == 2
    assert "[control-character]" in ran.err
    assert "\x1b" not in ran.err


def test_a_broken_registry_names_the_place(registry: Path) -> None:
    registry.write_text(
        registry.read_text(encoding="utf-8").replace("admits: [imnm]", "admits: [imnmm]"), encoding="utf-8"
    )
    ran = myofind("match", "-s", "dm", "--registry", str(registry))
    assert ran.code == 2
    assert f"{registry}:40:27: " in ran.err
    assert "[unknown-subtype]" in ran.err


# Where things are written ---------------------------------------------------------------------------------------------


def test_match_works_with_sockets_forbidden_and_writes_only_in_the_cache_folder(tmp_path: Path) -> None:
    """An audit hook forbids sockets and records every file opened for writing."""
    script = (
        "import sys, os\n"
        "def watch(event, args):\n"
        "    if event.startswith('socket.'): raise RuntimeError('socket')\n"
        "    if event == 'open' and isinstance(args[2], int) and args[2] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT):\n"
        "        os.write(2, f'WROTE {args[0]}\\n'.encode())\n"
        "sys.addaudithook(watch)\n"
        "sys.dont_write_bytecode = True\n"
        "from myofind.cli import run\n"
        "run(['match', '-s', 'dm', '-a', '45', '-A', 'mda5', '-c', 'FR'])\n"
    )
    cache = tmp_path / "cache"
    done = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "XDG_CACHE_HOME": str(cache)},
        cwd=tmp_path,
    )
    assert done.returncode == 0, done.stderr
    written = [line.removeprefix("WROTE ") for line in done.stderr.splitlines() if line.startswith("WROTE ")]
    assert written
    assert all(Path(one).is_relative_to(cache) for one in written)
    kept = {path.name.partition("-")[0]: path.read_bytes() for path in cache.rglob("*") if path.is_file()}
    assert kept.keys() in ({"registry"}, {"registry", "seen"})  # of a registry just written no times are noted
    assert not any(b"birth" in data for data in kept.values())


# On a terminal --------------------------------------------------------------------------------------------------------


def test_numbers_are_links_on_a_terminal_only(registry: Path) -> None:
    link = "\x1b]8;"
    code, shown, _ = on_terminal("match", "-s", "dm", "--registry", str(registry))
    assert code == 0
    assert link in shown
    assert "https://clinicaltrials.gov/study/NCT00000001" in shown
    piped = myofind("match", "-s", "dm", "--registry", str(registry))
    assert "\x1b" not in piped.out + piped.err
    plain = on_terminal("match", "-s", "dm", "--registry", str(registry), env={"TERM": "dumb"}).out
    assert link not in plain


def test_no_color_keeps_colour_away(registry: Path) -> None:
    shown = on_terminal("match", "-s", "dm", "--registry", str(registry), env={"NO_COLOR": "1"}).out
    assert "\x1b[32m" not in shown
    assert "\x1b[1;32m" not in shown


def test_asked_with_nothing_on_a_terminal_it_interviews(registry: Path) -> None:
    lines = iter(("dermatomyositis", "45", "", "France"))
    ran = on_terminal(
        "match", "--registry", str(registry), reply=lambda shown: next(lines, "") if shown.endswith(": ") else None
    )
    assert ran.code == 0, ran.out
    assert "ALPHA" in ran.out


def test_every_line_fits_80_columns_and_numbers_are_whole() -> None:
    ran = myofind("match", "-s", "dm", "-a", "45", "-c", "FR", env={"COLUMNS": "80"})
    long = [line for line in ran.out.splitlines() if len(line) > 80 and "http" not in line]
    assert long == []
    ran_wide = myofind("match", "-s", "dm", "-a", "45", "-c", "FR")
    assert "…" not in ran_wide.out


def test_the_shipped_registry_is_found() -> None:
    assert registry_path().name == "trials.yaml"


@pytest.mark.parametrize("command", COMMANDS)
def test_help_is_asked_for_in_two_ways(command: str) -> None:
    short, whole = myofind(command, "-h"), myofind(command, "--help")
    assert (short.code, whole.code) == (0, 0)
    assert short.out == whole.out
    assert "-h, --help" in whole.out


@pytest.mark.parametrize(
    ("typed", "option"),
    [
        (("-a", "45", "-a", "50"), "--age"),
        (("-a45", "--age=50"), "--age"),
        (("--sex", "F", "--sex", "M"), "--sex"),
        (("--onset", "2019", "--onset=2023"), "--onset"),
        (("-b", "1971", "-b", "1972"), "--birth-date"),
        (("--ild", "--no-ild"), "--ild/--no-ild"),
        (("--no-refractory", "--refractory"), "--refractory/--no-refractory"),
    ],
)
def test_a_fact_given_twice_is_not_dropped(typed: tuple[str, ...], option: str) -> None:
    told = myofind("match", "-s", "dm", *typed)
    assert told.code == 2
    assert f"`{option}` stands twice" in told.err


def test_a_yes_may_be_repeated() -> None:
    assert myofind("match", "-s", "dm", "--ild", "--ild") == myofind("match", "-s", "dm", "--ild")


@together(
    itertools.product(
        ("-s", "-a", "-b", "-A", "-c", "--sex", "--onset", "-F", "-T", "--status", "--on", "--format", "--lang"),
        ("", " "),
    )
)
def test_an_empty_value_is_never_dropped(option: str, value: str) -> None:
    """As `-a "$AGE"` may give, where the variable is not set."""
    told = myofind("match", "-s", "dm", option, value)
    assert (told.code, told.out) == (2, "")
