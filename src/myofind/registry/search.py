"""Free text to trials: acronyms, numbers, drugs and their classes, topics, institutions, places, in English and French.

Case, accents, endings and punctuation do not count, nor the words people put around a name ("the Jasmine trial"). Every
other word must be found; whole words come before beginnings, beginnings before near spellings. Near spellings are only
tried when nothing else is found.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterable, Sequence
from functools import cache, cached_property

from myofind.diagnostics import InputError, shown
from myofind.domain.trial import Trial
from myofind.names.vocabulary import label, term
from myofind.records import NamedTuple
from myofind.registry.labels import drug_names, plain_label, tags, with_tag
from myofind.registry.search_words import FILLERS, canonical, fold, telling

NEAR = ((84, 4), (78, 8))
"""How alike (0 to 100) a misspelt word must be, and how long at least; the next pair is tried where nothing is found."""
_DIGITS = re.compile(r"\d{4}")
"""A number is right or wrong, never nearly right."""
_LONGEST = 60
"""Letters of a word that may be a slip: no name is longer."""


class Hit(NamedTuple):
    """A trial found, how well, and where the words stood."""

    trial: Trial
    score: float
    fields: tuple[str, ...]


_WEIGHT = {
    "id": 10.0, "acronym": 10.0, "drug": 8.0, "title": 5.0, "criteria": 3.0, "sponsor": 3.0, "kind": 2.0, "place": 1.0,
}  # fmt: skip

STATUS_WORDS = {
    "recruiting": "recruiting", "not_yet_recruiting": "upcoming", "active_not_recruiting": "closed", "completed": "closed",
    "terminated": "closed", "withdrawn": "closed", "suspended": "closed",
}  # fmt: skip
"""What people call a status: by the newest that was seen, however long ago."""


def texts(trial: Trial) -> dict[str, list[str]]:
    """The names of a trial by field, the most telling first."""
    return {
        "id": [trial.id, *(number for _, numbers in trial.ids for number in numbers)],
        "acronym": [trial.acronym] if trial.acronym else [],
        "drug": [*drug_names(trial), *(one.route for one in trial.interventions if one.route)],
        "title": [text for text in (trial.title, trial.title_fr) if text],
        "criteria": list(_criteria(trial)),
        "sponsor": [trial.sponsor] if trial.sponsor else [],
        "kind": [
            trial.kind, *("early phase 1" if phase == "early_1" else f"phase {phase}" for phase in trial.phase),
            *([trial.comparator] if trial.comparator else []), *(STATUS_WORDS.get(one.value, "") for one in trial.status[:1]),
        ],
        "place": [
            *(text for site in trial.sites for text in (site.city, site.facility) if text),
            *(label("countries", one, lang) for one in _countries(trial) for lang in ("en", "fr")),
        ],
    }  # fmt: skip


def _criteria(trial: Trial) -> Iterable[str]:
    """The names of the subtypes and antibodies a trial asks for, and of the facts it requires."""
    for own in (trial.eligibility, *(cohort.eligibility for cohort in trial.cohorts)):
        for one in own.subtypes.admits if own.subtypes else ():
            yield from (name for name in _names("subtypes", one) if len(fold(name).split()) <= SHORT)
        rule = own.autoantibodies
        for one in (*rule.required_any, *rule.required_all) if rule else ():
            yield from _names("antibodies", one)
        for fact, demand in own.facts:
            if demand == "required":
                yield from _names("facts", fact)


SHORT = 2
"""Words of a subtype's name; longer names speak of antibodies and lungs that the trial may not ask for."""


@cache
def _names(kind: str, id: str) -> tuple[str, ...]:
    about = term(kind, id)
    return (about.en, about.fr, *about.aliases)


def _countries(trial: Trial) -> tuple[str, ...]:
    return trial.countries.listed if trial.countries else ()


