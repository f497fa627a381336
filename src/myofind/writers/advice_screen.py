"""The foot of an answer: what to ask next, what another diagnosis, another place or time would open."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from myofind.domain.eligibility import antibody_state
from myofind.names.regions import distance
from myofind.names.vocabulary import label
from myofind.report.beside import by_remedy
from myofind.report.values import Answer, FactEffect, NearMiss, OtherSubtype
from myofind.words import advice as words
from myofind.words.reasons import reason
from myofind.words.wording import VERDICTS, Lang, joined, pick
from myofind.writers import columns as grid
from myofind.writers.columns import Cell, Column
from myofind.writers.layout import Layout
from myofind.writers.phrases import and_more, brief, nearest, note, relaxed_command, row_label, several
from myofind.writers.styles import line, number, paragraph
from myofind.writers.worth_a_call import worth_a_call

NAMED = 3
"""Trials named where many are counted."""
RESULTS_NAMED = 2
COUNTRIES_NAMED = 3
OPENINGS = 10
"""Trials listed that another subtype opens, unless all are asked for."""
NEAREST = 5
"""Near misses listed where nothing fits."""

Lines = Iterator[Sequence[Cell]]


def foot(whole: Answer, layout: Layout) -> Lines:
    """What to do next, in a few lines: what to ask, what would open, whom to call."""
    if whole.funnel:
        yield from _funnel(whole, layout)
    yield from _questions(whole, layout)
    for other in whole.other_subtypes:
        yield from _other_subtype(whole, other, layout)
    yield from _turns_18(whole, layout)
    if whole.funnel:
        from myofind.writers.near_screen import groups

        yield from groups(whole, layout, NEAREST)
    else:
        yield from _near_counts(whole, layout)
    yield from _relaxed(whole, layout)
    for one in whole.notes:
        if not (one.safety or one.doubt or one.slip):
            yield from paragraph(note(one, layout.lang), layout.width, "dim")
    yield line()
    if layout.calm:
        yield from worth_a_call(whole, layout)


def _heading(text: str, layout: Layout) -> list[list[Cell]]:
    return paragraph(text, layout.width, "bold")


def _indented(text: str, layout: Layout, style: str = "") -> list[list[Cell]]:
    width = None if layout.width is None else max(20, layout.width - 2)
    return [[Cell("  "), *cells] for cells in paragraph(text, width, style)]


# What to ask -----------------------------------------------------------------------------------------------------------


def _questions(whole: Answer, layout: Layout) -> Lines:
    lang, ask = layout.lang, whole.ask_next
    of, effects = ask.of, ask.first
    s = "s" * (of > 1)
    kind = pick(lang, "open now", f"ouvert{s}") if ask.about == "open" else pick(lang, "not closed", f"non fermé{s}")
    lead = pick(
        lang, f"Ask next (of the {of} possible trial{s} {kind})", f"À demander ({of} essai{s} possible{s}, {kind})"
    )
    silent = pick(
        lang, f"; for {ask.unasked} only the centre can tell", f" ; pour {ask.unasked}, seul le centre peut le dire"
    )
    if effects or ask.unasked:
        yield from paragraph(lead + silent * bool(ask.unasked), layout.width, "bold" if effects else "")
    for effect in effects:
        yield from _question(effect, of, whole, layout)


def _question(effect: FactEffect, of: int, whole: Answer, layout: Layout) -> Lines:
    """A missing fact, what it settles, and what to type: on a line of its own where it does not fit beside."""
    lang, patient = layout.lang, whole.asked.patient
    asked = Cell(f"  {words.fact(effect.fact, patient, lang)}{pick(lang, '?', ' ?')} ")
    settles, options = _effect(effect, of, lang), words.option(effect.fact, patient, lang)
    taken = grid.cell_len(asked.text + settles.text) + 2
    for option in (options, options.partition(" | ")[0]):
        if layout.width is None or taken + grid.cell_len(option) <= layout.width:
            yield [asked, settles, Cell("  "), Cell(option, "cyan", whole=True)]
            return
    if layout.width is None or taken - 2 <= layout.width:
        yield [asked, settles]
    else:
        yield from paragraph(asked.text.rstrip(), layout.width)
        yield [Cell("    "), settles]
    yield [Cell("    "), Cell(options, "cyan", whole=True)]


def _effect(effect: FactEffect, of: int, lang: Lang) -> Cell:
    style = "green" if effect.settles else "yellow"
    return Cell(words.effect(effect.settles, effect.may_settle, of, lang), style, whole=True)


# Another diagnosis, another age ----------------------------------------------------------------------------------------


def _called(whole: Answer, ids: Sequence[str], lang: Lang) -> str:
    """`FROG, CATARSIS and 3 more`."""
    return several([row_label(whole.studies[id], lang) for id in ids[:NAMED]], len(ids), lang)


def _other_subtype(whole: Answer, other: OtherSubtype, layout: Layout) -> Lines:
    """What would open under another subtype: a line where nobody asked, a list where somebody did."""
    lang, count = layout.lang, len(other.to_tell)
    if other.by_itself and not count:
        return
    subtype = label("subtypes", other.subtype, lang)
    synthetases = antibody_state("ars_any", whole.asked.patient.antibodies)
    if other.subtype == "asys" and synthetases not in ("positive", "negative"):
        subtype += pick(lang, " (anti-Jo-1 and others not given)", " (anti-Jo-1 et autres non précisés)")
    opens = "opens" if count == 1 else "open"
    text = pick(lang, f"If it is {subtype}, {count} more {opens}", f"Si c'est : {subtype}, {count} de plus")
    if other.by_itself:
        names, add = _called(whole, other.to_tell, lang), f"-s {other.subtype}"
        colon = pick(lang, ":", " :")
        yield from paragraph(f"{text}{colon} {names} ({add})", layout.width)
    else:
        yield from _heading(text, layout)
        yield from _openings(whole, other, layout)
        yield line()


def _openings(whole: Answer, other: OtherSubtype, layout: Layout) -> Lines:
    lang, rows = layout.lang, []
    for opening in other.opens[: OPENINGS if layout.calm else None]:
        study = whole.studies[opening.id]
        cells = [
            Cell(""),
            Cell(pick(lang, *VERDICTS[opening.verdict])),
            Cell(brief(study, lang)),
            number(study),
            Cell(nearest(study.trial, whole.asked, lang), "dim"),
        ]
        rows.append(grid.Row(cells))
    yield from grid.lines([Column(""), Column("", 8), Column("", 16), Column(""), Column("", 20)], rows, layout.width)
    if len(other.opens) > len(rows):
        yield from _indented(and_more(len(other.opens) - len(rows), lang).strip() + " (--all)", layout, "dim")
    closes = len(other.closes)
    if closes:
        verb = "conviendrait" if closes == 1 else "conviendraient"
        text = pick(lang, f"and {closes} would no longer fit", f"et {closes} ne {verb} plus")
        yield from _indented(text, layout, "dim")


def _turns_18(whole: Answer, layout: Layout) -> Lines:
    birthday, lang = whole.turns_18, layout.lang
    if birthday is None:
        return
    opens, closes, day = birthday.to_tell_opens, birthday.to_tell_closes, birthday.on.isoformat()
    lead = pick(
        lang,
        f"Turns 18 on {day}: {len(opens)} more open then, {len(closes)} close",
        f"18 ans le {day} : {len(opens)} de plus alors, {len(closes)} de moins",
    )
    parts = [pick(lang, "open: ", "s'ouvrent : ") + _called(whole, opens, lang)] if opens else []
    parts += [pick(lang, "close: ", "se ferment : ") + _called(whole, closes, lang)] if closes else []
    yield from paragraph(joined([lead, *parts], lang), layout.width)


# Near misses -----------------------------------------------------------------------------------------------------------


def _near_counts(whole: Answer, layout: Layout) -> Lines:
    """One line for each thing that can be done."""
    lang, groups = layout.lang, by_remedy(whole.within_reach)
    waits, results, elsewhere = groups["wait"] + groups["change"], groups["test"], groups["country"]
    lines = []
    if waits:
        names = [
            f"{row_label(whole.studies[miss.id], lang)} {words.opening(miss.criterion, miss.opens, lang)}"
            for miss in waits[:NAMED]
        ]
        lines.append((pick(lang, "Later", "Plus tard"), len(waits), ", ".join(names)))
    if results:
        names = [
            f"{row_label(whole.studies[miss.id], lang)} ({reason(miss.criterion, lang, '')})"
            for miss in results[:RESULTS_NAMED]
        ]
        lines.append((pick(lang, "One result away", "À un résultat près"), len(results), joined(names, lang)))
    if elsewhere:
        lead = pick(lang, "Elsewhere, all else met", "Ailleurs, tout le reste rempli")
        lines.append((lead, len(elsewhere), _by_country(elsewhere, whole.asked.patient.countries, lang)))
    for what, count, names_or_counts in lines:
        colon = pick(lang, ":", " :")
        yield from paragraph(f"{what} ({count}, --near){colon} {names_or_counts}", layout.width)


def _by_country(misses: Sequence[NearMiss], here: Sequence[str], lang: Lang) -> str:
    """How many trials there are in other countries, those near the patient's first."""
    counts: dict[str, int] = {}
    for miss in misses:
        for code in miss.countries:
            counts[code] = counts.get(code, 0) + 1
    order = sorted(counts, key=lambda code: (distance(here, (code,)), -counts[code], code))
    more = len(order) - COUNTRIES_NAMED
    named = ", ".join(f"{label('countries', code, lang)} {counts[code]}" for code in order[:COUNTRIES_NAMED])
    return named + (and_more(more, lang) if more > 0 else "")


# When nothing fits -----------------------------------------------------------------------------------------------------


def _funnel(whole: Answer, layout: Layout) -> Lines:
    lang = layout.lang
    steps = [f"{step.left} {words.criterion_name(step.name, lang)}" for step in whole.funnel]
    yield from _heading(
        pick(lang, "Why: trials left after each criterion", "Pourquoi : essais restants après chaque critère"), layout
    )
    yield from _indented(" → ".join(steps), layout)
    yield line()


def _relaxed(whole: Answer, layout: Layout) -> Lines:
    if not whole.relaxed:
        return
    lang = layout.lang
    yield from _heading(pick(lang, "Ask instead", "À demander plutôt"), layout)
    for search in whole.relaxed:
        about = words.relaxed(search.reason, search.term, lang)
        yield [Cell("  "), Cell(relaxed_command(search), "cyan")]
        yield from _indented(
            "  " + pick(lang, f"{search.gain} more: {about}", f"{search.gain} de plus : {about}"), layout, "dim"
        )
    yield line()
