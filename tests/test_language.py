"""The language of a run: what is typed, else MYOFIND_LANG, else the locale; nothing a command refuses is half translated."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command

from myofind.commands.application import COMMANDS, application
from myofind.language import UnknownLanguage, language_of, speak, spoken, worded
from myofind.words.help import HELP, in_french
from tests.run import myofind, process
from tests.test_french import english
from tests.test_house import nodes
from tests.together import together

SOURCE = Path(__file__).resolve().parent.parent / "src" / "myofind"
FRENCH_HELP = "Trouver les essais qu'un patient"


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_the_list_of_commands_says_each_in_a_whole_sentence(lang: str) -> None:
    shown = myofind("--help", env={"MYOFIND_LANG": lang, "COLUMNS": "80"}).out
    listed = shown[shown.index("\nCommands:") :].splitlines()[2:]
    assert [line.split()[0] for line in listed] == list(COMMANDS)
    assert all(line.endswith(".") and not line.endswith("..") for line in listed)


@together(
    [
        ([], {}, "en"),
        ([], {"LANG": "fr_FR.UTF-8"}, "fr"),
        ([], {"LANG": "fr"}, "fr"),
        ([], {"LANG": "fr_CA.ISO-8859-1@euro"}, "fr"),
        ([], {"LANG": "fro_FR"}, "en"),
        ([], {"LANG": "de_DE.UTF-8"}, "en"),
        ([], {"LANG": "C"}, "en"),
        ([], {"LANG": "C.UTF-8"}, "en"),
        ([], {"LANG": "POSIX"}, "en"),
        ([], {"LANG": ""}, "en"),
        ([], {"LC_MESSAGES": "fr_FR", "LANG": "en_US"}, "fr"),
        ([], {"LC_ALL": "C", "LC_MESSAGES": "fr_FR", "LANG": "fr_FR"}, "en"),
        ([], {"LC_ALL": "", "LANG": "fr_FR"}, "fr"),
        ([], {"LC_ALL": "fr_FR", "MYOFIND_LANG": "en"}, "en"),
        ([], {"LANG": "C", "MYOFIND_LANG": "fr"}, "fr"),
        ([], {"LANG": "C", "MYOFIND_LANG": "FR-fr"}, "fr"),
        ([], {"LANG": "fr_FR", "MYOFIND_LANG": ""}, "fr"),
        (["match", "--lang", "en"], {"LANG": "fr_FR", "MYOFIND_LANG": "fr"}, "en"),
        (["match", "--lang=fr"], {"MYOFIND_LANG": "en"}, "fr"),
        (["match", "-l", "fr"], {}, "fr"),
        (["match", "-lfr"], {}, "fr"),
        (["match", "--lang", "en", "--lang", "fr"], {}, "fr"),
        (["search", "--", "--lang", "fr"], {}, "en"),
        (["match", "--lang", "en"], {"MYOFIND_LANG": "de"}, "en"),
    ]
)
def test_what_decides_the_language(arguments: list[str], environment: dict[str, str], lang: str) -> None:
    assert language_of(arguments, environment) == lang


@pytest.mark.parametrize("value", ["de", "french", "fr_", "x", "C"])
def test_a_language_that_is_not_spoken_is_refused(value: str) -> None:
    if value == "fr_":
        assert language_of([], {"MYOFIND_LANG": value}) == "fr"
        return
    with pytest.raises(UnknownLanguage):
        language_of([], {"MYOFIND_LANG": value})
    ran = myofind("match", "-s", "dm", env={"MYOFIND_LANG": value})
    assert (ran.code, ran.out, ran.err) == (2, "", f"myofind: MYOFIND_LANG takes en or fr; found '{value}'\n")
    assert "admet en ou fr" in myofind("list", env={"MYOFIND_LANG": value, "LANG": "fr_FR.UTF-8"}).err
    assert myofind("list", "--lang", "en", env={"MYOFIND_LANG": value}).code == 0


def test_a_run_leaves_its_language_to_itself() -> None:
    speak("fr")
    assert (spoken(), worded(("yes", "oui")), worded("dm")) == ("fr", "oui", "dm")
    speak("en")
    assert (spoken(), worded(("yes", "oui"))) == ("en", "yes")


@pytest.mark.parametrize("name", ["LANG", "LC_ALL", "LC_MESSAGES", "MYOFIND_LANG"])
def test_the_environment_speaks_in_answers_and_help(name: str, registry: Path) -> None:
    french = {name: "fr_FR.UTF-8"}
    asked = ("match", "-s", "dm", "-a", "45", "--registry", str(registry), "--on", "2026-06-01")
    assert myofind(*asked, env=french).out == myofind(*asked, "--lang", "fr").out
    assert myofind(*asked, "--lang", "en", env=french).out == myofind(*asked).out
    assert FRENCH_HELP in myofind("match", "--help", env=french).out
    assert FRENCH_HELP not in myofind("match", "--help").out
    assert FRENCH_HELP in myofind("match", "--help", "--lang", "fr").out


def test_a_process_speaks_the_language_of_its_locale() -> None:
    assert FRENCH_HELP in process("match", "--help", env={"LANG": "fr_FR.UTF-8"}).out
    assert "n'est pas connu" in process("match", "-s", "xyzzy", env={"LC_ALL": "fr_FR.UTF-8"}).err


# Help ------------------------------------------------------------------------------------------------------------------


def parameters() -> list[tuple[str, Any]]:
    """Every command with every one of its options and arguments."""
    app: Any = get_command(application(tuple(COMMANDS)))
    return [(name, parameter) for name, command in app.commands.items() for parameter in command.params]


def test_every_command_and_option_has_its_help_in_french() -> None:
    missing = [name for name in COMMANDS if in_french(name) is None]
    used = set(COMMANDS) | {"--version", "--help"}
    for name, parameter in parameters():
        option = max(parameter.opts, key=len)
        if parameter.help and in_french(name, option) is None:
            missing.append(f"{name} {option}")
        used |= {f"{name} {option}", option}
    assert missing == [], "add them to words/help.py"
    assert set(HELP) <= used, "of no option any more"


def test_no_help_in_french_is_english() -> None:
    plain = {key: text.replace("myofind", "") for key, text in HELP.items()}
    words = ("open, upcoming, by_invitation, closed, unknown", "interventional, observational, registry", "Age, ")
    for key, text in plain.items():
        for piece in words:
            text = text.replace(piece, "")
        assert english(text.replace("in.txt", "").replace("ou extension", "")) == [], key


# Refusals --------------------------------------------------------------------------------------------------------------

REFUSED = [
    ("match", "-a", "old"),
    ("match", "-b", "29/02/1981"),
    ("match", "-c", "Congo"),
    ("match", "-s", ""),
    ("match", "-A", ""),
    ("match", "--sex", "perhaps"),
    ("match", "-s", "dm", "--on", "2026-02-30"),
    ("match", "-s", "dm", "--format", "xml"),
    ("match", "-s", "dm", "--status", "perhaps"),
    ("match", "-s", "dm", "--registry", "/nowhere"),
    ("match", "--profile", "/nowhere"),
    ("match", "-s", "dm", "--why-not", "nothing"),
    ("match", "-s", "dm", "--what-if", "nothing"),
    ("match", "-s", "dm", "--what-if", "age=old"),
    ("match", "-s", "dm", "--also-as", "xyzzy"),
    ("match", "-s", "dm", "--fail-fast"),
    ("match", "--cohort", "-", "-s", "dm"),
    ("match", "--cohort", "/nowhere.csv"),
    ("match", "-s", "dm", "-F", "xyzzy"),
    ("match", "-s", "dm", "-T", "xyzzy"),
    ("show", "zzzz"),
    ("search", "zzzz"),
    ("list", "--kind", "cohort"),
    ("list", "--subtype", "zzzz"),
    ("compare", "NCT05523167"),
    ("vocab", "zzzz"),
    ("vocab", "antibodies", "--format", "xml"),
    ("diff", "/nowhere", "/nowhere"),
    ("schema", "zzzz"),
    ("match",),
]


@pytest.mark.parametrize("asked", REFUSED, ids=" ".join)
def test_what_is_refused_is_refused_in_french(asked: tuple[str, ...]) -> None:
    ran = myofind(*asked, env={"LANG": "fr_FR.UTF-8"})
    assert ran.err
    assert english(without_ids(ran.err)) == []


def without_ids(text: str) -> str:
    """A message without what one types: paths, values of options, names of fields."""
    closed = r"\S*/\S*|(?<=admet )[\w, ]+|(?<=données : )[\w, ]+(?=une donnée)|(?<=acceptés : )[\w, ]+(?=et les)"
    return re.sub(closed, "", text)


PROFILES = [
    "",
    "[]",
    "name: X",
    "agee: 4",
    "age: [1]",
    "age: {years: x}",
    "ild: zorglub",
    "subtype: {a: b}",
    "sex: [f]",
]


@pytest.mark.parametrize("profile", PROFILES)
def test_a_profile_is_refused_in_french(profile: str) -> None:
    ran = myofind("match", "--profile", "-", stdin=profile, env={"LANG": "fr_FR.UTF-8"})
    assert ran.code == 2
    assert english(without_ids(ran.err)) == []


SAYING = frozenset(
    {"InputError", "Unreadable", "Unreachable", "GaveUp", "Broken", "NoConnection", "NotARecord", "Failure", "Diagnostic", "Problem", "Stopped",
     "remark", "tell", "_finding"}
)  # fmt: skip
"""What makes a sentence for people of its arguments: a refusal, a finding, a remark. What takes a text for each language
(`Unread`, `Found`, `Refused`, `report`, `comment`) cannot be called with one."""


def plain_sentences() -> set[str]:
    """The modules in which one of these is made of one sentence, for readers of one language."""
    found = set()
    for path in SOURCE.rglob("*.py"):
        calls = [node for node in nodes(path.read_text(encoding="utf-8")) if isinstance(node, ast.Call)]
        for call in calls:
            name = call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")
            if name in SAYING and any(map(is_sentence, call.args)):
                found.add(".".join(path.relative_to(SOURCE).with_suffix("").parts))
    return found


def is_sentence(argument: ast.expr) -> bool:
    """Whether an argument is a text of several words, alone or around values."""
    parts = argument.values if isinstance(argument, ast.JoinedStr) else [argument]
    texts = [part.value for part in parts if isinstance(part, ast.Constant) and isinstance(part.value, str)]
    return len(re.findall(r"[a-z]{2,}", " ".join(texts))) > 1 and " " in " ".join(texts)


ENGLISH_ONLY = {
    # The place of a finding; its sentence is the finding's own.
    "asking.profile",
}
"""Modules in which something is said in one language. This list may only shrink."""


def test_what_is_said_has_both_languages() -> None:
    assert plain_sentences() <= ENGLISH_ONLY
