"""What an answer adds to its verdicts, in JSON: stable keys, numbers of trials in sorted lists."""

from __future__ import annotations

from datetime import date
from typing import Any

from myofind.advice.advice import Advice, Also, ids
from myofind.advice.another_patient import Supposed, VerdictChange, flips
from myofind.advice.near_misses import Near
from myofind.advice.questions import Question
from myofind.asking.profile import Profile
from myofind.domain.eligibility import Assessment
from myofind.domain.trial import CountryRule
from myofind.matching import trial_sets as sets
from myofind.matching.answer import Answer, row
from myofind.matching.trial_sets import Bits, Index
from myofind.registry.compiled import Store
from myofind.words.wording import Lang, reason
from myofind.writers.json_values import criterion, profile
from myofind.writers.phrases import barred, facts, opening, sentence


def advised(store: Store, asked: Profile, found: Answer, advice: Advice, day: date, lang: Lang) -> dict[str, Any]:
    """Everything beside the verdicts."""
    table = store.index
    more: dict[str, Any] = {
        "next_questions": [question(table, one, asked, advice, lang) for one in advice.questions],
        "near_misses": [near(table, one, found, asked, day, lang) for one in advice.near],
        "also_as": [also(table, one, found, advice) for one in advice.also],
    }
    if advice.adult:
        more["turns_18"] = {
            "on": advice.adult.day.isoformat(),
            "opens": ids(table, advice.adult.opens & found.taking),
            "closes": ids(table, advice.adult.closes & found.taking),
        }
    if advice.steps:
        more["funnel"] = [{"step": one.name, "left": one.left} for one in advice.steps]
        more["relaxed"] = [one._asdict() for one in advice.relaxed]
    return more


def question(table: Index, one: Question, asked: Profile, advice: Advice, lang: Lang) -> dict[str, Any]:
    """A missing fact: `trials` are the open trials it settles whatever the answer, `of` the open trials in question."""
    pool = advice.pool.first
    settles, may, of = one.settles & pool, one.may & pool, sets.size(pool)
    return {
        "fact": one.fact,
        "question": sentence(one, asked, sets.size(settles), sets.size(may), of, lang),
        "settles": sets.size(settles),
        "of": of,
        "trials": ids(table, settles),
        "may_settle": ids(table, may),
        "not_yet_open": ids(table, one.settles & ~pool),
        "values": _values(table, one, pool),
    }


def _values(table: Index, one: Question, pool: Bits) -> list[dict[str, Any]]:
    """The answers, those that do the same together; a range from its first value to its last."""
    found: list[dict[str, Any]] = []
    for value in one.values:
        effect = {"match": ids(table, value.match & pool), "excluded": ids(table, value.excluded & pool)}
        if value.until is None:
            found.append({"value": value.value, **effect})
        elif found and {key: found[-1][key] for key in effect} == effect:
            found[-1]["to"] = value.until
        else:
            found.append({"from": value.value, "to": value.until, **effect})
    return found


def near(table: Index, one: Near, found: Answer, asked: Profile, day: date, lang: Lang) -> dict[str, Any]:
    """A trial that fails one criterion, and what can be done."""
    bit = 1 << one.place
    rule = one.criterion.rule
    opens = one.opens if one.remedy == "wait" else None
    return {
        "id": table.ids[one.place],
        "criterion": one.criterion.name,
        "reason": reason(one.criterion, lang, facts(asked, lang)[one.criterion.name]),
        "remedy": one.remedy,
        "recruitment": next(state for state, bits in found.states.items() if bits & bit),
        "when": opening(one, day, lang) if one.remedy == "wait" else barred(one, lang) if one.barred else None,
        "opens": opens[0].isoformat() if opens else None,
        "opens_at_the_latest": opens[1].isoformat() if opens else None,
        "countries": list(rule.listed) if isinstance(rule, CountryRule) else [],
    }


def also(table: Index, one: Also, found: Answer, advice: Advice) -> dict[str, Any]:
    """What would open under another subtype, and what would close."""
    opens = one.other.opens & found.taking
    return {
        "subtype": one.subtype,
        "by_itself": one.by_itself,
        "opens": {
            "match": ids(table, opens & one.other.verdicts.match),
            "possible": ids(table, opens & one.other.verdicts.possible),
        },
        "closes": ids(table, one.other.closes & found.taking),
    }


def supposed(store: Store, asked: Profile, found: Answer, then: Supposed, day: date, lang: Lang) -> dict[str, Any]:
    """Every verdict that flips, and the criteria that make it."""
    changed = flips(found.verdicts, then.other.verdicts, store.index.all)
    after = then.other.verdicts
    return {
        "supposing": list(then.wanted),
        "profile": profile(then.profile, day),
        "counts": {name: sets.size(bits) for name, bits in zip(after._fields, after, strict=True)},
        "flips": [_flip(store, one, asked, then.profile, found, day, lang) for one in changed],
    }


def _flip(
    store: Store, one: VerdictChange, asked: Profile, then: Profile, found: Answer, day: date, lang: Lang
) -> dict[str, Any]:
    trial = store.trial(one.place)
    bit = 1 << one.place
    return {
        "id": trial.id,
        "acronym": trial.acronym,
        "before": one.before,
        "after": one.after,
        "recruitment": next(state for state, bits in found.states.items() if bits & bit),
        "why": [
            criterion(changed, lang, facts(then, lang)[changed.name])
            for changed in changed_criteria(
                row(trial, asked.patient, day).assessment, row(trial, then.patient, day).assessment
            )
        ],
    }


def changed_criteria(before: Assessment, after: Assessment) -> list[Any]:
    """The criteria whose outcome differs, as they come out afterwards."""
    earlier = [(one.name, one.outcome, one.rule) for one in before.criteria]
    return [one for one in after.criteria if (one.name, one.outcome, one.rule) not in earlier]
