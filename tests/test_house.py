"""Imports between the rooms of the program go one way, and heavy libraries are imported in few places."""

import ast
from collections.abc import Iterator
from functools import cache
from importlib.util import resolve_name
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parent.parent / "src"

ROOMS: dict[str, set[str]] = {
    "names": set(),
    "domain": {"names"},
    "words": {"names", "domain"},
    "matching": {"names", "domain"},
    "files": set(),
    "registry": {"names", "domain", "files"},
    "editing": {"domain", "files", "registry"},
    "asking": {"names", "domain", "files"},
    "advice": {"names", "domain", "matching", "asking"},
    "checks": {"names", "domain", "files", "registry", "editing"},
    "registers": {"names", "domain", "files", "registry", "editing"},
    "report": {"names", "domain", "matching", "registry", "asking", "advice", "registers"},
    "writers": {"names", "domain", "words", "registry", "asking", "advice", "checks", "registers", "report"},
}
"""Every room and the rooms it may use, which stand above it in this table: so there is no circle of rooms. `commands`
may use all of them, and nothing but the command line uses `commands`."""

GROUND = {"", "diagnostics", "language"}
"""Modules beside the rooms that every room but `names` and `domain` may use: the version, and the form of a finding."""

EVERYWHERE = {"records"}
"""Modules that every room may use, as it may use the library they stand for."""

EXCEPTIONS = {
    # The compiled registry holds the sets of its trials: the form that is kept belongs to whoever reads it.
    ("registry.compiled", "matching.trial_sets"),
    ("registry.compiled", "matching.plain_form"),
    # Ages and days as typed are refused where they are read.
    ("domain.ages", "diagnostics"),
    ("domain.typed_times", "diagnostics"),
    ("domain.onsets", "diagnostics"),
    # Sentences made where a code with its arguments would do.
    ("asking.profile", "words.wording"),
    ("asking.profile", "words.remarks"),
    ("asking.profile", "words.reading_notes"),
    ("asking.typed_names", "words.wording"),
    ("asking.typed_names", "words.reading_notes"),
    ("asking.typed_results", "words.wording"),
    ("asking.typed_results", "words.reading_notes"),
    ("asking.patient_table", "words.wording"),
    ("asking.patient_table", "words.reading_notes"),
    ("advice.what_if", "words.wording"),
}
"""Imports against the table, one by one. This list may only shrink."""

HEAVY: dict[str, set[str]] = {
    "yaml": {"files.parser_words", "files.yaml_nodes"},
    "rich": {"writers.columns", "writers.cohort", "writers.terminal"},
    "rapidfuzz": {"names.slips", "registry.search"},
    "urllib3": {"registers.transport"},
    "jinja2": {"writers.html_page"},
    "markupsafe": {"writers.html_page"},
}
"""Libraries that take time to load, and the modules that import them. These lists may only shrink."""


def _modules() -> dict[str, Path]:
    """Every module of the program by its dotted name; a package by its own."""
    paths = {path.relative_to(SOURCE).with_suffix(""): path for path in (SOURCE / "myofind").rglob("*.py")}
    return {".".join(name.parts).removesuffix(".__init__"): path for name, path in paths.items()}


MODULES = _modules()


@cache
def nodes(text: str) -> tuple[ast.AST, ...]:
    """The syntax of a module, read once for every test that looks at it."""
    return tuple(ast.walk(ast.parse(text)))


@cache
def imports(module: str, text: str) -> frozenset[str]:
    """The dotted names a module imports, at the top and inside functions; of ours the module, not the name in it."""
    return frozenset(_imports(module, text))


def _imports(module: str, text: str) -> Iterator[str]:
    package = module if MODULES.get(module, Path()).name == "__init__.py" else module.rpartition(".")[0]
    for node in nodes(text):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = "." * node.level + (node.module or "")
            base = resolve_name(base, package) if node.level else base
            for alias in node.names:
                yield f"{base}.{alias.name}" if f"{base}.{alias.name}" in MODULES else base


def _room(name: str) -> str:
    """The room of a module named below the program; a module outside every room stands for itself."""
    return name.partition(".")[0]


def against_the_table(module: str, text: str) -> set[tuple[str, str]]:
    """The imports of a module that the table of rooms does not allow, exceptions included."""
    name = module.removeprefix("myofind").lstrip(".")
    room = _room(name)
    if room not in ROOMS:  # the command line and its commands use everything
        return set()
    allowed = ROOMS[room] | {room} | EVERYWHERE | (set() if room in ("names", "domain") else GROUND)
    ours = {used.removeprefix("myofind").lstrip(".") for used in imports(module, text) if _room(used) == "myofind"}
    return {(name, used) for used in ours if _room(used) not in allowed}


def test_every_room_is_in_the_table_and_uses_only_rooms_above_it() -> None:
    packages = {path.parent.name for path in (SOURCE / "myofind").glob("*/__init__.py")}
    assert packages == {*ROOMS, "commands"}
    above: set[str] = set()
    for room, used in ROOMS.items():
        assert used <= above, room
        above.add(room)


def test_imports_between_rooms_go_one_way() -> None:
    pairs = set().union(*(against_the_table(name, path.read_text(encoding="utf-8")) for name, path in MODULES.items()))
    assert pairs - EXCEPTIONS == set(), "an import against the table of rooms"
    assert EXCEPTIONS - pairs == set(), "no longer imported: take it off the list"


@pytest.mark.parametrize("library", HEAVY)
def test_a_heavy_library_is_imported_only_where_it_is_today(library: str) -> None:
    importers = {
        name.removeprefix("myofind.")
        for name, path in MODULES.items()
        if library in map(_room, imports(name, path.read_text(encoding="utf-8")))
    }
    assert importers == HEAVY[library]


@pytest.mark.parametrize(
    ("module", "line", "used"),
    [
        ("domain.ages", "from myofind.words.wording import pick", "words.wording"),
        ("domain.ages", "from myofind.words import wording", "words.wording"),
        ("domain.ages", "import myofind.words.wording as w", "words.wording"),
        ("domain.ages", "from ..words import wording", "words.wording"),
        ("domain.ages", "def year():\n    from myofind.registry.read import child", "registry.read"),
        ("domain.ages", "from myofind.diagnostics import InputError", "diagnostics"),
        ("words.wording", "from myofind.commands.match import match", "commands.match"),
        ("words.wording", "from myofind import cli", "cli"),
        ("registers.client", "from myofind.writers.terminal import remark", "writers.terminal"),
    ],
)
def test_an_import_against_the_table_is_seen_however_it_is_written(module: str, line: str, used: str) -> None:
    assert against_the_table(f"myofind.{module}", line) == {(module, used)}


def test_what_the_table_allows_is_no_exception() -> None:
    text = "import re\nfrom . import dates\nfrom myofind.names import normal\nfrom myofind.domain.trial import Trial\n"
    assert against_the_table("myofind.domain.ages", text) == set()
