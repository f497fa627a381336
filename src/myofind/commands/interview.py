"""Questions on a terminal when `match` is asked with nothing: the most deciding fact next, until nothing can change.

An empty answer is "not known" and is not asked again.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import NamedTuple

import typer

from myofind.advice.questions import Question, questions
from myofind.asking.profile import Profile, Typed, understand, yes_no
from myofind.diagnostics import InputError, shown
from myofind.matching import trial_sets as sets
from myofind.registry.compiled import Store
from myofind.words.advice import fact
from myofind.words.wording import Lang, pick


class Put(NamedTuple):
    """A question as it is put, and what its answer does to the facts."""

    text: tuple[str, str]
    add: Callable[[Typed, str, Lang], Typed]


def interview(store: Store, day: date, lang: Lang, exact: bool = False) -> Typed:
    """Ask for the facts; an answer that cannot be read is asked again."""
    _say(
        pick(
            lang,
            "Leave empty what is not known. Nothing is stored.",
            "Laissez vide ce qui n'est pas connu. Rien n'est conservé.",
        )
    )
    facts, asked_for = Typed(), set[str]()
    while True:
        asked = understand(facts, day, exact=exact, lang=lang)
        left = [one for one in remaining(store, asked, day) if _topic(one, asked_for) not in asked_for]
        if not left:
            break
        question = left[0]
        asked_for.add(_topic(question, asked_for))
        facts = _ask(question, facts, asked, day, lang, exact, first="panel" not in asked_for)
        if question.kind == "autoantibodies":
            asked_for.add("panel")
    _say(pick(lang, "Nothing more would change the answer.", "Plus rien ne changerait la réponse."))
    return facts


def remaining(store: Store, asked: Profile, day: date) -> tuple[Question, ...]:
    """The questions that can still change something for trials that are not closed, most deciding first."""
    table = store.index
    judged = sets.judged(table, asked.patient, day)
    states = sets.states(table, day)
    possible = sets.combine(table, *sets.total(judged)).possible & ~states["closed"]
    return questions(table, asked.patient, day, judged, possible, possible & states["open"])


def _topic(question: Question, asked_for: set[str]) -> str:
    """What counts as asked: onset is asked once, in whichever form; the first question on antibodies takes them all."""
    if question.kind in ("onset", "onset_age"):
        return "onset"
    return question.fact


def _ask(question: Question, facts: Typed, asked: Profile, day: date, lang: Lang, exact: bool, first: bool) -> Typed:
    put = _put(question, asked, lang, first)
    while True:
        typed = typer.prompt(pick(lang, *put.text), default="", show_default=False, err=True).strip()
        if typed in ("", "?"):
            return facts
        try:
            new = put.add(facts, typed, lang)
            understand(new, day, exact=exact, lang=lang)
        except InputError as error:
            if lang == "en" or question.kind not in _TOLD_IN_ENGLISH:
                _say(f"  {error.message}")
                if error.hint:
                    _say(f"  {error.hint}")
            else:
                _say(f"  `{shown(typed, 30)}` : réponse non comprise")
            continue
        return new


def _put(question: Question, asked: Profile, lang: Lang, first: bool) -> Put:
    """How a question is put: the first about antibodies takes a whole laboratory line."""
    if question.kind == "autoantibodies" and first:
        return Put(
            ("Autoantibodies (Jo-1 +, Ro52 +, SRP neg)", "Auto-anticorps (Jo-1 +, Ro52 +, SRP neg)"),
            lambda facts, text, _: facts._replace(antibodies=(*facts.antibodies, text)),
        )
    if question.kind == "autoantibodies":
        one = question.fact.partition(".")[2]
        name = fact(question.fact, asked.patient, lang)
        text = f"{name[:1].upper()}{name[1:]}"
        return Put(
            (f"{text} (+ / -)", f"{text} (+ / -)"),
            lambda facts, typed, lang: facts._replace(antibodies=(*facts.antibodies, f"{one}={_sign(typed, lang)}")),
        )
    return _PUT[question.fact]


def _sign(typed: str, lang: Lang) -> str:
    word = typed.strip().lower()
    if word[:1] in ("+", "p", "y", "o"):
        return "positive"
    if word[:1] in ("-", "−", "n"):
        return "negative"
    raise InputError(pick(lang, f"`{shown(typed, 20)}`: +, -, or empty", f"`{shown(typed, 20)}` : +, -, ou rien"))


def _yes_no(typed: str, lang: Lang) -> bool | None:
    try:
        return yes_no(typed, "", "")
    except InputError:
        said = shown(typed, 20)
        raise InputError(pick(lang, f"`{said}`: yes, no, or empty", f"`{said}` : oui, non, ou rien")) from None


def _say(text: str) -> None:
    typer.echo(text, err=True)


_TOLD_IN_ENGLISH = ("age", "sex", "onset", "onset_age")
"""Facts whose reader explains itself in English; the question shows what is understood."""

_PUT: dict[str, Put] = {
    "subtypes": Put(
        ("Diagnosis (dm, imnm, asys, ibm, pm, jdm …)", "Diagnostic (dm, imnm, asys, ibm, pm, jdm …)"),
        lambda facts, text, _: facts._replace(subtypes=(text,)),
    ),
    "age": Put(
        ("Age or birth date (45, 6 months, 1971-03-12)", "Âge ou date de naissance (45, 6 mois, 1971-03-12)"),
        lambda facts, text, _: _age(facts, text),
    ),
    "countries": Put(("Country", "Pays"), lambda facts, text, _: facts._replace(countries=(text,))),
    "sex": Put(("Sex (female/male)", "Sexe (femme/homme)"), lambda facts, text, _: facts._replace(sex=text)),
    "ild": Put(
        ("Interstitial lung disease (yes/no)", "Pneumopathie interstitielle (oui/non)"),
        lambda facts, text, lang: facts._replace(ild=_yes_no(text, lang)),
    ),
    "refractory": Put(
        ("Refractory to usual treatment (yes/no)", "Réfractaire aux traitements habituels (oui/non)"),
        lambda facts, text, lang: facts._replace(refractory=_yes_no(text, lang)),
    ),
    "onset": Put(
        ("Onset: a date (2024-03) or an age (12 years)", "Début : une date (2024-03) ou un âge (12 ans)"),
        lambda facts, text, _: facts._replace(onset=text),
    ),
    "onset_age": Put(
        ("Onset: an age (12 years) or a date (2024-03)", "Début : un âge (12 ans) ou une date (2024-03)"),
        lambda facts, text, _: facts._replace(onset=text),
    ),
}


def _age(facts: Typed, text: str) -> Typed:
    """An age or a birth date: whatever looks like a date, or a year, is one."""
    import re

    if re.search(r"\d{4}|\d\s*[-/.]\s*\d|[a-zéû]{3,}\s+\d{4}", text):
        return facts._replace(birth_date=text, age=None)
    return facts._replace(age=text, birth_date=None)
