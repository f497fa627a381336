"""Free text to trials: acronyms, numbers, drugs under any of their names, sponsors, titles, cities.

Case, accents and punctuation do not count. Every word of the query must be found; whole words come before beginnings,
beginnings before near spellings. When nothing holds every word, an acronym or a number that stands in the query is
enough ("étude JADE", "registre Masc2"); near spellings are only tried after that.
"""

import itertools
import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from myofind.diagnostics import InputError, shown
from myofind.domain.trial import Trial
from myofind.names.vocabulary import label, resolve, term

NEAR = 84
"""How alike (0 to 100) a misspelt word must be."""


class Hit(NamedTuple):
    """A trial found, how well, and where the words stood."""

    trial: Trial
    score: float
    fields: tuple[str, ...]


def fold(text: str) -> str:
    """Lower case, without accents; everything that is no letter or digit is a space."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c)).lower()
    return re.sub(r"[^a-z0-9α-ω+]+", " ", plain).strip()


def texts(trial: Trial) -> dict[str, list[str]]:
    """The names of a trial by field, the most telling first."""
    drugs: list[str] = []
    for one in trial.interventions:
        drugs += [
            one.name,
            *([one.brand] if one.brand else []),
            *one.codes,
            *([one.drug_class] if one.drug_class else []),
        ]
        known = resolve("drugs", one.name, exact=True)
        if known.id:
            about = term("drugs", known.id)
            drugs += [about.en, about.fr, *about.aliases, about.klass]
    subtypes = trial.eligibility.subtypes
    return {
        "id": [trial.id, *(number for _, numbers in trial.ids for number in numbers)],
        "acronym": [trial.acronym] if trial.acronym else [],
        "drug": drugs,
        "title": [text for text in (trial.title, trial.title_fr) if text],
        "subtype": [
            label("subtypes", one, lang) for one in (subtypes.admits if subtypes else ()) for lang in ("en", "fr")
        ],
        "sponsor": [trial.sponsor] if trial.sponsor else [],
        "place": [text for site in trial.sites for text in (site.city, site.facility) if text],
    }


_WEIGHT = {"id": 10.0, "acronym": 10.0, "drug": 8.0, "title": 5.0, "subtype": 3.0, "sponsor": 3.0, "place": 1.0}


def search(trials: Iterable[Trial], query: str) -> list[Hit]:
    """The trials that hold every word of a query, best first; then by id."""
    words = fold(query).split()
    if not words:
        return []
    prepared = [
        (trial, {field: [fold(text) for text in found if text] for field, found in texts(trial).items()})
        for trial in trials
    ]
    hits = _hits(prepared, words, _plainly) or _called(prepared, words)
    if not hits:
        from rapidfuzz.fuzz import ratio

        def nearly(word: str, text: str) -> float:
            if len(word) < 4:
                return 0.0
            close = max((ratio(word, other) for other in text.split()), default=0.0)
            return 0.4 * close / 100 if close >= NEAR else 0.0

        hits = _hits(prepared, words, nearly)
    return sorted(hits, key=lambda hit: (-hit.score, hit.trial.id))


def find(trials: Iterable[Trial], name: str) -> list[Trial]:
    """The trials a name means: by number or acronym exactly, else by drug; raises InputError for none."""
    everything = tuple(trials)
    wanted = fold(name)
    named, tested = [], []
    for trial in everything if wanted else ():
        numbers = [trial.id, *(one for _, several in trial.ids for one in several)]
        if wanted in {fold(one) for one in (*numbers, *([trial.acronym] if trial.acronym else []))}:
            named.append(trial)
        elif wanted in {fold(one) for one in texts(trial)["drug"]}:
            tested.append(trial)
    found = named or tested
    if not found:
        near = search(everything, name)[:3]
        hint = (
            "did you mean " + " or ".join(f"{hit.trial.name} ({hit.trial.id})" for hit in near) + "?"
            if near
            else "`myofind search TEXT` looks everywhere"
        )
        raise InputError(f"no trial, acronym or drug is named `{shown(name)}`", hint)
    return sorted(found, key=lambda trial: trial.id)


def _plainly(word: str, text: str) -> float:
    parts = text.split()
    if word in parts:
        return 1.0 if len(parts) == 1 else 0.9
    if word == text.replace(" ", "") or word in ("".join(pair) for pair in itertools.pairwise(parts)):
        return 0.9
    if len(word) >= 3 and any(part.startswith(word) for part in parts):
        return 0.7
    return 0.5 if len(word) >= 5 and word in text.replace(" ", "") else 0.0


def _called(prepared: Sequence[tuple[Trial, dict[str, list[str]]]], words: Sequence[str]) -> list[Hit]:
    """The trials whose acronym or number stands in the query, as whole words in a row."""
    query = f" {' '.join(words)} "
    return [
        Hit(trial, _WEIGHT[field], (field,))
        for trial, fields in prepared
        for field in ("id", "acronym")
        if any(f" {text} " in query for text in fields[field] if len(text) >= 3)
    ]


def _hits(
    prepared: Sequence[tuple[Trial, dict[str, list[str]]]], words: Sequence[str], alike: Callable[[str, str], float]
) -> list[Hit]:
    found = []
    for trial, fields in prepared:
        total, where = 0.0, []
        for word in words:
            best, field = max(
                (
                    (_WEIGHT[name] * max((alike(word, text) for text in inside), default=0.0), name)
                    for name, inside in fields.items()
                )
            )
            if best == 0.0:
                break
            total += best
            where.append(field)
        else:
            found.append(Hit(trial, total, tuple(dict.fromkeys(where))))
    return found
