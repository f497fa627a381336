"""Questions on a terminal when `match` is asked with nothing; an empty answer is "not known"."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import typer

from myofind.diagnostics import InputError
from myofind.profile import Typed, understand
from myofind.wording import Lang, pick


def interview(lang: Lang) -> Typed:
    """Ask for the facts one by one; an answer that cannot be read is asked again."""
    typer.echo(
        pick(
            lang,
            "Leave empty what is not known. Nothing is stored.",
            "Laissez vide ce qui n'est pas connu. Rien n'est conservé.",
        ),
        err=True,
    )
    facts = Typed()
    for question, add in _QUESTIONS:
        facts = _ask(pick(lang, *question), facts, add)
    return facts


def _ask(question: str, facts: Typed, add: Callable[[Typed, str], Typed]) -> Typed:
    while True:
        typed = typer.prompt(question, default="", show_default=False, err=True).strip()
        if not typed:
            return facts
        try:
            new = add(facts, typed)
            understand(new, date.today())
        except InputError as error:
            typer.echo(f"  {error.message}", err=True)
            if error.hint:
                typer.echo(f"  {error.hint}", err=True)
            continue
        return new


def _yes_no(typed: str) -> bool | None:
    word = typed.strip().lower()[:1]
    if word in ("y", "o"):
        return True
    if word == "n":
        return False
    if word == "?":
        return None
    raise InputError(f"`{typed[:20]}`: yes, no, or empty")


_QUESTIONS: tuple[tuple[tuple[str, str], Callable[[Typed, str], Typed]], ...] = (
    (
        ("Diagnosis (dm, imnm, asys, ibm, pm, jdm …)", "Diagnostic (dm, imnm, asys, ibm, pm, jdm …)"),
        lambda facts, text: facts._replace(subtypes=(text,)),
    ),
    (("Age (45, 6 months)", "Âge (45, 6 mois)"), lambda facts, text: facts._replace(age=text)),
    (
        ("Autoantibodies (Jo-1 +, Ro52 +, SRP neg)", "Auto-anticorps (Jo-1 +, Ro52 +, SRP neg)"),
        lambda facts, text: facts._replace(antibodies=(text,)),
    ),
    (("Country", "Pays"), lambda facts, text: facts._replace(countries=(text,))),
    (
        ("Interstitial lung disease (yes/no)", "Pneumopathie interstitielle (oui/non)"),
        lambda facts, text: facts._replace(ild=_yes_no(text)),
    ),
    (
        ("Refractory to usual treatment (yes/no)", "Réfractaire aux traitements habituels (oui/non)"),
        lambda facts, text: facts._replace(refractory=_yes_no(text)),
    ),
)
