"""What commands share: the evaluation day, the registry, and the boundary where errors become exit codes."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from datetime import date, datetime, timezone
from functools import wraps
from typing import TYPE_CHECKING, Any, NoReturn, ParamSpec, TextIO, cast

from myofind.diagnostics import InputError, reason_of, shown
from myofind.domain.dates import first_day
from myofind.domain.recruitment import STATE_OF, STATES, State
from myofind.language import LANGUAGES, Words, worded
from myofind.registry.location import registry_file
from myofind.writers.terminal import machine_readable, remark, tame_streams

if TYPE_CHECKING:
    from myofind.registry.compiled import Store
    from myofind.report.values import Note
    from myofind.words.wording import Lang
    from myofind.writers.layout import Layout

REPORT_IT = (
    "  help: please report it with the command you typed (without patient data); MYOFIND_DEBUG=1 shows more",
    "  aide : merci de le signaler avec la commande (sans données de patient) ; MYOFIND_DEBUG=1 en montre plus",
)
FORMATS = ("table", "json", "csv", "markdown")
PAGE_FORMATS = (*FORMATS, "html")
"""Of commands whose report is also a page."""
Given = ParamSpec("Given")
OK, FINDINGS, USAGE, BUG, INTERRUPTED = 0, 1, 2, 3, 130
"""Exit codes: answered; findings; wrong usage or unusable input; a bug of ours; interrupted."""


def guarded(work: Callable[[], int]) -> NoReturn:
    """Run a command and leave with its exit code; bad input is a message, never a traceback."""
    sys.exit(_run(work))


def exits(work: Callable[Given, int]) -> Callable[Given, NoReturn]:
    """What gives back an exit code as a command, which leaves with it."""

    @wraps(work)
    def command(*values: Given.args, **named: Given.kwargs) -> NoReturn:
        guarded(lambda: work(*values, **named))

    return command


def _run(work: Callable[[], int]) -> int:
    tame_streams()
    try:
        code = work()
        sys.stdout.flush()
        return code
    except InputError as error:
        remark(f"myofind: {error.message}")
        if error.hint:
            remark((f"  help: {error.hint}", f"  aide : {error.hint}"))
        return USAGE
    except KeyboardInterrupt:
        remark(("interrupted", "interrompu"))
        return INTERRUPTED
    except BrokenPipeError:
        return _quiet_pipe()
    except MemoryError:
        english = "myofind: the input is too large for the memory of this machine"
        remark((english, "myofind: l'entrée dépasse la mémoire de cette machine"))
        return USAGE
    except OSError as error:
        _quiet_pipe()
        why = reason_of(error)
        remark((f"myofind: cannot go on: {why[0]}", f"myofind: impossible de continuer : {why[1]}"))
        return USAGE
    except Exception as error:
        if os.environ.get("MYOFIND_DEBUG"):
            raise
        # The message may hold what was typed: only the kind and the place are shown.
        place = error.__traceback__
        while place and place.tb_next:
            place = place.tb_next
        where = f"{os.path.basename(place.tb_frame.f_code.co_filename)}:{place.tb_lineno}" if place else "?"
        name = type(error).__name__
        remark((f"myofind: a bug of ours: {name} at {where}", f"myofind: un défaut de myofind : {name}, {where}"))
        remark(REPORT_IT)
        return BUG


def _quiet_pipe() -> int:
    """The reader left: nothing to say, and nothing must be said at exit either."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return OK


def evaluation_day(option: str | None) -> date:
    """The day asked about: `--on`, else SOURCE_DATE_EPOCH, else today; raises InputError for what is no calendar day."""
    if option is not None:
        try:
            day = first_day(option)
            if len(option) != 10 or not 1900 <= day.year <= 2200:
                raise ValueError
            return day
        except ValueError:
            hint = "write --on YYYY-MM-DD, for example --on 2026-11-20"
            raise InputError(
                (f"`{shown(option)}` is not a day", f"`{shown(option)}` n'est pas un jour"),
                (hint, "écrire --on AAAA-MM-JJ, par exemple --on 2026-11-20"),
            ) from None
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "").strip()
    if not epoch:
        return date.today()
    if not (epoch.isascii() and epoch.isdigit() and len(epoch) < 12):
        english = f"SOURCE_DATE_EPOCH is `{shown(epoch)}`, which is no number of seconds"
        raise InputError(
            (english, f"SOURCE_DATE_EPOCH vaut `{shown(epoch)}`, qui n'est pas un nombre de secondes"),
            ("unset it, or give the day with --on", "la retirer, ou donner le jour avec --on"),
        )
    return datetime.fromtimestamp(int(epoch), timezone.utc).date()


