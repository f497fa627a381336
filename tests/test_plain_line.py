"""A command line of `match` or `validate` that is read without the framework says what the framework would read in it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from myofind.commands.application import built
from myofind.commands.match_run import request_of
from myofind.commands.plain_line import OPTIONS, plain
from tests.run import myofind
from tests.together import together

COMMANDS = {name: built.__wrapped__((name,), "en").commands[name] for name in OPTIONS}  # its own: a command keeps state
VALUES = [
    "dm",
    "45",
    "0",
    "12",
    "",
    "-",
    "--",
    "-5",
    "--all",
    "--age=45",
    "été",
    "a=b",
    "fr",
    "json",
    "-sdm",
    "1 2",
    "٣",
]
MATCH, VALIDATE = OPTIONS["match"], OPTIONS["validate"]


def read(command: str, values: dict[str, Any]) -> Any:
    """What a command takes from the values of its parameters: what was not typed may be missing, or stand at its default."""
    if command == "match":
        return request_of(values)
    defaults = COMMANDS[command].make_context(command, []).params
    given = {name: value for name, value in values.items() if value is not None}
    return defaults | {name: tuple(value) if isinstance(value, list) else value for name, value in given.items()}


def framework(command: str, words: list[str]) -> Any:
    """What the framework reads; None for what it refuses."""
    try:
        return read(command, COMMANDS[command].make_context(command, list(words)).params)
    except Exception:
        return None


@pytest.mark.parametrize("name", sorted(OPTIONS))
def test_every_option_of_the_command_stands_in_the_tables(name: str) -> None:
    several: dict[str, Any] = {}
    once: dict[str, Any] = {}
    flags: dict[str, Any] = {}
    words = ""
    for option in COMMANDS[name].params:
        if option.name == "help":
            continue
        if option.param_type_name == "argument":
            words = option.name
        elif option.is_flag:
            flags |= dict.fromkeys(option.opts, (option.name, True))
            flags |= dict.fromkeys(option.secondary_opts, (option.name, False))
        else:
            (several if option.multiple else once).update(dict.fromkeys(option.opts, option.name))
    assert (several, once, flags, words) == tuple(OPTIONS[name])


@pytest.mark.parametrize("name", sorted(OPTIONS))
@given(st.data())
def test_what_is_read_without_the_framework_is_what_it_reads(name: str, data: st.DataObject) -> None:
    options = st.sampled_from(sorted({*OPTIONS[name].several, *OPTIONS[name].once, *OPTIONS[name].flags}))
    values = st.sampled_from(VALUES)
    part = st.one_of(
        st.tuples(options, values),
        st.tuples(options),
        st.tuples(st.builds("{}={}".format, options, values)),
        st.tuples(values),
    )
    words = [word for several in data.draw(st.lists(part, max_size=6)) for word in several]
    found = plain(words, OPTIONS[name])
    if found is not None:
        assert read(name, found) == framework(name, words)


@together(
    [
        (["-s", "dm", "-a", "45", "-c", "FR"], {"subtypes": ["dm"], "age": "45", "countries": ["FR"]}),
        (["--subtype=dm", "--age=-5"], {"subtypes": ["dm"], "age": "-5"}),
        (["--no-ild", "--all", "--limit", "0"], {"ild": False, "everything": True, "limit": 0}),
        (["-p", "-", "-l", "fr"], {"profile": "-", "lang": "fr"}),
        (["--on="], {"on": ""}),
        ([], {}),
        # Left to the framework
        (["-sdm"], None),
        (["dm"], None),
        (["--help"], None),
        (["-s"], None),
        (["-a", "-5"], None),
        (["-a", "45", "-a", "46"], None),
        (["--ild", "--no-ild"], None),
        (["--all=yes"], None),
        (["--limit", "many"], None),
        (["--limit", "-1"], None),
        (["--colour", "red"], None),
        (["--", "-s", "dm"], None),
    ]
)
def test_which_lines_of_match_are_plain(words: list[str], values: dict[str, Any] | None) -> None:
    assert plain(words, MATCH) == values


@together(
    [
        ([], {}),
        (["a.yaml", "-", "--strict", "b.yaml"], {"paths": ["a.yaml", "-", "b.yaml"], "strict": True}),
        (["--select", "key-order", "-f", "json", "--on=2026-11-20"], {"select": ["key-order"], "form": "json", "on": "2026-11-20"}),
        (["--fix", "-y", "a.yaml"], {"fix": True, "yes": True, "paths": ["a.yaml"]}),
        # Left to the framework
        (["-fjson"], None),
        (["--fix", "--fix"], None),
        (["--against"], None),
        (["--explain", "-y"], None),
        (["--", "a.yaml"], None),
        (["--version"], None),
    ]
)  # fmt: skip
def test_which_lines_of_validate_are_plain(words: list[str], values: dict[str, Any] | None) -> None:
    assert plain(words, VALIDATE) == values


@together(
    [
        (["-s", "dm", "-a", "45", "-c", "FR"], ["-sdm", "-a45", "-cFR"]),
        (["-s", "dm", "-s", "pm", "-a", "45", "--near"], ["-sdm", "-s", "pm", "--near", "-a", "45"]),
        (["-s", "nothing of the kind"], ["-snothing of the kind"]),
        (["-s", "dm", "-a", "45", "--limit", "2", "--format", "json"], ["-sdm", "-a", "45", "--limit=2", "-fjson"]),
    ]
)
def test_both_ways_of_reading_end_in_the_same_answer(words: list[str], joined: list[str]) -> None:
    assert plain(words, MATCH) is not None
    assert plain(joined, MATCH) is None
    assert myofind("match", *words) == myofind("match", *joined)


@together(
    [
        (["-f", "json", "{}", "--on", "2026-11-20"], ["-fjson", "{}", "--on", "2026-11-20"]),
        (["{}", "--yes"], ["--yes", "--", "{}"]),
        (["--explain", "key-order", "-f", "json"], ["--explain", "key-order", "-fjson"]),
        (["--select", "nothing-of-the-kind", "-f", "text"], ["--select", "nothing-of-the-kind", "-ftext"]),
    ]
)
def test_both_ways_of_reading_end_in_the_same_report(words: list[str], joined: list[str]) -> None:
    assert plain(words, VALIDATE) is not None
    assert plain(joined, VALIDATE) is None
    file = str(Path(__file__).parent / "cases" / "fail" / "key-order.yaml")
    one, other = ([word.format(file) for word in line] for line in (words, joined))
    assert myofind("validate", *one) == myofind("validate", *other)


@pytest.mark.parametrize(
    ("words", "joined"), [(["match", "-s", "dm", "-a", "45", "-c", "FR"], ["-AMDA5"]), (["validate"], ["-ftext"])]
)
def test_a_plain_answer_loads_no_framework(words: list[str], joined: list[str]) -> None:
    script = (
        "import sys\nfrom myofind.cli import run\n"
        "try: run(sys.argv[1:])\n"
        "except SystemExit: print([m for m in ('typer', 'rich') if m in sys.modules])"
    )
    for more, loaded in (([], "[]"), (joined, "['typer']")):
        ran = subprocess.run([sys.executable, "-c", script, *words, *more], capture_output=True, text=True, check=True)
        assert ran.stdout.splitlines()[-1] == loaded
