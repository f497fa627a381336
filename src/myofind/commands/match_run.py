"""What `match` was asked, and which report answers it."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from datetime import date
from typing import Any

from myofind.asking.typed import Profile, Typed, known_facts, overlay
from myofind.commands.common import (
    OK,
    PAGE_FORMATS,
    evaluation_day,
    language_and_format,
    name_of,
    open_registry,
    print_report,
    states_of,
)
from myofind.commands.numbered import on_terminal, read_asking, understood
from myofind.diagnostics import InputError
from myofind.records import NamedTuple
from myofind.registry.compiled import Store
from myofind.report.answer import Wanted, answer
from myofind.words.wording import Lang, pick, picks
from myofind.writers.formats import WRITERS
from myofind.writers.layout import Layout, on_screen, put
from myofind.writers.terminal import remark

TABLE_LIMIT = 60
"""Most rows of a table, unless all are asked for."""


ANSWER_LINES = 45
"""Most lines of an answer on a screen, unless a number of rows or all are asked for."""


class Request(NamedTuple):
    """The options of `match`, as typed."""

    typed: Typed
    profile: str | None = None
    everything: bool = False
    status: tuple[str, ...] = ()
    explain: bool = False
    why_not: str | None = None
    letter: str | None = None
    what_if: tuple[str, ...] = ()
    also_as: tuple[str, ...] = ()
    near: bool = False
    studies: bool = False
    explain_order: bool = False
    cohort: str | None = None
    id_column: str | None = None
    fail_fast: bool = False
    exact: bool = False
    limit: int | None = None
    on: str | None = None
    form: str = "table"
    lang: str = "en"
    registry: str | None = None

    @property
    def of_rows(self) -> dict[str, object]:
        """Options about the rows of an answer, by name."""
        return {
            "--all": self.everything, "--status": self.status, "--explain": self.explain, "--near": self.near,
            "--studies": self.studies,
        }  # fmt: skip


def request_of(values: Mapping[str, Any]) -> Request:
    """The request of a command line: what was typed by the parameter of the command; what was not typed may be missing."""
    given: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value for name, value in values.items() if value is not None
    }
    typed = Typed(**{name: given[name] for name in Typed._fields if name in given})
    return Request(typed, **{name: given[name] for name in Request._fields if name in given})


def run(request: Request) -> int:
    """Answer with the report that was asked for."""
    lang = language_and_format(request.lang, request.form, PAGE_FORMATS)
    if request.explain_order:
        return _order(lang, request.form)
    states_of(request.status)
    day = evaluation_day(request.on)
    if request.cohort is not None:
        return _cohort(request, request.cohort, day, lang)
    if request.id_column is not None or request.fail_fast:
        raise InputError(
            ("--id-column and --fail-fast are for --cohort", "--id-column et --fail-fast vont avec --cohort"),
            ("add --cohort FILE", "ajouter --cohort FICHIER"),
        )
    if request.why_not is not None:
        _alone("--why-not", {"--what-if": request.what_if, "--also-as": request.also_as, **request.of_rows})
    if request.letter is not None:
        page = request.form != "table"
        supposed = {"--why-not": request.why_not, "--what-if": request.what_if, "--also-as": request.also_as}
        _alone("--letter", {**supposed, "--format": page, **request.of_rows})
    others = _others(request.also_as, day, request.exact, lang)
    typed = _facts(request, day, lang)
    profile, typed = understood(typed, day, exact=request.exact, lang=lang)
    store = open_registry(request.registry)
    if request.letter is not None or request.why_not is not None:
        return _one_trial(request, store, profile, typed, day, lang)
    code = _answer(request, store, profile, typed, others, day, lang)
    if request.profile is None and not known_facts(request.typed):
        _again(request, profile, typed, lang)
    return code


def _one_trial(request: Request, store: Store, profile: Profile, typed: Typed, day: date, lang: Lang) -> int:
    """A letter to the centre of a trial; or a trial, or every one of a drug, with each criterion in full.

    Raises InputError where the name of a letter's trial means several.
    """
    from myofind.registry.search import Finder
    from myofind.report.trial_page import explanation

    finder = Finder(store.trials())
    if request.letter is None:
        chosen = [trial.id for trial in finder.find(request.why_not or "")]
        whole = explanation(store, profile, typed, chosen, day)
        return print_report(request.form, "explanation", whole, lang, whole.notes)
    from myofind.writers.letter import letter
    from myofind.writers.phrases import notes

    whole = explanation(store, profile, typed, [finder.find_one(request.letter).id], day)
    for text in notes(whole.notes, lang):
        remark(text)
    put(letter(whole, lang))
    return OK


def _answer(
    request: Request, store: Store, profile: Profile, typed: Typed, others: Profile, day: date, lang: Lang
) -> int:
    """The answer for one patient."""
    supposed = None
    if request.what_if:
        from myofind.advice.what_if import suppose_all

        supposed, request = read_asking(
            lambda texts: suppose_all(store.index, profile, typed, texts.what_if, day, exact=texts.exact, lang=lang),
            request, lang,
        )  # fmt: skip
    states, statuses = states_of(request.status)
    unlimited = request.form != "table" or request.everything
    wanted = Wanted(
        everything=request.everything,
        states=states if request.status else None,
        statuses=statuses,
        limit=(request.limit or None) if request.limit is not None else None if unlimited else TABLE_LIMIT,
        also_as=others.patient.subtypes,
        sources=request.explain,
        questions=WRITERS[request.form].questions,
    )
    whole = answer(store, profile, typed, day, wanted, supposed=supposed, others=others)
    calm = not (request.everything or request.status or request.explain)
    most = ANSWER_LINES if calm and request.limit is None else None
    layout = Layout(most=most, explain=request.explain, calm=calm, near=request.near, studies=request.studies)
    return print_report(request.form, "answer", whole, lang, whole.notes, layout)


def _again(request: Request, profile: Profile, typed: Typed, lang: Lang) -> None:
    """The command that gives the answer of an interview again; a birth date is given as an age."""
    from myofind.asking.as_command import as_age, command

    options = (("--on", request.on), ("--registry", request.registry), ("--lang", lang if lang != "en" else None))
    more = [word for option, value in options if value for word in (option, value)]
    lead = pick(lang, "The same again: ", "La même réponse : ")
    sys.stderr.write(f"{lead}{command(as_age(profile, typed), *more)}\n")


def _cohort(request: Request, file: str, day: date, lang: Lang) -> int:
    """Many patients, each with its own facts."""
    from myofind.commands.cohort import run as run_cohort

    one_patient = {
        "--why-not": request.why_not, "--letter": request.letter, "--what-if": request.what_if,
        "--also-as": request.also_as, "--profile": request.profile,
    }  # fmt: skip
    _alone("--cohort", {**one_patient, **request.of_rows, "--limit": request.limit is not None})
    if known_facts(request.typed):
        raise InputError(
            ("--cohort takes the facts from its rows", "--cohort prend les données dans ses lignes"),
            ("leave out the facts of a single patient", "laisser de côté les données d'un seul patient"),
        )
    store = open_registry(request.registry)
    return run_cohort(file, store, day, request.form, lang, request.id_column, request.fail_fast, request.exact)


def _alone(option: str, others: Mapping[str, object]) -> None:
    """Refuse options that would be passed over in silence."""
    for name, value in others.items():
        if value:
            raise InputError(
                (f"{option} and {name} do not go together", f"{option} et {name} ne vont pas ensemble"),
                (f"leave out {name}", f"laisser de côté {name}"),
            )


def _order(lang: Lang, form: str) -> int:
    from myofind.words.summary import ORDER
    from myofind.writers.as_json import dump
    from myofind.writers.styles import paragraph

    lines, width = picks(lang, *ORDER), on_screen(Layout(lang), "table").width
    put(dump({"order": lines}) if form == "json" else [cells for line in lines for cells in paragraph(line, width)])
    return OK


def _others(names: tuple[str, ...], day: date, exact: bool, lang: Lang) -> Profile:
    """The subtypes of `--also-as`, and how they were read."""
    read, _ = understood(Typed(subtypes=names), day, exact=exact, lang=lang, option="--also-as")
    if read.patient.antibodies:
        english = "--also-as takes subtypes; antibodies were named too"
        raise InputError(
            (english, "--also-as prend des sous-types ; des anticorps sont nommés aussi"),
            ("suppose results with --what-if", "supposer des résultats avec --what-if"),
        )
    return read


def with_profile(typed: Typed, profile: str | None) -> Typed:
    """The facts typed, over those of a profile file where there is one; raises InputError for a file that cannot be read."""
    if profile is None:
        return typed
    from myofind.asking.profile_file import MAX_PROFILE, read_profile
    from myofind.registry.location import read_input

    data = read_input(profile, MAX_PROFILE)
    return overlay(read_profile(data, name_of(profile)), typed)


def _facts(request: Request, day: date, lang: Lang) -> Typed:
    """The facts typed, over those of a profile file; asked for one by one where there are none on a terminal."""
    typed = with_profile(request.typed, request.profile)
    if request.profile is not None or known_facts(typed):
        return typed
    if on_terminal():
        from myofind.commands.interview import interview

        return interview(open_registry(request.registry), day, lang, request.exact)
    hint = "for example: myofind match --subtype dm --age 45 --country FR; or --profile FILE"
    raise InputError(
        ("nothing is known of the patient", "rien n'est connu du patient"),
        (hint, "par exemple : myofind match --subtype dm --age 45 --country FR ; ou --profile FICHIER"),
    )
