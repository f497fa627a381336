"""What a row of an answer says of a trial: what it is, what to settle, what is presumed or unread, what to check by hand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from myofind.domain.rules import Criterion
from myofind.domain.subtype_rule import PRESUMED_AGAINST
from myofind.names.facts import FACTS
from myofind.names.vocabulary import label
from myofind.records import NamedTuple
from myofind.report.values import Answer, TrialRow
from myofind.words.advice import closing
from myofind.words.reasons import asks, presumption
from myofind.words.rule_words import required
from myofind.words.wording import COVERAGES, NAMES, Lang, joined, pick
from myofind.writers.phrases import Shown, by_hand, cohort_name, presumes

MOST_TO_SETTLE = 3
MOST_PRESUMED = 4
MOST_SHARED = 3
MOST_MEASURES = 3
NOTES_ROOM = 150
"""Characters of the notes to check by hand that a row shows: about two lines."""
LONGEST_RULE = 26
"""A bound is said beside the fact it asks for where it is no longer."""

SILENT = {
    "age": ("age", "âge"),
    "subtype": ("subtypes", "formes"),
    "autoantibodies": ("autoantibodies", "auto-anticorps"),
}
"""What the registry may not have recorded of a trial; of countries the place says it."""


BRIEF_COVERAGES = {
    "inclusion": ("exclusions unread", "exclusions non lues"),
    "partial": ("read in part", "lu en partie"),
    "summary": ("summary only", "résumé seul"),
    "fields": ("fields only", "champs seuls"),
}
"""How much was read, where there is little room."""


class InShort(NamedTuple):
    """What a row says of a trial: what to settle and what is not read, each in ever shorter forms, and whatever else fits."""

    settle: Sequence[str]
    unread: Sequence[str]
    rest: Sequence[str]


class RowWords:
    """The rows of an answer in words; `common` is silence of most trials, said once below them and not in each."""

    def __init__(self, whole: Answer, lang: Lang) -> None:
        self.whole, self.lang, self.shown = whole, lang, Shown(whole.asked, lang)
        self._rank = {effect.fact: place for place, effect in enumerate(whole.ask_next.first)}
        self.common = common_silence(whole.rows)

    def about(self, row: TrialRow) -> list[str]:
        """Why not, or what to settle, what is near, what was not read, and what is presumed."""
        if failed := self.shown.failed(row.criteria):
            return [pick(self.lang, "no: ", "non : ") + failed]
        return [*self.cohort(row), *self.settle(row), *self._soon(row), *self._unread(row)[:1], *self.presumes(row)]

    def in_short(self, row: TrialRow) -> InShort:
        """The same, each part in ever shorter forms."""
        if row.verdict == "excluded":
            return InShort(self.about(row), [], [])
        against, open_ones = self._open(row)
        bounded, brief = (list(dict.fromkeys(self._missing(open_ones, bounds))) for bounds in (True, False))
        forms = [(most, missing) for most in range(MOST_TO_SETTLE, 0, -1) for missing in (bounded, brief)]
        settle = [text for most, missing in [*forms, (0, brief)] for text in self._settled(against, missing, most)]
        return InShort(settle, self._unread(row), [*self.cohort(row), *self._soon(row), *self.presumes(row)])

    def cohort(self, row: TrialRow) -> list[str]:
        """The cohort that gave the verdict, where the trial has some."""
        cohort = cohort_name(row.trial, row.assessment, self.lang)
        return [pick(self.lang, f"cohort: {cohort}", f"cohorte : {cohort}")] if cohort else []

    # What to settle

    def settle(self, row: TrialRow) -> list[str]:
        """The missing facts: what the trial does not say of the disease itself, then those that decide in most trials."""
        against, open_ones = self._open(row)
        return self._settled(against, list(dict.fromkeys(self._missing(open_ones, True))), MOST_TO_SETTLE)

    def _open(self, row: TrialRow) -> tuple[list[str], list[Criterion]]:
        """What is presumed against the trial, in words, and what is not known, most deciding first."""
        unknown = [one for one in row.criteria if one.outcome == "unknown" and not self._of_the_group(one)]
        against = [asks(one, self.lang) for one in unknown if one.code == PRESUMED_AGAINST]
        return against, sorted((one for one in unknown if one.code != PRESUMED_AGAINST), key=self._decides)

    def _settled(self, against: list[str], missing: list[str], most: int) -> list[str]:
        """So many missing facts, the rest counted: after one fact in the fewest characters where `most` is 0."""
        told = list(against)
        if missing:
            lead, more = pick(self.lang, "settle: ", "à préciser : "), len(missing) - most
            rest = _more(more, self.lang) if most else [f"+{len(missing) - 1}"] * (len(missing) > 1)
            named = [*missing[: most or 1], *rest]
            told.append(lead + (joined(named, self.lang) if most else " ".join(named)))
        return [" · ".join(told)] if told else []

    def counted(self, row: TrialRow) -> list[str]:
        """How much is to settle, and the shortest of what was not read."""
        unknown = sum(one.outcome == "unknown" and not self._of_the_group(one) for one in row.criteria)
        settle = pick(self.lang, f"{unknown} to settle", f"{unknown} à préciser")
        return [*([settle] if unknown else []), *self._unread(row)[-1:]]

    def _of_the_group(self, criterion: Criterion) -> bool:
        """Whether the heading of the group says it: the trial may or may not run in the country, or none was given."""
        return criterion.name == "country" and criterion.code in ("incomplete", "missing")

    def _decides(self, criterion: Criterion) -> int:
        if criterion.code == "not_said":
            return -1
        ranks = (self._rank[key] for key in _keys(criterion) if key in self._rank)
        return min(ranks, default=len(self._rank))

    def _missing(self, criteria: Iterable[Criterion], bounds: bool) -> Iterator[str]:
        """Missing facts in a few words; of treatments all together."""
        lang, told = self.lang, tuple(criteria)
        drugs = dict.fromkeys(drug for one in told if one.name == "treatments" for drug in one.facts)
        for one in told:
            if one.name == "treatments":
                if drugs:
                    yield " / ".join(label("drugs", drug, lang).partition(" (")[0] for drug in drugs)
                    drugs = {}
            elif one.name in ("any_of", "at_least"):
                measures = list(dict.fromkeys(_measures(one, lang)))
                more = f" +{len(measures) - MOST_MEASURES}" if len(measures) > MOST_MEASURES else ""
                yield " / ".join(measures[:MOST_MEASURES]) + more
            else:
                asked = _briefly(one, lang)
                yield self._bounded(one, asked) if bounds else asked

    def _bounded(self, criterion: Criterion, asked: str) -> str:
        """`weight (≥ 40 kg)`: the bound stands with the fact where it is short."""
        if criterion.code != "missing" or criterion.name not in NAMES or isinstance(criterion.rule, str):
            return asked
        rule = required(criterion, self.lang)
        if (
            criterion.name in ("subtype", "autoantibodies", "country", "refractory")
            or not 0 < len(rule) <= LONGEST_RULE
        ):
            return asked
        return f"{asked} ({rule})"

    # What is presumed, near, unread

    def presumes(self, row: TrialRow) -> list[str]:
        """What is presumed, each in words that typing the fact would replace."""
        usual = presumes(row, self.lang)
        if not usual:
            return []
        more = _more(len(usual) - MOST_PRESUMED, self.lang)
        return [pick(self.lang, "presumes ", "présume : ") + ", ".join([*usual[:MOST_PRESUMED], *more])]

    def presumed(self, rows: Sequence[TrialRow], most: int | None = None) -> list[str]:
        """What is presumed of the patient in several trials, by how many ask it; at most so many, and how many more there are."""
        usual = Counter(word for row in rows for word in {_usual(one, self.lang) for one in row.assessment.presumed})
        told = sorted(usual, key=lambda word: (-usual[word], word))
        if most is None:
            most = MOST_SHARED if len(told) > MOST_SHARED + 1 else len(told)
        if not most:
            return [pick(self.lang, f"{len(told)} usual answers", f"{len(told)} réponses habituelles")] if told else []
        return [*told[:most], *_more(len(told) - most, self.lang)]

    def _soon(self, row: TrialRow) -> Iterator[str]:
        lang, window = self.lang, row.age_window
        if "age" in row.soon and window and window.closes:
            yield closing(window.closes, self.whole.stamp.day, lang)
        if "end" in row.soon:
            yield pick(lang, f"recorded end {row.trial.end}", f"fin prévue {row.trial.end}")

    def _unread(self, row: TrialRow) -> list[str]:
        """How much was read, and what of it the registry does not say: in full, and in fewer words; nothing where all is said."""
        coverage = row.assessment.coverage
        read = [] if coverage in (None, "full") else [COVERAGES[coverage], BRIEF_COVERAGES[coverage]]
        names = ", ".join(pick(self.lang, *SILENT[name]) for name in silence(row) if name not in self.common)
        silent = [pick(self.lang, "not recorded: ", "non renseigné : ") + names] if names else []
        if not read:
            return silent
        return [" · ".join([pick(self.lang, *words), *silent]) for words in read]

    # Notes

    def notes(self, row: TrialRow, room: int = NOTES_ROOM) -> str:
        """The notes to check by hand, shortest first, as far as they fit; how many more there are."""
        lang = self.lang
        notes = sorted(by_hand(row.trial, lang), key=len)
        lead = pick(lang, "check: ", "à vérifier : ")
        for count in range(len(notes), 0, -1):
            text = lead + joined([*notes[:count], *_more(len(notes) - count, lang)], lang)
            if len(text) <= room:
                return text
        return f"{lead}{notes[0]}" + f" +{len(notes) - 1}" * (len(notes) > 1) if notes else ""


def _more(count: int, lang: Lang) -> list[str]:
    return [pick(lang, f"{count} more", f"{count} de plus")] if count > 0 else []


def _usual(criterion: Criterion, lang: Lang) -> str:
    """What is presumed, whatever length of time one trial asks; the bound or the answers, where it is not simply "no"."""
    denied = criterion.name != "treatments" and FACTS[criterion.name].usual in (False, "none", "never")
    return presumption(criterion._replace(rule="excluded") if denied else criterion, lang)


def silence(row: TrialRow) -> list[str]:
    """The criteria of which the registry says nothing, countries apart."""
    return [one.name for one in row.criteria if one.outcome == "not_recorded" and one.name in SILENT]


def common_silence(rows: Sequence[TrialRow]) -> dict[str, int]:
    """What the registry says nothing of in most of several trials, and in how many."""
    silences = [silence(row) for row in rows]
    counts = {name: sum(name in one for one in silences) for name in SILENT}
    return {name: count for name, count in counts.items() if count > 2 and 2 * count > len(rows)}


def _keys(criterion: Criterion) -> Iterator[str]:
    """The facts to ask for that bear on a criterion, as questions name them."""
    name = {"subtype": "subtypes", "country": "countries", "duration": "onset"}.get(criterion.name, criterion.name)
    if name in ("autoantibodies", "treatments"):
        yield from (f"{name}.{one}" for one in criterion.facts)
    elif name in ("any_of", "at_least"):
        for branch in criterion.facts:
            for inner in branch:
                yield from _keys(inner)
    else:
        yield name


def _measures(criterion: Criterion, lang: Lang) -> Iterator[str]:
    """What may settle one of several conditions."""
    for branch in criterion.facts:
        for inner in branch:
            if inner.outcome == "unknown":
                yield _briefly(inner, lang)


def _briefly(criterion: Criterion, lang: Lang) -> str:
    """A missing fact without the explanation in brackets that its name may carry, and without that only the centre can tell."""
    asked = asks(criterion, lang)
    return asked.partition(" (")[0] if criterion.name in FACTS or criterion.code == "not_said" else asked
