"""Reports as JSON: stable keys; the same report always gives the same bytes."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any

from myofind.report.beside import nearest_elsewhere
from myofind.report.values import Answer, MissingFact, NearMiss, OtherSubtype, SupposedFlip, WhatIf
from myofind.words import advice as words
from myofind.words.reasons import why
from myofind.words.wording import Lang
from myofind.writers import json_values as values
from myofind.writers.layout import Layout
from myofind.writers.phrases import Shown, apart, barred, missing_fact, notes, read, relaxed_command, when

if TYPE_CHECKING:
    from myofind.report.trial_page import Explanation, Listing, TrialPage


def dump(value: Any, indent: int = 2) -> str:
    """JSON text, ending in a line break."""
    return json.dumps(value, ensure_ascii=False, indent=indent) + "\n"


# `match` ---------------------------------------------------------------------------------------------------------------


def answer(whole: Answer, layout: Layout) -> str:
    """The whole answer of `match`."""
    lang, shown = layout.lang, Shown(whole.asked, layout.lang)
    nearest = nearest_elsewhere(whole)
    value: dict[str, Any] = {
        **values.heading(whole.stamp),
        **_facts_read(whole, lang),
        "counts": {
            "trials": sum(whole.counts),
            **whole.counts._asdict(),
            "shown": whole.shown,
            "closed": whole.closed,
            "near_misses": len(whole.near_misses),
        },
        "next_questions": [_question(one, whole, lang) for one in whole.questions],
        "near_misses": [_near_miss(one, lang, shown) for one in whole.near_misses],
        "nearest_elsewhere": {"country": nearest[0], "trials": nearest[1]} if nearest else None,
        "also_as": [_other_subtype(one) for one in whole.other_subtypes],
    }
    if birthday := whole.turns_18:
        value["turns_18"] = {"on": birthday.on.isoformat(), **values.fields(birthday, "opens", "closes")}
    if whole.funnel:
        value["funnel"] = [{"step": step.name, "left": step.left} for step in whole.funnel]
        value["relaxed"] = [
            {"command": relaxed_command(one), "about": words.relaxed(one.reason, one.term, lang), "gain": one.gain}
            for one in whole.relaxed
        ]
    value["trials"] = []
    for row in whole.every_row:
        window = {"age_window": values.age_window(row.age_window, whole.stamp.day)} if row.age_window else {}
        value["trials"].append({**values.matched(row, lang, shown), **window, "ends": row.trial.end})
    if whole.what_if:
        value["what_if"] = _what_if(whole.what_if, whole, lang)
    return dump(value)


def _facts_read(whole: Answer | Explanation, lang: Lang) -> dict[str, Any]:
    """The facts as understood: as words, with what comes before any trial, and as values."""
    return {
        "read": list(read(whole.asked, whole.stamp, lang)),
        "safety": apart(whole.notes, lang)[0],
        "profile": values.profile(whole.asked, whole.stamp.day),
        "notes": notes(whole.notes, lang),
    }


def _question(question: MissingFact, whole: Answer, lang: Lang) -> dict[str, Any]:
    """A missing fact: `trials` are those it settles whatever the answer, `of` the trials in question."""
    answers = []
    for one in question.values:
        which = {"value": one.value} if one.until is None else {"from": one.value, "to": one.until}
        answers.append({**which, **values.fields(one, "match", "excluded")})
    return {
        "fact": question.fact,
        "question": missing_fact(question, whole, lang),
        "settles": len(question.settles),
        "of": whole.questions_of,
        "trials": question.settles,
        **values.fields(question, "may_settle", "not_yet_open"),
        "values": answers,
    }


def _near_miss(miss: NearMiss, lang: Lang, shown: Shown) -> dict[str, Any]:
    opens = miss.opens
    return {
        "id": miss.id,
        "criterion": miss.criterion.name,
        "reason": shown.reason(miss.criterion),
        **values.fields(miss, "remedy", "recruitment"),
        "when": when(miss, lang) or barred(miss, lang) or None,
        "opens": opens[0].isoformat() if opens else None,
        "opens_at_the_latest": opens[1].isoformat() if opens else None,
        "countries": list(miss.countries),
    }


def _other_subtype(other: OtherSubtype) -> dict[str, Any]:
    opens = {
        verdict: sorted(opening.id for opening in other.opens if opening.verdict == verdict)
        for verdict in ("match", "possible")
    }
    return {
        **values.fields(other, "subtype", "by_itself"),
        "opens": opens,
        "not_firm": sorted(opening.id for opening in other.opens if not opening.firm),
        "closes": list(other.closes),
    }


def _what_if(then: WhatIf, whole: Answer, lang: Lang) -> dict[str, Any]:
    """Every verdict that flips, and the criteria that make it."""
    shown = Shown(then.asked, lang)
    return {
        "supposing": list(then.supposing),
        "profile": values.profile(then.asked, whole.stamp.day),
        "counts": then.counts._asdict(),
        "flips": [_flip(flip, whole, lang, shown) for flip in then.flips],
    }


def _flip(flip: SupposedFlip, whole: Answer, lang: Lang, shown: Shown) -> dict[str, Any]:
    return {
        "id": flip.id,
        "acronym": whole.studies[flip.id].trial.acronym,
        **values.fields(flip, "before", "after"),
        **({"firm": flip.firm[1]} if flip.after == "match" else {}),
        "recruitment": flip.recruitment,
        "why": [values.criterion(changed, lang, shown[changed.name]) for changed in flip.changed],
    }


# One trial, and lists --------------------------------------------------------------------------------------------------


def explanation(whole: Explanation, layout: Layout) -> str:
    """One trial in full for a patient."""
    shown = Shown(whole.asked, layout.lang)
    pages = [_page(page, whole.stamp.day, layout.lang, shown) for page in whole.pages]
    return dump({**values.heading(whole.stamp), **_facts_read(whole, layout.lang), "trials": pages})


def _page(page: TrialPage, day: date, lang: Lang, shown: Shown) -> dict[str, Any]:
    row, miss = page.row, page.near_miss
    return {
        **values.matched(row, lang, shown),
        "why": why(row.criteria, lang),
        "age_window": values.age_window(row.age_window, day) if row.age_window else None,
        "ends": row.trial.end,
        "remedy": miss.remedy if miss else None,
        "when": (when(miss, lang) or None) if miss else None,
    }


def listing(whole: Listing, layout: Layout) -> str:
    """Trials with their whole record."""
    counts = {"trials": whole.total, "shown": len(whole.studies)}
    return dump({**values.heading(whole.stamp), "counts": counts, "trials": list(map(values.record, whole.studies))})


def cards(whole: Listing, layout: Layout) -> str:
    """The whole record of some trials."""
    return dump({**values.heading(whole.stamp), "trials": list(map(values.record, whole.studies))})
