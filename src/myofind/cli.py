"""The command line: which commands there are, and nothing of what they do.

Only the command that was asked for is built; `--help` and completion build them all.
"""

from __future__ import annotations

from importlib import import_module

import typer

COMMANDS: dict[str, str] = {
    "match": "match",
    "show": "show",
    "search": "search",
    "list": "listing",
    "compare": "compare",
    "vocab": "vocab",
    "validate": "validate",
    "schema": "schema",
    "diff": "diff",
    "refresh": "refresh",
    "draft": "draft",
    "due": "due",
    "discover": "discover",
}
"""Every command and its module in `myofind.commands`."""

ABOUT = """Find myositis trials for a patient, with a reason for every yes, no and don't-know.

An answer holds on the criteria recorded in the registry, at their date. It is not medical advice.
Exit codes: 0 answered, 1 findings (validate), 2 wrong usage or unusable input, 3 a bug of ours,
4 a register could not be asked (refresh, draft)."""


def application(names: tuple[str, ...]) -> typer.Typer:
    """The application with some of its commands."""
    app = typer.Typer(
        name="myofind", help=ABOUT, no_args_is_help=True, rich_markup_mode=None, pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )  # fmt: skip

    @app.callback()
    def root(
        version: bool = typer.Option(
            False,
            "--version",
            help="Show the version of the program and of the registry.",
            callback=_version,
            is_eager=True,
        ),
    ) -> None:
        pass

    for name in names:
        app.command(name)(import_module(f"myofind.commands.{COMMANDS[name]}").command)
    return app


def _version(asked: bool) -> None:
    if asked:
        from myofind.commands.version import show_version

        show_version()


def run(arguments: list[str]) -> None:
    """Run one command and exit with its code."""
    first = arguments[0] if arguments else ""
    if first in COMMANDS and "--version" in arguments:
        arguments = ["--version"]
    names = (first,) if first in COMMANDS else tuple(COMMANDS)
    app = application(names)
    app(args=arguments, prog_name="myofind")
