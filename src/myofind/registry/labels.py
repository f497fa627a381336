"""What a trial is called on a screen, in a word or two: a label that no other trial answers to.

The acronym, else what is tested, else the title. Where another trial bears the same name, or tests the same drug, digits
of the number follow: `CD19 CAR-T cells (0921)`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from myofind.domain.trial import Intervention, Trial
from myofind.names.compiled_files import above
from myofind.names.vocabulary import label, resolve, term

MOST_DRUGS = 3
"""Drugs that a label names."""
_DIGITS = 4
"""Digits of a number that tell trials of one drug apart."""


def tested(drugs_written: Sequence[tuple[str | None, Intervention]], lang: str) -> str:
    """What is tested, in short, under the names of the drug vocabulary, without the explanations it adds.

    `drugs_written` are the interventions, each with its id in the vocabulary of drugs where it has one.
    """
    chosen = [one for one in drugs_written if one[1].role == "experimental"] or list(drugs_written)
    names = [label("drugs", id, lang).partition(" (")[0] if id else drug.name for id, drug in chosen[:MOST_DRUGS]]
    more = f" +{len(chosen) - MOST_DRUGS}" if len(chosen) > MOST_DRUGS else ""
    return ", ".join(names) + more


def plain_label(trial: Trial, lang: str) -> str:
    """The label without the digits that tell it from others."""
    if trial.acronym:
        return trial.acronym
    resolved = [(resolve("drugs", one.name, exact=True).id, one) for one in trial.interventions]
    return tested(resolved, lang) or (trial.title_fr if lang == "fr" else None) or trial.title or trial.id


def drug_names(trial: Trial) -> list[str]:
    """Every name of what a trial tests: as written, brands, codes, classes, and the names of the vocabulary."""
    names: list[str] = []
    for one in trial.interventions:
        names += [one.name, *([one.brand] if one.brand else []), *one.codes]
        names += [one.drug_class] if one.drug_class else []
        id = resolve("drugs", one.name, exact=True).id
        if id:
            about = term("drugs", id)
            names += [about.en, about.fr, *about.aliases, about.klass]
            for held_in in sorted(above("drugs", id)):
                group = term("drugs", held_in)
                names += [group.en, group.fr, *group.aliases]
    return names


def with_tag(label: str, tag: str, id: str) -> str:
    """A label with the digits that make it one trial's; the id itself where there are none."""
    return id if tag == id else f"{label} ({tag})" if tag else label


def tags(trials: Iterable[Trial]) -> dict[str, str]:
    """The digits, or the id, that the label of a trial needs; nothing for labels that are one trial's alone."""
    from myofind.registry.search_words import fold

    several = tuple(trials)
    labels = {trial.id: {fold(plain_label(trial, lang)) for lang in ("en", "fr")} for trial in several}
    bearers: dict[str, set[str]] = defaultdict(set)
    for trial in several:
        names = {fold(name) for name in drug_names(trial)}
        for name in labels[trial.id] | names:
            bearers[name].add(trial.id)
    found = {}
    for trial in several:
        rivals = {id for name in labels[trial.id] for id in bearers[name]} - {trial.id}
        if rivals and not trial.acronym:
            found[trial.id] = _tag(trial.id, rivals)
    return found


def _tag(id: str, rivals: Iterable[str]) -> str:
    digits = _digits(id)[-_DIGITS:]
    alike = len(digits) < _DIGITS or any(_digits(rival).endswith(digits) for rival in rivals)
    return id if alike else digits


def _digits(id: str) -> str:
    return "".join(sign for sign in id if sign.isdigit())
