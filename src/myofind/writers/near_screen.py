"""`--near` and `--what-if` on a screen: trials that fail on one point only, the most doable first; verdicts that flip, and why.

Where no trial known to take patients fits, also why, and what to ask instead.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from myofind.report.beside import by_remedy
from myofind.report.values import Answer, NearMiss, SupposedFlip, WhatIf
from myofind.words import advice as words
from myofind.words import summary
from myofind.words.wording import NAMES, Lang, doubted, headed, joined, pick, verdict
from myofind.writers import columns as grid
from myofind.writers.columns import Cell, Column
from myofind.writers.layout import Layout, Lines
from myofind.writers.phrases import Shown, and_more, brief, gain, relaxed_command, steps
from myofind.writers.places import MOST_CITIES, nearest
from myofind.writers.styles import NUMBER_WIDTH, VERDICT_STYLE, ending, indented, known, line, number, paragraph

LISTED = 15
"""Most trials listed of each thing that can be done, or of each verdict, unless all are asked for."""
_BY_TIME = ("age", "duration", "onset_age")
"""Criteria that time alone mends: which bound it is differs from trial to trial and does not matter."""


def page(whole: Answer, layout: Layout) -> Lines:
    """The near misses one by one."""
    lang = layout.lang
    count = sum(miss.remedy != "never" for miss in whole.within_reach)
    english = f"{count} {'trial fails' if count == 1 else 'trials fail'} on one point that can change"
    french = f"{count} {'essai bute' if count < 2 else 'essais butent'} sur un seul point qui peut changer"
    yield from paragraph(pick(lang, english, french), layout.width, "bold")
    most = LISTED if layout.calm else None
    yield from groups(whole, layout, most)
    yield from _out_of_reach(whole, layout)
    yield line()
    kinds = by_remedy(whole.within_reach).items()
    listed = [whole.studies[miss.id] for remedy, misses in kinds if remedy != "never" for miss in misses[:most]]
    yield from paragraph(summary.totals(*whole.counts, *whole.matches_beside, len(listed), lang), layout.width)
    yield from ending(whole.stamp, layout, summary.marks(False, any(doubted(one.recruitment) for one in listed), lang))


def groups(whole: Answer, layout: Layout, most: int | None) -> Lines:
    """What can be done, and the trials it opens, at most so many of each; what cannot be mended is left out."""
    lang = layout.lang
    for remedy, misses in by_remedy(whole.within_reach).items():
        if remedy == "never" or not misses:
            continue
        yield line()
        yield from paragraph(f"{pick(lang, *words.REMEDIES[remedy])} ({len(misses)})", layout.width, "bold")
        yield from _listed(whole, misses[:most], layout)
        rest = len(misses) - len(misses[:most])
        if rest:
            option = "--near" if not layout.near else "--near --all"
            yield from paragraph(f"  {and_more(rest, lang).strip()} ({option})", layout.width, "dim")


def _listed(whole: Answer, misses: Sequence[NearMiss], layout: Layout) -> Lines:
    """The trials of one group, below what several wait for alike."""
    lang, shown = layout.lang, Shown(whole.asked, layout.lang)
    cities = MOST_CITIES if layout.wide else 1
    same: dict[str, list[grid.Row]] = {}
    for miss in misses:
        study = whole.studies[miss.id]
        where, linked = Cell(nearest(study.trial, whole.asked, lang, cities), "dim"), number(study)
        apart, status = len(linked.text) > NUMBER_WIDTH, known(study.recruitment, lang)
        cells = [Cell("  "), Cell(brief(study, lang)), Cell("") if apart else linked, status, where]
        row = grid.Row(cells, [linked._replace(text=f"    {linked.text}")] if apart else [])
        same.setdefault(_waits_for(miss, shown, lang), []).append(row)
    columns = [Column(""), Column("", 16, 40), Column(""), Column("", 18), Column("", 8)]
    for what, rows in same.items():
        if what:
            yield from indented(what, layout.width, "dim")
        yield from grid.lines(columns, rows, layout.width)


def _waits_for(miss: NearMiss, shown: Shown, lang: Lang) -> str:
    """What opens a trial: a day with what is waited for, or what fails; nothing for another country."""
    if miss.remedy == "country":
        return ""
    name = miss.criterion.name
    what = pick(lang, *NAMES[name]) if name in _BY_TIME else shown.reason(miss.criterion)
    if miss.remedy == "wait" and name in _BY_TIME:
        return headed(words.opening(miss.criterion, miss.opens, lang), what, lang)
    return what


def _out_of_reach(whole: Answer, layout: Layout) -> Lines:
    """Trials that nothing mends, counted by what stands in the way."""
    lang = layout.lang
    misses = [miss for miss in whole.within_reach if miss.remedy == "never"]
    if not misses:
        return
    barred = Counter(miss.barred for miss in misses if miss.barred)
    names = Counter(pick(lang, *NAMES[miss.criterion.name]) for miss in misses if not miss.barred)
    counts = [*names.most_common(), *((pick(lang, *_BARRED[why]), count) for why, count in barred.most_common())]
    parts = [why if len(counts) == 1 else f"{why} {count}" for why, count in counts]
    yield line()
    lead = pick(lang, f"Out of reach ({len(misses)}): ", f"Hors de portée ({len(misses)}) : ")
    yield from paragraph(lead + ", ".join(parts) + ".", layout.width, "dim")


_BARRED = {
    "ended": ("ended before the wait is over", "terminés avant la fin de l'attente"),
    "fails": ("another criterion would fail by then", "un autre critère ne serait plus rempli alors"),
    "far": ("a wait of more than two years", "plus de deux ans d'attente"),
}


# Where no trial known to take patients fits ------------------------------------------------------------------------------


def funnel(whole: Answer, layout: Layout) -> Lines:
    """How many trials are left after each criterion."""
    lang = layout.lang
    text = pick(lang, "Why: trials left after each criterion", "Pourquoi : essais restants après chaque critère")
    yield from paragraph(text, layout.width, "bold")
    yield from indented(steps(whole, lang), layout.width)
    yield line()


def relaxed(whole: Answer, layout: Layout) -> Lines:
    """Searches that find more, each with its command."""
    lang = layout.lang
    yield from paragraph(pick(lang, *words.ASK_INSTEAD), layout.width, "bold")
    for search in whole.relaxed:
        yield [Cell("  "), Cell(relaxed_command(search), "cyan")]
        yield from indented("  " + gain(search, lang), layout.width, "dim")
    yield line()


def relaxed_in_short(whole: Answer, layout: Layout) -> Lines:
    """The same in a sentence, without the commands."""
    lang = layout.lang
    told = ", ".join(f"{words.relaxed(search.reason, search.term, lang)} {search.gain}" for search in whole.relaxed)
    commands = pick(lang, "commands: --limit 0", "commandes : --limit 0")
    yield from paragraph(headed(f"{pick(lang, *words.ASK_INSTEAD)} ({commands})", told, lang), layout.width)
    yield line()


# What is supposed ------------------------------------------------------------------------------------------------------


def what_if(whole: Answer, then: WhatIf, layout: Layout) -> Lines:
    """The verdicts that flip among trials that are not closed; the others are counted."""
    lang, flips = layout.lang, [flip for flip in then.flips if flip.recruitment != "closed"]
    supposing, count, shown = ", ".join(then.supposing), len(flips), Shown(then.asked, layout.lang)
    english = f"What if {supposing}: {count} {'verdict changes' if count == 1 else 'verdicts change'}"
    french = f"Et si {supposing} : {count} {'verdicts changent' if count > 1 else 'verdict change'}"
    yield from paragraph(pick(lang, english, french), layout.width, "bold")
    for after, firm in (("match", True), ("match", False), ("possible", None), ("excluded", None)):
        group = [flip for flip in flips if flip.after == after and firm in (None, flip.firm[1])]
        yield from _group(whole, group, shown, layout)
    closed = len(then.flips) - len(flips)
    yield line()
    if closed:
        french = f"{closed} {'autre' if closed == 1 else 'autres'} parmi les essais fermés."
        yield from paragraph(pick(lang, f"{closed} more among closed trials.", french), layout.width, "dim")
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
    rows = []
    for flip in listed:
        study, now = whole.studies[flip.id], verdict(flip.before, lang, flip.firm[0])
        before = Cell(pick(lang, "now ", "aujourd'hui ") + now, VERDICT_STYLE[flip.before], whole=True)
        named = [Cell(""), Cell(brief(study, lang), "bold"), number(study), known(study.recruitment, lang), before]
        rows.append(grid.Row(named, [Cell(shown.reasons(flip.changed), "dim")]))
    yield from grid.lines(columns, rows, layout.width, indent=4)
    if len(flips) > len(listed):
        yield from paragraph(f"  {and_more(len(flips) - len(listed), lang).strip()} (--all)", layout.width, "dim")
