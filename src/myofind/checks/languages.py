"""Texts in both languages, each in its own, and files in the newest form."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from myofind.checks.rule import About, Entry, Found
from myofind.diagnostics import Path, write

_FRENCH = frozenset(
    ("le", "la", "les", "des", "du", "une", "un", "de", "et", "ou", "sans", "avec", "dans", "depuis", "pas", "est", "sont", "au", "aux", "par", "pour",
     "plus", "moins", "sur", "chez", "ne", "maladie", "ans", "mois", "semaines", "essai", "adultes", "enfants", "faiblesse", "traitement", "traitements",
     "grossesse", "grave", "déjà", "jamais", "après", "avant", "deux", "trois", "année", "médecin")
)  # fmt: skip
_ENGLISH = frozenset(
    ("the", "of", "and", "with", "without", "within", "for", "not", "no", "at", "least", "than", "is", "are", "by", "from", "to", "disease", "year",
     "years", "months", "weeks", "trial", "study", "adults", "children", "weakness", "treatment", "treatments", "pregnancy", "severe", "already", "never",
     "after", "before", "two", "three", "either", "both")
)  # fmt: skip

_TELLING = {"en": (_ENGLISH, _FRENCH), "fr": (_FRENCH, _ENGLISH)}
"""The words of a language, and those of the other."""


def _is_foreign(text: str, language: str) -> bool:
    """Whether every telling word of a text is of the other language."""
    words = text.lower().split()
    own, other = _TELLING[language]
    return own.isdisjoint(words) and not other.isdisjoint(words)


def _texts(entry: Entry) -> Iterator[tuple[Path, Any]]:
    """Every text that is written in two languages: notes, labels of contacts, names of cohorts, conflicts."""
    yield from entry.notes
    for number, contact in enumerate(entry.plain.get("contacts", ())):
        if "label" in contact:
            yield ("contacts", number, "label"), contact["label"]
    for number, cohort in enumerate(entry.plain.get("cohorts", ())):
        if "name" in cohort:
            yield ("cohorts", number), {"en": cohort["name"], **{key: cohort[key] for key in ("fr",) if key in cohort}}
    for number, conflict in enumerate(entry.plain.get("conflicts", ())):
        yield ("conflicts", number), conflict


def untranslated_text(entry: Entry, about: About) -> Iterator[Found]:
    """A note, a label, a cohort's name or a conflict is written in one language only (files of schema 2)."""
    if about.header.get("schema") != "2" or entry.plain.get("draft") is True:
        return
    for path, text in _texts(entry):
        if not isinstance(text, dict):
            yield Found(path, "a text in one language", "un texte dans une seule langue", *write("{en: …, fr: …}"))
        elif "fr" not in text and ("en" in text or "note" in text):
            yield Found(path, "a text without its French", "un texte sans son français", "add `fr:`", "ajouter `fr:`")


def wrong_language(entry: Entry, about: About) -> Iterator[Found]:
    """A French text stands where English is expected, or the other way round."""
    pairs: list[tuple[Path, str, Any]]
    pairs = [((key,), language, entry.plain.get(key)) for key, language in (("title", "en"), ("title_fr", "fr"))]
    for path, text in _texts(entry):
        if isinstance(text, dict):
            pairs += [((*path, key), key, text.get(key)) for key in ("en", "fr")]
    exchanged: set[Path] = set()
    for place, language, written in pairs:
        if isinstance(written, str) and _is_foreign(written, language) and place[:-1] not in exchanged:
            exchanged.add(place[:-1])
            message = (
                ("the text reads as French", "le texte se lit comme du français")
                if language == "en"
                else ("the text reads as English", "le texte se lit comme de l'anglais")
            )
            hint = (
                "exchange the two, or write this one in its language",
                "échanger les deux, ou écrire celui-ci dans sa langue",
            )
            yield Found(place, *message, *hint)


def missing_coverage(entry: Entry, about: About) -> Iterator[Found]:
    """A trial does not say how much of its criteria was read (files of schema 2)."""
    rules = entry.plain.get("eligibility")
    if about.header.get("schema") == "2" and rules is not None and "coverage" not in rules:
        yield Found(
            ("eligibility",),
            "the trial does not say how much of its criteria was read",
            "l'essai ne dit pas quelle part de ses critères a été lue",
            "add `coverage: full`, `inclusion`, `partial`, `summary` or `fields`",
            "ajouter `coverage: full`, `inclusion`, `partial`, `summary` ou `fields`",
            key=True,
            also=(("eligibility", "coverage"),),
        )


_FIRST_FORM = ("ild", "refractory", "duration", "onset_age")


def old_form(about: About) -> Iterator[Found]:
    """A key of schema 1 in a file of schema 2."""
    if about.header.get("schema") != "2":
        return
    for entry in about.entries:
        for path, rules in entry.rules:
            for key in _FIRST_FORM:
                if key in rules:
                    id = "onset" if key in ("duration", "onset_age") else key
                    twice = id in (rules.get("facts") or {})
                    here = f"facts: {{{id}: …}}"
                    hint = (
                        (f"`facts.{id}` stands there too: keep one", f"`facts.{id}` s'y trouve aussi : garder l'un")
                        if twice
                        else (f"write it under `{here}`", f"l'écrire sous `{here}`")
                    )
                    message = (f"`{key}` is a key of schema 1", f"`{key}` est une clé de la forme 1")
                    yield Found((*path, key), *message, *hint, key=True, entry=entry)
