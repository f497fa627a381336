"""Questions on a terminal when `match` is asked with nothing: the most deciding fact next, until nothing can change.

An empty answer is "not known" and is not asked again; `?` explains, `<` goes back to the question before, `.` stops.
"""

from __future__ import annotations

from datetime import date

from myofind.advice.asked import Question
from myofind.advice.questions import ranked
from myofind.asking.profile import understand
from myofind.asking.typed import Profile, Typed
from myofind.commands.interview_questions import put, topic_of
from myofind.commands.numbered import prompted, understood
from myofind.diagnostics import Ambiguous, InputError
from myofind.domain.remarks import SAFETY, remarks
from myofind.matching import trial_sets as sets
from myofind.names.subtypes import ancestors
from myofind.names.vocabulary import terms
from myofind.registry.compiled import Store
from myofind.words.wording import Lang, listing, pick
from myofind.writers.terminal import remark

MOST_DETAILS = 8
"""Facts asked beyond those of every patient; what else would settle trials stands in the answer."""
_OF_EVERY_PATIENT = ("subtypes", "age", "panel", "countries", "ild", "refractory", "onset", "sex", "therapy")


_HOW = (
    "Leave empty what is not known. ? explains, < goes back, . answers now. Nothing is stored.",
    "Laissez vide ce qui n'est pas connu. ? explique, < revient en arrière, . répond tout de suite. Rien n'est conservé.",
)
_ENOUGH = (
    "Enough for an answer; what would still settle trials stands in it.",
    "Assez pour répondre ; ce qui trancherait encore figure dans la réponse.",
)
_NOTHING_MORE = ("Nothing more would change the answer.", "Plus rien ne changerait la réponse.")


def interview(store: Store, day: date, lang: Lang, exact: bool = False) -> Typed:
    """Ask for the facts; an answer that cannot be read is asked again."""
    remark(pick(lang, *_HOW))
    states: list[tuple[Typed, frozenset[str]]] = [(Typed(), frozenset())]  # facts, and topics that are settled
    while True:
        facts, settled = states[-1]
        asked = understand(facts, day, exact=exact, lang=lang)
        topic, question = next_topic(store, asked, day, settled)
        if topic is None:
            remark(pick(lang, *(_ENOUGH if _details(settled) >= MOST_DETAILS else _NOTHING_MORE)))
            return facts
        reply = _asked(topic, question, asked, lang, facts, day, exact)
        if reply == ".":
            return facts
        if reply == "<":
            if len(states) == 1:
                remark(pick(lang, "  This is the first question.", "  C'est la première question."))
            else:
                states.pop()
        else:
            states.append((reply if isinstance(reply, Typed) else facts, settled | {topic}))


def next_topic(store: Store, asked: Profile, day: date, settled: frozenset[str]) -> tuple[str | None, Question | None]:
    """What to ask next: the most deciding fact, or antibodies and lung disease where a remark depends on them."""
    every = ((topic_of(question, set(settled)), question) for question in remaining(store, asked, day))
    more = _details(settled) < MOST_DETAILS
    left = [one for one in every if one[0] not in settled and (more or one[0] in _OF_EVERY_PATIENT)]
    first = [one for one in left if one[0] in ("subtypes", "age")]
    if first and not {"subtypes", "age"} <= settled and left[0][0] in _OF_EVERY_PATIENT:
        return first[0]
    if "panel" not in settled and not asked.patient.antibodies and antibodies_matter(asked):
        return "panel", None
    urgent = remarks(asked.patient.subtypes, dict(asked.patient.antibodies))  # lung disease would be an emergency
    if "ild" not in settled and asked.patient.ild is None and any(one.code == "lung" for one in urgent):
        return "ild", None
    return left[0] if left else (None, None)


def _details(settled: frozenset[str]) -> int:
    return len(settled - set(_OF_EVERY_PATIENT))


def antibodies_matter(asked: Profile) -> bool:
    """Whether an antibody could bring a safety remark, or suggest another diagnosis than the one stated."""
    subtypes = asked.patient.subtypes
    for antibody in terms("antibodies"):
        defined = [subtype for subtype, strength in antibody.suggests if strength == "defining"]
        told = {one.code for one in remarks(subtypes, {antibody.id: "positive"})} if defined else set()
        narrower = any(all(stated in ancestors(one) for stated in subtypes) for one in defined)
        if "clash" not in told and (narrower or told & {*SAFETY, "pm_ars"}):
            return True
    return False


def remaining(store: Store, asked: Profile, day: date) -> tuple[Question, ...]:
    """The questions that can still change something for trials that are not closed, most deciding first."""
    table = store.index
    judged = sets.judged(table, asked.patient, day)
    states = sets.states(table, day)
    possible = sets.combine(table, *sets.total(judged)).possible & ~states["closed"]
    return ranked(table, asked.patient, day, judged, possible, possible & states["open"]).questions


def _asked(
    topic: str, question: Question | None, asked: Profile, lang: Lang, facts: Typed, day: date, exact: bool
) -> Typed | str:
    """The facts with an answer, or without one where it is empty; `<` and `.` as they are typed."""
    how = put(topic, asked, lang)
    while True:
        reply = prompted(pick(lang, *how.text), lang)
        if reply in ("<", "."):
            return reply
        if not reply:
            return facts
        if reply == "?":
            _explain(pick(lang, *how.about), question, lang)
            continue
        try:
            return understood(how.add(facts, reply, lang), day, exact=exact, lang=lang)[1]
        except Ambiguous:
            continue  # its readings were shown, and none was chosen
        except InputError as error:
            remark(f"  {error.message}")
            if error.hint:
                remark(f"  {error.hint}")


def _explain(about: str, question: Question | None, lang: Lang) -> None:
    remark(f"  {about}")
    if question is not None:
        settles, may = question.settles.bit_count(), question.may.bit_count()
        told = (
            pick(lang, f"settles {settles}", f"en tranche {settles}") if settles else "",
            pick(lang, f"may settle {may}", f"peut en trancher {may}") if may > settles or not settles else "",
        )
        told_both = listing(filter(None, told), lang, ("and", "et"))
        english = f"  Of the trials still possible the answer {told_both}."
        remark(pick(lang, english, f"  Des essais encore possibles, la réponse {told_both}."))
