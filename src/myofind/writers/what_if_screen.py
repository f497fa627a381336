"""`--what-if` on a screen: the verdicts that flip, and why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from myofind.report.values import Answer, SupposedFlip, WhatIf
from myofind.words import summary
from myofind.words.wording import STATES, joined, pick, reason, verdict
from myofind.writers import columns as grid
from myofind.writers.columns import Cell, Column
from myofind.writers.layout import Layout
from myofind.writers.phrases import Shown, brief, origin
from myofind.writers.styles import STATE_STYLE, VERDICT_STYLE, line, number, paragraph


def page(whole: Answer, then: WhatIf, layout: Layout) -> Iterator[Sequence[Cell]]:
    """The verdicts that flip among trials that are not closed; the others are counted."""
    lang, flips = layout.lang, [flip for flip in then.flips if flip.recruitment != "closed"]
    supposing, shown = ", ".join(then.supposing), Shown(then.asked, layout.lang)
    yield line(
        pick(
            lang,
            f"What if {supposing}: {len(flips)} {'verdict changes' if len(flips) == 1 else 'verdicts change'}",
            f"Et si {supposing} : {len(flips)} {'verdict change' if len(flips) < 2 else 'verdicts changent'}",
        ),
        "bold",
    )
    columns = [Column(""), Column(""), Column("", 16), Column(""), Column("", 8)]
    rows = [_row(whole, flip, shown, layout) for flip in flips]
    yield from grid.lines(columns, rows, layout.width, indent=10)
    closed = len(then.flips) - len(flips)
    if closed:
        yield from paragraph(
            pick(
                lang,
                f"{closed} more among closed trials.",
                f"{closed} {'autre' if closed == 1 else 'autres'} parmi les essais fermés.",
            ),
            layout.width,
            "dim",
        )
    yield line()
    counts = [
        f"{verdict(name, lang)} {now} → {later}"
        for name, now, later in zip(whole.counts._fields, whole.counts, then.counts, strict=True)
    ]
    yield from paragraph(joined(counts, lang) + ".", layout.width)
    for text in (origin(whole.stamp, lang), summary.disclaimer(lang)):
        yield from paragraph(text, layout.width, "dim")


def _row(whole: Answer, flip: SupposedFlip, shown: Shown, layout: Layout) -> grid.Row:
    lang, study = layout.lang, whole.studies[flip.id]
    why = joined((reason(one, lang, shown[one.name]) for one in flip.changed), lang)
    cells = [
        Cell(verdict(flip.before, lang), VERDICT_STYLE[flip.before], whole=True),
        Cell("→ " + verdict(flip.after, lang), VERDICT_STYLE[flip.after], whole=True),
        Cell(brief(study, lang), "bold"),
        number(study),
        Cell(pick(lang, *STATES[flip.recruitment]), STATE_STYLE[flip.recruitment]),
    ]
    return grid.Row(cells, [Cell(why, "dim")])
