"""The commands as the framework knows them: only the one that was asked for is built; `--help` and completion build them all."""

import sys
from functools import cache
from importlib import import_module
from typing import Any

import typer
from typer.main import get_command

from myofind.commands.common import OK, guarded, open_registry
from myofind.language import Lang, worded

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
    """What `--version` prints: the program, and the registry it would answer from."""
    if asked:
        from myofind import __version__

        def show() -> int:
            meta = open_registry(None).meta
            sys.stdout.write(f"myofind {__version__}\nregistry {meta.name} {meta.version} (facts up to {meta.as_of})\n")
            return OK

        guarded(show)


@cache
def built(names: tuple[str, ...], lang: Lang) -> Any:
    """The application in a language, built once: `--lang` is by default what the run speaks, and help texts are in it."""
    app = get_command(application(names))
    for command in (app, *getattr(app, "commands", {}).values()):
        for parameter in command.params:
            if parameter.name == "lang":
                parameter.default = lang
    if lang == "fr":
        _into_french(app)
    return app


def _into_french(app: Any) -> None:
    """Help texts in French, as `words.help` has them."""
    from myofind.words.help import ABOUT as FRENCH
    from myofind.words.help import in_french

    app.help = FRENCH
    for name, command in {"": app, **app.commands}.items():
        command.help = in_french(name) or command.help
        for parameter in command.params:
            option = max(parameter.opts, key=len)
            parameter.help = in_french(name, option) or parameter.help


def run_command(arguments: list[str], lang: Lang) -> None:
    """Run one command and exit with its code."""
    first = arguments[0] if arguments else ""
    if first in COMMANDS and "--version" in arguments:
        arguments = ["--version"]
    names = (first,) if first in COMMANDS else tuple(COMMANDS)
    app = built(names, lang)
    if first in COMMANDS and (twice := _given_twice(arguments[1:], app, app.commands[first])):
        english = f"myofind: `{twice}` stands twice on the command line\n  help: keep one of the two"
        french = f"myofind: `{twice}` figure deux fois sur la ligne de commande\n  aide : n'en garder qu'une"
        sys.stderr.write(worded((english, french)) + "\n")
        sys.exit(2)
    guarded(lambda: app(args=arguments, prog_name="myofind") or OK)


_ONE_FACT = frozenset(("age", "birth_date", "sex", "onset", "ild", "refractory"))
"""What a patient has one of: typed twice, neither is dropped in silence; a yes may be repeated, but not beside a no."""


def _given_twice(arguments: list[str], app: Any, command: Any) -> str:
    """The option of a fact that stands twice on a command line, or nothing."""
    whole = app.context_class(app, **app.context_settings)
    reader = command.make_parser(command.context_class(command, parent=whole, resilient_parsing=True))
    _, _, given = reader.parse_args(list(arguments))
    for option in given:
        if option.name in _ONE_FACT:
            names = [max(names, key=len) for names in (option.opts, option.secondary_opts) if names]
            if set(names) <= set(arguments) if option.is_flag else given.count(option) > 1:
                return "/".join(names)
    return ""
