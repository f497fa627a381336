"""Everything that is checked, each by one word: `nox` runs all of it, `nox -s tests -- tests/test_ages.py` one file.

Nothing here is needed to run the program; `pip install nox` brings the command.
"""

import nox

nox.options.sessions = ["lint", "types", "tests", "data"]
nox.options.reuse_existing_virtualenvs = True
TYPERS = ("typer>=0.26,<0.27", "typer>=0.28,<0.29")
"""The ends of the versions that are allowed."""


def _install(session: nox.Session) -> None:
    session.install("-e", ".[dev]")


@nox.session
def lint(session: nox.Session) -> None:
    """Style, and the format of the code."""
    _install(session)
    session.run("ruff", "check", ".")
    session.run("ruff", "format", "--check", ".")


@nox.session
def types(session: nox.Session) -> None:
    """Types of the program, its tests and tools."""
    _install(session)
    session.run("mypy")


@nox.session
def tests(session: nox.Session) -> None:
    """The suite, or what is named behind `--`."""
    _install(session)
    session.run("pytest", "-q", "-n", "auto", *session.posargs)


@nox.session
def data(session: nox.Session) -> None:
    """The names, the shipped registry, its examples, and mistakes of every kind in it."""
    _install(session)
    session.run("python", "tools/compile_names.py", "--check")
    session.run("python", "tools/slips.py", "--quick")
    session.run("myofind", "validate", "data/trials.yaml")
    session.run("python", "tools/slip_table.py", "--each", "2")
    session.run("python", "tools/examples.py", "--check")


@nox.session
@nox.parametrize("typer", TYPERS)
def versions(session: nox.Session, typer: str) -> None:
    """The commands under other versions of Typer."""
    _install(session)
    session.install("-q", typer)
    session.run(
        "pytest", "-q", "-n", "auto", "tests/test_commands.py", "tests/test_language.py", "tests/test_validate.py"
    )


@nox.session
def long(session: nox.Session) -> None:
    """The long runs, one after the other: an hour or more (CONTRIBUTING lists each with what it shows)."""
    _install(session)
    many = {"MYOFIND_EXAMPLES": "50"}
    session.run("pytest", "-q", "-n", "auto", "tests/test_index.py", "tests/test_eligibility.py", "tests/test_facts.py",
                "tests/test_nearness.py", "tests/test_settling.py", "tests/test_cohort.py", env=many)  # fmt: skip
    session.run("python", "tools/slips.py")
    session.run("python", "tools/fuzz_registry.py")
    session.run("python", "tools/mutate_registry.py")
    session.run("python", "tools/slip_table.py", "--each", "20")
    session.run("python", "tools/compare_verdicts.py")
    session.run("python", "tools/mutate.py", "src/myofind/report", "--tests", "tests/report")
