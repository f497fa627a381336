"""A command line of `match` that is read without the framework says what the framework would read in it."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from myofind.commands.application import built
from myofind.commands.match_run import Request, request_of
from myofind.commands.plain_match import FLAGS, ONCE, SEVERAL, plain
from tests.run import myofind
from tests.together import together

COMMAND = built(("match",), "en").commands["match"]
OPTIONS = sorted({*SEVERAL, *ONCE, *FLAGS})
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


def framework(words: list[str]) -> Request | None:
    """What the framework reads; None for what it refuses."""
    try:
        return request_of(COMMAND.make_context("match", list(words)).params)
    except Exception:
        return None


def test_every_option_of_the_command_stands_in_the_tables() -> None:
    declared: dict[str, dict[str, Any]] = {"several": {}, "once": {}, "flags": {}}
    for option in COMMAND.params:
        if option.name == "help":
            continue
        if option.is_flag:
            declared["flags"] |= dict.fromkeys(option.opts, (option.name, True))
            declared["flags"] |= dict.fromkeys(option.secondary_opts, (option.name, False))
        else:
            declared["several" if option.multiple else "once"] |= dict.fromkeys(option.opts, option.name)
    assert declared == {"several": SEVERAL, "once": ONCE, "flags": FLAGS}


@given(
    st.lists(
        st.one_of(
            st.tuples(st.sampled_from(OPTIONS), st.sampled_from(VALUES)),
            st.tuples(st.sampled_from(OPTIONS)),
            st.tuples(st.builds("{}={}".format, st.sampled_from(OPTIONS), st.sampled_from(VALUES))),
            st.tuples(st.sampled_from(VALUES)),
        ),
        max_size=6,
    )
)
def test_what_is_read_without_the_framework_is_what_it_reads(parts: list[tuple[str, ...]]) -> None:
    words = [word for part in parts for word in part]
    values = plain(words)
    if values is not None:
        assert request_of(values) == framework(words)


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
def test_which_lines_are_plain(words: list[str], values: dict[str, Any] | None) -> None:
    assert plain(words) == values


@together(
    [
        (["-s", "dm", "-a", "45", "-c", "FR"], ["-sdm", "-a45", "-cFR"]),
        (["-s", "dm", "-s", "pm", "-a", "45", "--near"], ["-sdm", "-s", "pm", "--near", "-a", "45"]),
        (["-s", "nothing of the kind"], ["-snothing of the kind"]),
        (["-s", "dm", "-a", "45", "--limit", "2", "--format", "json"], ["-sdm", "-a", "45", "--limit=2", "-fjson"]),
    ]
)
def test_both_ways_of_reading_end_in_the_same_answer(words: list[str], joined: list[str]) -> None:
    assert plain(words) is not None
    assert plain(joined) is None
    assert myofind("match", *words) == myofind("match", *joined)


def test_a_plain_answer_loads_no_framework() -> None:
    script = (
        "import sys\nfrom myofind.cli import run\n"
        "try: run(['match', '-s', 'dm', '-a', '45', '-c', 'FR', *sys.argv[1:]])\n"
        "except SystemExit: print([m for m in ('typer', 'rich') if m in sys.modules])"
    )
    for more, loaded in (((), "[]"), (("-AMDA5",), "['typer']")):
        ran = subprocess.run([sys.executable, "-c", script, *more], capture_output=True, text=True, check=True)
        assert ran.stdout.splitlines()[-1] == loaded
