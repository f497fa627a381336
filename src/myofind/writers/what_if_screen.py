"""`--what-if` on a screen: the verdicts that flip, and why."""

from __future__ import annotations

from collections.abc import Sequence

from myofind.report.values import Answer, SupposedFlip, WhatIf
from myofind.words import summary
from myofind.words.wording import doubted, joined, pick, verdict
from myofind.writers import columns as grid
from myofind.writers.columns import Cell, Column
from myofind.writers.layout import Layout, Lines
from myofind.writers.phrases import Shown, and_more, brief
from myofind.writers.styles import VERDICT_STYLE, ending, known, line, number, paragraph

LISTED = 15
"""Most trials listed of each verdict, unless all are asked for."""


def page(whole: Answer, then: WhatIf, layout: Layout) -> Lines:
    """The verdicts that flip among trials that are not closed; the others are counted."""
    lang, flips = layout.lang, [flip for flip in then.flips if flip.recruitment != "closed"]
    supposing, shown = ", ".join(then.supposing), Shown(then.asked, layout.lang)
    count, several = len(flips), len(flips) != 1
    text = pick(
        lang,
        f"What if {supposing}: {count} {'verdicts change' if several else 'verdict changes'}",
        f"Et si {supposing} : {count} {'verdicts changent' if count > 1 else 'verdict change'}",
    )
    yield from paragraph(text, layout.width, "bold")
    for after, firm in (("match", True), ("match", False), ("possible", None), ("excluded", None)):
        group = [flip for flip in flips if flip.after == after and firm in (None, flip.firm[1])]
        yield from _group(whole, group, shown, layout)
    closed = len(then.flips) - len(flips)
    yield line()
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
    counts = [
        f"{verdict(name, lang)} {now} → {later}"
        for name, now, later in zip(whole.counts._fields, whole.counts, then.counts, strict=True)
    ]
    yield from paragraph(joined(counts, lang) + ".", layout.width)
    in_part = any("match" in (flip.before, flip.after) and not all(flip.firm) for flip in flips)
    old_news = any(doubted(whole.studies[flip.id].recruitment) for flip in flips)
    yield from ending(whole.stamp, layout, summary.marks(in_part, old_news, lang))


def _group(whole: Answer, flips: Sequence[SupposedFlip], shown: Shown, layout: Layout) -> Lines:
    """The trials that come out alike, the first of them listed."""
    if not flips:
        return
    lang, listed = layout.lang, flips[: LISTED if layout.calm else None]
    then = verdict(flips[0].after, lang, flips[0].firm[1])
    yield line()
    yield line(pick(lang, f"Then {then} ({len(flips)})", f"Alors : {then} ({len(flips)})"), "bold")
    columns = [Column(""), Column("", 16, 40), Column(""), Column("", 12), Column("", 12)]
    yield from grid.lines(columns, [_row(whole, flip, shown, layout) for flip in listed], layout.width, indent=4)
    if len(flips) > len(listed):
        yield from paragraph(f"  {and_more(len(flips) - len(listed), lang).strip()} (--all)", layout.width, "dim")


def _row(whole: Answer, flip: SupposedFlip, shown: Shown, layout: Layout) -> grid.Row:
    lang, study = layout.lang, whole.studies[flip.id]
    cells = [
        Cell(""),
        Cell(brief(study, lang), "bold"),
        number(study),
        known(study.recruitment, lang),
        Cell(
            pick(lang, "now ", "aujourd'hui ") + verdict(flip.before, lang, flip.firm[0]),
            VERDICT_STYLE[flip.before],
            whole=True,
        ),
    ]
    return grid.Row(cells, [Cell(shown.reasons(flip.changed), "dim")])