class Finder:
    """The trials of a registry under all their names; what a kind of question needs is prepared when it is first asked."""

    def __init__(self, trials: Iterable[Trial]) -> None:
        self.trials = tuple(trials)

    @cached_property
    def tags(self) -> dict[str, str]:
        """What tells the labels of some trials from those of others."""
        return tags(self.trials)

    def labels(self, trial: Trial) -> tuple[str, str]:
        """The label of a trial in English and in French, which is its alone."""
        tag = self.tags.get(trial.id, "")
        english, french = (with_tag(plain_label(trial, lang), tag, trial.id) for lang in ("en", "fr"))
        return english, french

    def search(self, query: str) -> list[Hit]:
        """The trials that hold every word of a query that counts, best first; then by id."""
        numbered = self._numbered(query)
        if numbered:
            return [Hit(trial, _WEIGHT["id"], ("id",)) for trial in numbered]
        words = canonical(query).split()
        if not words:
            return []
        hits = {hit.trial.id: hit for hit in _hits(self._prepared, words, _plainly)}
        called = {trial.id: Hit(trial, _WEIGHT["acronym"], ("acronym",)) for trial in self._called(query)}
        for pair in range(len(words) - 1 if not hits and not called else 0):
            joined = [*words[:pair], words[pair] + words[pair + 1], *words[pair + 2 :]]
            hits |= {hit.trial.id: hit for hit in _hits(self._prepared, joined, _plainly)}
        if not hits and not called:
            hits = {trial.id: Hit(trial, _WEIGHT["acronym"], ("acronym",)) for trial in self._mentioned(words)}
        for alike, letters in NEAR:
            if not hits and not called:
                hits = {hit.trial.id: hit for hit in _hits(self._prepared, words, _nearly(alike, letters))}
        both = {**called, **hits}.values()
        return sorted(both, key=lambda hit: (hit.trial.id not in called, -hit.score, hit.trial.id))

    def find(self, name: str) -> list[Trial]:
        """The trials a name means: by number, acronym, label or title, else by drug or class; raises InputError for none."""
        wanted = canonical(name)
        named = self._numbered(name) or self._called(name)
        if not named and wanted:
            whole = wanted.replace(" ", "")
            named = [
                trial
                for trial in self.trials
                if whole in {canonical(drug).replace(" ", "") for drug in drug_names(trial)}
            ]
        if not named:
            near = self.search(name)[:SUGGESTED]
            named_so = [f"{hit.trial.name} ({hit.trial.id})" for hit in near]
            hint = (
                (f"did you mean {' or '.join(named_so)}?", f"peut-être {' ou '.join(named_so)} ?")
                if near
                else ("`myofind search TEXT` looks everywhere", "`myofind search TEXTE` cherche partout")
            )
            message = (
                f"no trial, acronym or drug is named `{shown(name)}`",
                f"aucun essai, acronyme ni médicament ne s'appelle `{shown(name)}`",
            )
            raise InputError(message, hint)
        return sorted(named, key=lambda trial: trial.id)

    def find_one(self, name: str) -> Trial:
        """The one trial a name means; raises InputError for none, and for several, naming them."""
        found = self.find(name)
        if len(found) > 1:
            listed = ", ".join(f"{self.labels(trial)[0]} = {trial.id}" for trial in found[:MOST_NAMED])
            left = len(found) - MOST_NAMED
            more = (f" and {left} more", f" et {left} de plus") if left > 0 else ("", "")
            message = (f"`{shown(name)}` names {len(found)} trials", f"`{shown(name)}` désigne {len(found)} essais")
            raise InputError(message, (f"name one of them: {listed}{more[0]}", f"en nommer un : {listed}{more[1]}"))
        return found[0]

    @cached_property
    def _prepared(self) -> list[tuple[Trial, dict[str, list[str]]]]:
        return [
            (trial, {field: [canonical(text) for text in several] for field, several in texts(trial).items()})
            for trial in self.trials
        ]

    def _numbered(self, typed: str) -> list[Trial]:
        """The trials whose number stands in what was typed: alone, in an address, with spaces or a country behind it.

        The digits of a number may stand alone; a number of the European register may lack its last two digits.
        """
        if not any(sign.isdigit() for sign in typed):
            return []
        squeezed = _squeezed(typed)
        return [trial for trial, numbers in self._numbers if any(_holds(squeezed, *one) for one in numbers)]

    @cached_property
    def _numbers(self) -> list[tuple[Trial, list[tuple[str, str]]]]:
        """The trials with their numbers, squeezed, and the register of each."""
        return [(trial, [(_squeezed(number), of) for of, number in _numbers(trial)]) for trial in self.trials]

    @cached_property
    def _names(self) -> tuple[dict[str, list[Trial]], dict[str, list[Trial]]]:
        """The trials by acronym; by id, label, title and sponsor's number: all squeezed."""
        acronyms: dict[str, list[Trial]] = {}
        others: dict[str, list[Trial]] = {}
        for trial in self.trials:
            if trial.acronym:
                acronyms.setdefault(_squeezed(trial.acronym), []).append(trial)
            sponsors = [one for register, numbers in trial.ids if register == "sponsor" for one in numbers]
            names = (trial.id, *self.labels(trial), trial.title, trial.title_fr, *sponsors)
            for form in {_squeezed(name) for name in names if name}:
                others.setdefault(form, []).append(trial)
        return acronyms, others

    def _called(self, typed: str) -> list[Trial]:
        """The trials of exactly this name; what people put around a name counts only where the name has it."""
        acronyms, others = self._names
        bare = (word for word in fold(typed).split() if canonical(word) not in FILLERS)
        for form in (_squeezed(typed), "".join(bare)):
            if form in acronyms or form in others:
                return acronyms.get(form) or others[form]
        return []

    def _mentioned(self, words: Sequence[str]) -> list[Trial]:
        """The trials whose acronym stands among other words that no trial holds together ("JADE in Strasbourg")."""
        query = f" {' '.join(words)} "
        return [
            trial
            for trial, fields in self._prepared
            if any(len(name) >= LEAST_NAME and f" {name} " in query for name in fields["acronym"])
        ]


