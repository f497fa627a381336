"""`myofind match`: which trials could this patient join, and why."""

from __future__ import annotations

import sys
from datetime import date
from typing import Annotated, Any, cast

import typer

from myofind.commands import complete, options
from myofind.commands.common import OK, choice, evaluation_day, guarded, open_registry
from myofind.diagnostics import InputError
from myofind.matching import answer
from myofind.profile import Profile, Typed, known_facts, overlay, understand
from myofind.recruitment import STATE_OF, STATES, State
from myofind.registry.store import Store
from myofind.render.terminal import console, remark, width_of
from myofind.wording import Lang

FORMATS = ("table", "json")
TABLE_LIMIT = 60


def command(
    subtype: Annotated[
        list[str] | None,
        typer.Option(
            "--subtype", "-s", help="Subtype; repeat for several under discussion.", autocompletion=complete.subtypes
        ),
    ] = None,
    age: Annotated[str | None, typer.Option("--age", "-a", help="Age: 45, 45y, 6 months, 17y 8m.")] = None,
    birth_date: Annotated[
        str | None, typer.Option("--birth-date", "-b", help="Birth date: 1971-03-12, or a year.")
    ] = None,
    antibody: Annotated[
        list[str] | None,
        typer.Option(
            "--antibody",
            "-A",
            metavar="NAME[=RESULT]",
            help="Autoantibody, positive unless said; a pasted laboratory line is read too.",
            autocompletion=complete.antibodies,
        ),
    ] = None,
    country: Annotated[
        list[str] | None,
        typer.Option("--country", "-c", help="Country; repeat for several.", autocompletion=complete.countries),
    ] = None,
    sex: Annotated[str | None, typer.Option("--sex", help="female or male.")] = None,
    onset: Annotated[str | None, typer.Option("--onset", help="Onset: a date (2024-03) or an age (12 years).")] = None,
    ild: Annotated[bool | None, typer.Option("--ild/--no-ild", help="Interstitial lung disease.")] = None,
    refractory: Annotated[
        bool | None,
        typer.Option(
            "--refractory/--no-refractory", help="Failure, intolerance or contra-indication of usual treatment."
        ),
    ] = None,
    profile: Annotated[
        str | None,
        typer.Option(
            "--profile",
            "-p",
            metavar="FILE",
            help="Facts from a YAML or JSON file, or - for standard input; options win.",
        ),
    ] = None,
    everything: Annotated[bool, typer.Option("--all", help="Every trial of the registry, excluded ones too.")] = False,
    status: Annotated[
        list[str] | None,
        typer.Option(
            "--status",
            metavar="STATE",
            help="Only this state: open, upcoming, by_invitation, closed, unknown, or a register status; repeatable.",
        ),
    ] = None,
    explain: Annotated[bool, typer.Option("--explain", help="Every criterion of every trial listed.")] = False,
    exact: Annotated[bool, typer.Option("--exact", help="Accept no typing slip in names.")] = False,
    limit: Annotated[
        int | None,
        typer.Option("--limit", min=0, help=f"Most rows of the table (default {TABLE_LIMIT}; 0: no limit)."),
    ] = None,
    on: options.On = None,
    form: options.Format = "table",
    lang: options.Language = "en",
    registry: options.Registry = None,
) -> None:
    """Which trials could this patient join, where, why, why not, and how sure are we."""
    typed = Typed(
        tuple(subtype or ()), age, birth_date, tuple(antibody or ()), tuple(country or ()), sex, onset, ild, refractory
    )  # fmt: skip

    def work() -> int:
        choice(form, FORMATS, "--format")
        language = cast("Lang", choice(lang, options.LANGUAGES, "--lang"))
        states, statuses = _states(status)
        day = evaluation_day(on)
        facts = _facts(typed, profile, language)
        asked = understand(facts, day, exact=exact, lang=language)
        store = open_registry(registry)
        rows = limit if limit is not None else (TABLE_LIMIT if form == "table" else 0)
        found = answer(
            store, asked.patient, day, everything=everything, wanted=states if status else None, statuses=statuses, limit=rows or None
        )  # fmt: skip
        _print(form, store, asked, found, day, language, explain)
        return OK

    guarded(work)


def _facts(typed: Typed, profile: str | None, lang: Lang) -> Typed:
    """The facts typed, over those of a profile file; asked for one by one where there are none on a terminal."""
    if profile is not None:
        from pathlib import Path

        from myofind.profile import read_profile
        from myofind.registry.locate import read_bytes

        data = sys.stdin.buffer.read(64 * 1024 * 1024) if profile == "-" else read_bytes(Path(profile))
        return overlay(read_profile(data, "standard input" if profile == "-" else profile), typed)
    if known_facts(typed):
        return typed
    if sys.stdin.isatty() and sys.stdout.isatty():
        from myofind.commands.interview import interview

        return interview(lang)
    raise InputError(
        "nothing is known of the patient",
        "for example: myofind match --subtype dm --age 45 --country FR; or --profile FILE",
    )


def _states(words: list[str] | None) -> tuple[tuple[State, ...], tuple[str, ...]]:
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
            accepted = (*STATES, "any", *(one for one in STATE_OF if one != "unknown"))
            choice(word, accepted, "--status")
    return tuple(states), tuple(statuses)


def _print(form: str, store: Store, asked: Profile, found: Any, day: date, lang: Lang, explain: bool) -> None:
    if form == "json":
        from myofind.render import plain

        sys.stdout.write(plain.dump(plain.answer(store, asked, found, day, lang)) + "\n")
        return
    from myofind.render import answer as screen

    for note in asked.notes:
        remark(note)
    target = console()
    screen.show(target, width_of(target), store, asked, found, day, lang, explain)
