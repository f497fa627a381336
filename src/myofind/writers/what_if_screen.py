"""`--what-if` on a screen: the verdicts that flip, and why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from myofind.advice.another_patient import Supposed, flips
from myofind.asking.profile import Profile
from myofind.matching import trial_sets as sets
from myofind.matching.answer import Answer, row
from myofind.registry.compiled import Store
from myofind.words.wording import joined, pick, reason, verdict
from myofind.writers import columns as grid
from myofind.writers.advice_json import changed_criteria
from myofind.writers.answer_screen import STATE_STYLE, VERDICT_STYLE, View, brief, number, paragraph, state_word
from myofind.writers.columns import Cell, Column
from myofind.writers.phrases import facts
from myofind.writers.summary import disclaimer, origin


def page(store: Store, asked: Profile, found: Answer, then: Supposed, view: View) -> Iterator[Sequence[Cell]]:
    """The verdicts that flip among trials that are not closed; the others are counted."""
    lang = view.lang
    changed = flips(found.verdicts, then.other.verdicts, store.index.all)
    shown = [one for one in changed if not found.states["closed"] >> one.place & 1]
    said = ", ".join(then.wanted)
    yield [
        Cell(
            pick(
                lang,
                f"What if {said}: {len(shown)} {'verdict changes' if len(shown) == 1 else 'verdicts change'}",
                f"Et si {said} : {len(shown)} {'verdict change' if len(shown) < 2 else 'verdicts changent'}",
            ),
            "bold",
        )
    ]
    told = facts(then.profile, lang)
    rows = []
    for one in shown:
        trial = store.trial(one.place)
        before, after = row(trial, asked.patient, view.day), row(trial, then.profile.patient, view.day)
        why = changed_criteria(before.assessment, after.assessment)
        cells = [
            Cell(verdict(one.before, lang), VERDICT_STYLE[one.before], whole=True),
            Cell("→ " + verdict(one.after, lang), VERDICT_STYLE[one.after], whole=True),
            Cell(brief(trial, lang), "bold"),
            number(trial),
            Cell(state_word(after.recruitment.state, lang), STATE_STYLE[after.recruitment.state]),
        ]
        below = [Cell(joined((reason(each, lang, told[each.name]) for each in why), lang), "dim")]
        rows.append(grid.Row(cells, below))
    columns = [Column(""), Column(""), Column("", 16), Column(""), Column("", 8)]
    yield from grid.lines(columns, rows, view.width, indent=10)
    closed = len(changed) - len(shown)
    if closed:
        yield from paragraph(
            pick(
                lang,
                f"{closed} more among closed trials.",
                f"{closed} {'autre' if closed == 1 else 'autres'} parmi les essais fermés.",
            ),
            view.width,
            "dim",
        )
    yield [Cell("")]
    counts = [
        f"{verdict(name, lang)} {sets.size(now)} → {sets.size(later)}"
        for name, now, later in zip(found.verdicts._fields, found.verdicts, then.other.verdicts, strict=True)
    ]
    yield from paragraph(joined(counts, lang) + ".", view.width)
    for text in (origin(store, view.day, lang), disclaimer(lang)):
        yield from paragraph(text, view.width, "dim")