LEAST_NAME = 3
"""Letters of an acronym that is looked for inside a query."""


SUGGESTED = 3
"""Trials that a refusal proposes."""
MOST_NAMED = 5
"""Readings that a refusal names."""


# Numbers and names -----------------------------------------------------------------------------------------------------


def _squeezed(text: str) -> str:
    """The letters and digits of a text without what stands between them."""
    return fold(text).replace(" ", "")


def _numbers(trial: Trial) -> Iterable[tuple[str, str]]:
    """Every number of a trial with its register."""
    if any(sign.isdigit() for sign in trial.id) and "-" not in trial.id:
        yield "id", trial.id
    for register, numbers in trial.ids:
        for number in numbers:
            yield register, number


def _holds(squeezed: str, number: str, register: str) -> bool:
    if squeezed == number.lstrip("abcdefghijklmnopqrstuvwxyz") and len(squeezed) >= 7:
        return True
    least, ends = (number[:12], r"(?:\d\d)?") if register == "euct" else (number, "")
    return least in squeezed and re.search(rf"(?<!\d){re.escape(least)}{ends}(?!\d)", squeezed) is not None


# Words -----------------------------------------------------------------------------------------------------------------


def _plainly(word: str, text: str) -> float:
    """How well a word stands in a text: alone, among others, in two parts, as a beginning, inside."""
    joined = text.replace(" ", "")
    if word not in joined:
        return 0.0
    parts = text.split()
    if word in parts:
        return 1.0 if len(parts) == 1 else 0.9
    if word == joined or word in ("".join(pair) for pair in itertools.pairwise(parts)):
        return 0.9
    if len(word) >= 3 and any(part.startswith(word) for part in parts):
        return 0.7
    return 0.5 if len(word) >= 5 else 0.0


def _nearly(least: int, letters: int) -> Callable[[str, str], float]:
    """How near the spelling of a word is to one of a text."""
    from rapidfuzz.fuzz import ratio

    def nearly(word: str, text: str) -> float:
        if not letters <= len(word) <= _LONGEST or _DIGITS.search(word):
            return _plainly(word, text)
        close = max((ratio(word, other) for other in text.split()), default=0.0)
        return 0.4 * close / 100 if close >= least else 0.0

    return nearly


def _hits(
    prepared: Sequence[tuple[Trial, dict[str, list[str]]]], words: Sequence[str], alike: Callable[[str, str], float]
) -> list[Hit]:
    needed = set(telling(list(words)))
    hits = []
    for trial, fields in prepared:
        total, where = 0.0, []
        for word in words:
            best, field = max(
                (_WEIGHT[name] * max((alike(word, text) for text in inside), default=0.0), name)
                for name, inside in fields.items()
            )
            if best == 0.0 and word in needed:
                break
            total += best
            where += [field] if best else []
        else:
            hits.append(Hit(trial, total, tuple(dict.fromkeys(where))))
    return hits
