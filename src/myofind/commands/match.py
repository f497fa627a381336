"""`myofind match`: which trials could this patient join, and why."""

import sys
from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, NamedTuple, cast

import typer

from myofind.asking.profile import Profile, Typed, known_facts, overlay, understand
from myofind.commands import complete, options
from myofind.commands.common import OK, choice, evaluation_day, guarded, open_registry
from myofind.diagnostics import InputError
from myofind.domain.recruitment import STATE_OF, STATES, State
from myofind.matching.answer import Answer, answer
from myofind.registry.compiled import Store
from myofind.words.wording import Lang, pick
from myofind.writers.terminal import console, remark, width_of

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
    fact: Annotated[
        list[str] | None,
        typer.Option(
            "--fact",
            "-F",
            metavar="NAME[=VALUE]",
            help="A fact trials ask for: cancer, 'no cancer', 'fvc 65 %'; `myofind vocab facts` lists them; repeatable.",
            autocompletion=complete.facts,
        ),
    ] = None,
    treatment: Annotated[
        list[str] | None,
        typer.Option(
            "--treatment",
            "-T",
            metavar="DRUG[=WHEN]",
            help="A treatment: 'rituximab until 2026-05', 'never IVIG', 'no other'; repeatable.",
            autocompletion=complete.drugs,
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
    explain: Annotated[
        bool, typer.Option("--explain", help="Every criterion of every trial listed, with the source of the rule.")
    ] = False,
    why_not: Annotated[
        str | None,
        typer.Option(
            "--why-not",
            metavar="ID|ACRONYM",
            help="One trial in full: required, found, outcome, source.",
            autocompletion=complete.trials,
        ),
    ] = None,
    what_if: Annotated[
        list[str] | None,
        typer.Option(
            "--what-if",
            metavar="FACT=VALUE",
            help="Verdicts that flip, and why: mda5=positive, age=18; several are supposed together.",
        ),
    ] = None,
    also_as: Annotated[
        list[str] | None,
        typer.Option(
            "--also-as",
            metavar="SUBTYPE",
            help="What would open under another subtype; repeatable.",
            autocompletion=complete.subtypes,
        ),
    ] = None,
    near: Annotated[
        bool, typer.Option("--near", help="Trials that fail exactly one criterion, by what can be done.")
    ] = False,
    studies: Annotated[bool, typer.Option("--studies", help="Every registry and observational study.")] = False,
    explain_order: Annotated[
        bool, typer.Option("--explain-order", help="The rule by which trials are ordered, and nothing else.")
    ] = False,
    cohort: Annotated[
        str | None,
        typer.Option(
            "--cohort",
            metavar="FILE.csv|.jsonl|-",
            help="Many patients, one a row: a table, a matrix (csv) or JSON lines.",
        ),
    ] = None,
    id_column: Annotated[
        str | None,
        typer.Option("--id-column", metavar="NAME", help="The column of --cohort that names a row (default: id)."),
    ] = None,
    fail_fast: Annotated[bool, typer.Option("--fail-fast", help="Stop --cohort at the first bad row.")] = False,
    exact: Annotated[bool, typer.Option("--exact", help="Accept no typing slip in names.")] = False,
    limit: Annotated[
        int | None,
        typer.Option(
            "--limit", min=0, help=f"Most rows (a table has {TABLE_LIMIT} unless --all is asked; 0: no limit)."
        ),
    ] = None,
    on: options.On = None,
    form: options.Format = "table",
    lang: options.Language = "en",
    registry: options.Registry = None,
) -> None:
    """Which trials could this patient join, where, why, why not, and how sure are we."""
    typed = Typed(
        tuple(subtype or ()), age, birth_date, tuple(antibody or ()), tuple(country or ()), sex, onset, ild, refractory,
        (), tuple(fact or ()), tuple(treatment or ()),
    )  # fmt: skip

    def work() -> int:
        choice(form, options.FORMATS, "--format")
        language = cast("Lang", choice(lang, options.LANGUAGES, "--lang"))
        if explain_order:
            return _order(language, form)
        states, statuses = _states(status)
        day = evaluation_day(on)
        rows_of_one = {
            "--all": everything, "--status": status, "--explain": explain, "--near": near, "--studies": studies,
        }  # fmt: skip
        if cohort is not None:
            from myofind.commands.cohort import run

            one_patient = {"--why-not": why_not, "--what-if": what_if, "--also-as": also_as, "--profile": profile}
            _alone("--cohort", {**one_patient, **rows_of_one, "--limit": limit is not None})
            if known_facts(typed):
                raise InputError("--cohort takes the facts from its rows", "leave out the facts of a single patient")
            return run(cohort, open_registry(registry), day, form, language, id_column, fail_fast, exact)
        if id_column is not None or fail_fast:
            raise InputError("--id-column and --fail-fast are for --cohort", "add --cohort FILE")
        if why_not is not None:
            _alone("--why-not", {"--what-if": what_if, "--also-as": also_as, **rows_of_one})
        others = _others(also_as, day, exact, language)
        facts = _facts(typed, profile, language, registry, day, exact)
        asked = understand(facts, day, exact=exact, lang=language)
        store = open_registry(registry)
        if why_not is not None:
            from myofind.commands.why import explain_trial

            return explain_trial(store, why_not, asked, facts, day, form, language)
        rows = limit if limit is not None else (TABLE_LIMIT if form == "table" and not everything else 0)
        found = answer(
            store, asked.patient, day, everything=everything, wanted=states if status else None, statuses=statuses, limit=rows or None
        )  # fmt: skip
        supposed = None
        if what_if:
            from myofind.advice.what_if import suppose_all

            supposed = suppose_all(store.index, asked, facts, tuple(what_if), day, exact=exact, lang=language)
            asked = _noting(asked, supposed.profile.notes)
        asked = _noting(asked, others.readings)
        calm = not (everything or status or explain)
        shown = Shown(day, language, explain, calm, near, studies, others.patient.subtypes)
        _print(form, store, asked, facts, found, shown, supposed)
        return OK

    guarded(work)


class Shown(NamedTuple):
    """How much of an answer was asked for."""

    day: date
    lang: Lang
    explain: bool = False
    calm: bool = True
    near: bool = False
    studies: bool = False
    also_as: tuple[str, ...] = ()


def _alone(option: str, others: Mapping[str, object]) -> None:
    """Refuse options that would be passed over in silence."""
    for name, value in others.items():
        if value:
            raise InputError(f"{option} and {name} do not go together", f"leave out {name}")


def _order(lang: Lang, form: str) -> int:
    from myofind.writers.phrases import ORDER

    lines = [pick(lang, *line) for line in ORDER]
    if form == "json":
        from myofind.writers.json_values import dump

        sys.stdout.write(dump({"order": lines}) + "\n")
    else:
        sys.stdout.write("".join(f"{line}\n" for line in lines))
    return OK


def _others(names: list[str] | None, day: date, exact: bool, lang: Lang) -> Profile:
    """The subtypes of `--also-as`, and how they were read."""
    try:
        read = understand(Typed(subtypes=tuple(names or ())), day, exact=exact, lang=lang)
    except InputError as error:
        raise InputError(f"--also-as: {error.message}", error.hint) from None
    if read.patient.antibodies:
        raise InputError("--also-as takes subtypes; antibodies were named too", "suppose results with --what-if")
    return read


def _noting(asked: Profile, more: tuple[str, ...]) -> Profile:
    """The patient, with more notes to say."""
    return asked._replace(notes=tuple(dict.fromkeys((*asked.notes, *more))))


def _facts(typed: Typed, profile: str | None, lang: Lang, registry: str | None, day: date, exact: bool) -> Typed:
    """The facts typed, over those of a profile file; asked for one by one where there are none on a terminal."""
    if profile is not None:
        from pathlib import Path

        from myofind.asking.profile import read_profile
        from myofind.registry.location import read_bytes

        data = sys.stdin.buffer.read(64 * 1024 * 1024) if profile == "-" else read_bytes(Path(profile))
        return overlay(read_profile(data, "standard input" if profile == "-" else profile), typed)
    if known_facts(typed):
        return typed
    if sys.stdin.isatty() and sys.stdout.isatty():
        from myofind.commands.interview import interview

        return interview(open_registry(registry), day, lang, exact)
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


def _print(form: str, store: Store, asked: Profile, facts: Typed, found: Answer, shown: Shown, supposed: Any) -> None:
    from myofind.advice.advice import advise

    advice = advise(store.index, asked, facts, found, shown.day, shown.lang, shown.also_as)
    if form == "json":
        from myofind.writers import json_values as plain

        whole = plain.answer(store, asked, found, shown.day, shown.lang, advice=advice, explain=shown.explain)
        if supposed is not None:
            from myofind.writers import advice_json as extras

            whole["what_if"] = extras.supposed(store, asked, found, supposed, shown.day, shown.lang)
        sys.stdout.write(plain.dump(whole) + "\n")
        return
    for note in asked.notes:
        remark(note)
    if form in ("csv", "markdown"):
        from myofind.writers import csv_markdown as sheets

        sys.stdout.write(sheets.answer(form, store, asked, found, advice, supposed, shown.day, shown.lang))
        return
    from myofind.writers import answer_screen as screen

    target = console()
    width = width_of(target)
    view = screen.View(width, shown.lang, shown.day, shown.explain, shown.calm, shown.studies)
    if supposed is not None:
        from myofind.writers import columns as grid
        from myofind.writers.what_if_screen import page

        grid.show(target, page(store, asked, found, supposed, view))
        return
    from myofind.writers.advice_screen import foot

    screen.show(target, store, asked, found, view, foot(store, asked, found, advice, view, shown.near))