def open_registry(option: str | None) -> Store:
    """The registry to answer from."""
    from myofind.registry.compiled import open_store

    return open_store(registry_file(option))


def print_report(
    form: str, report: str, value: Any, lang: Lang, notes: Sequence[Note] = (), layout: Layout | None = None
) -> int:
    """Write a report in a format to stdout; what it does not carry of the notes goes to stderr. The exit code.

    `report` names the function of the format's writer.
    """
    from myofind.writers import phrases
    from myofind.writers.formats import notes_apart, writer
    from myofind.writers.layout import Layout, on_screen, put

    for text in phrases.notes(notes_apart(form, notes), lang):
        remark(text)
    put(writer(form, report)(value, on_screen((layout or Layout(lang))._replace(lang=lang), form)))
    return OK


def tell(where: str, words: Words) -> None:
    """A remark about a file or a number."""
    remark(f"{shown(where, 200)}{worded((':', ' :'))} {shown(worded(words), 200)}")


def without_pager(asked: bool) -> bool:
    """What `--no-pager` does."""
    if asked:
        os.environ["MYOFIND_PAGER"] = ""
    return asked


def choice(value: str, accepted: tuple[str, ...], option: str) -> str:
    """One of the words an option takes; raises InputError naming them."""
    if value not in accepted:
        listed = ", ".join(accepted)
        raise InputError(
            (f"{option} takes {listed}; found `{shown(value)}`", f"{option} admet {listed} ; trouvé `{shown(value)}`")
        )
    return value


def chosen_format(value: str, accepted: tuple[str, ...]) -> str:
    """A format a command has; what a program reads is then written as UTF-8 or ASCII. Raises InputError naming the formats."""
    choice(value, accepted, "--format")
    if value in ("json", "csv", "sarif"):
        machine_readable()
    elif value == "html":
        machine_readable("xmlcharrefreplace")
    return value


def language_and_format(lang: str, form: str, formats: tuple[str, ...]) -> Lang:
    """The language asked for, once it and the format are ones there are; raises InputError naming them."""
    chosen_format(form, formats)
    return cast("Lang", choice(lang, LANGUAGES, "--lang"))


def language_and_day(
    lang: str, form: str, on: str | None, formats: tuple[str, ...] = PAGE_FORMATS
) -> tuple[Lang, date]:
    """The language asked for and the day asked about, once the format is one there is; raises InputError for what is none."""
    return language_and_format(lang, form, formats), evaluation_day(on)


def name_of(path: str) -> str:
    """What a file is called in messages; `-` is standard input."""
    return worded(("standard input", "entrée standard")) if path == "-" else path


LONGEST_LINE = 4_000_000
"""No row of patients and no name is longer; what is may be anything, and without an end."""


def bounded_lines(stream: TextIO) -> Iterator[str]:
    """The lines of a text, whole; raises InputError for one that is too long to be a line of ours."""
    number = 0
    while line := stream.readline(LONGEST_LINE + 1):
        number += 1
        if len(line) > LONGEST_LINE and not line.endswith("\n"):
            english = f"line {number} has more than {LONGEST_LINE:,} characters"
            raise InputError(
                (english, f"la ligne {number} a plus de {LONGEST_LINE} caractères"),
                ("one name or one patient a line", "un nom ou un patient par ligne"),
            )
        yield line


def states_of(words: Sequence[str] | None) -> tuple[tuple[State, ...], tuple[str, ...]]:
    """The states of recruitment and the register statuses that words of `--status` name; raises InputError for others."""
    states: list[State] = []
    statuses = []
    for word in words or ():
        plain = word.strip().lower().replace("-", "_").replace(" ", "_")
        if plain in ("any", "all"):
            states.extend(STATES)
        elif plain in STATES:
            states.append(plain)
        elif plain in STATE_OF:
            statuses.append(plain)
        else:
            accepted = (*STATES, "any", *(status for status in STATE_OF if status != "unknown"))
            choice(word, accepted, "--status")
    return tuple(states), tuple(statuses)
