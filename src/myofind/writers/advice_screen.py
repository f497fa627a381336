"""The foot of an answer: what to ask next, what another diagnosis, another place or time would open."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from myofind.domain.eligibility import antibody_state
from myofind.names.vocabulary import label
from myofind.report.beside import by_remedy
from myofind.report.values import Answer, FactEffect, NearMiss, OtherSubtype
from myofind.words import advice as words
from myofind.words.wording import VERDICTS, Lang, joined, pick, reason
from myofind.writers import columns as grid
from myofind.writers.columns import Cell, Column
from myofind.writers.layout import Layout
from myofind.writers.phrases import and_more, brief, nearest, several
from myofind.writers.styles import line, number, paragraph

QUESTIONS = 3
NAMED = 3
"""Trials named where many are counted."""
RESULTS_NAMED = 2
COUNTRIES_NAMED = 5
OPENINGS = 10
"""Trials listed that another subtype opens, unless all are asked for."""
NEAREST = 5
"""Near misses listed where nothing fits."""

Lines = Iterator[Sequence[Cell]]


def foot(whole: Answer, layout: Layout) -> Lines:
    """What to do next, in a few lines."""
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
    if layout.calm and whole.shown:
        first = whole.every_row[0].trial
        known_as = first.acronym if first.acronym and " " not in first.acronym else first.id
        yield from paragraph(
            pick(
                layout.lang,
                f"One trial in full, with its sources: add --why-not {known_as}",
                f"Un essai en entier, avec ses sources : ajoutez --why-not {known_as}",
            ),
            layout.width,
            "dim",
        )


def _heading(text: str, layout: Layout) -> list[list[Cell]]:
    return paragraph(text, layout.width, "bold")


def _indented(text: str, layout: Layout, style: str = "") -> list[list[Cell]]:
    width = None if layout.width is None else max(20, layout.width - 2)
    return [[Cell("  "), *cells] for cells in paragraph(text, width, style)]


# What to ask -----------------------------------------------------------------------------------------------------------


def _questions(whole: Answer, layout: Layout) -> Lines:
    lang, ask, patient = layout.lang, whole.ask_next, whole.asked.patient
    of, effects = ask.of, ask.effects[:QUESTIONS]
    kind = pick(lang, "open", "ouverts") if ask.about == "open" else pick(lang, "not closed", "non fermés")
    if effects:
        yield from _heading(
            pick(
                lang,
                f"Next: what would settle the {f'{of} possible trials' if of > 1 else 'one possible trial'} ({kind})",
                f"Ensuite : ce qui trancherait {f'les {of} essais possibles' if of > 1 else 'le seul essai possible'} ({kind})",
            ),
            layout,
        )
        rows = [
            grid.Row(
                [
                    Cell(""),
                    Cell(words.fact(effect.fact, patient, lang)),
                    _effect(effect, of, lang),
                    Cell(words.option(effect.fact, patient, lang), "cyan", whole=True),
                ]
            )
            for effect in effects
        ]
        yield from grid.lines([Column(""), Column("", 18), Column(""), Column("", 12)], rows, layout.width)
    if ask.unasked:
        silent = pick(
            lang,
            f"{ask.unasked} of the {of} {'waits' if ask.unasked == 1 else 'wait'} on what the registry does not say: ask the centre",
            f"{ask.unasked} sur {of} : le registre ne le dit pas, demander au centre",
        )
        if effects:
            yield from _indented(silent, layout, "dim")
        else:
            lead = pick(
                lang, f"Next: of the possible trials ({kind}), ", f"Ensuite : parmi les essais possibles ({kind}), "
            )
            yield from paragraph(lead + silent, layout.width)
    if effects or ask.unasked:
        yield line()


def _effect(effect: FactEffect, of: int, lang: Lang) -> Cell:
    if effect.settles:
        text = pick(lang, f"settles {effect.settles} of {of}", f"tranche {effect.settles} sur {of}")
        return Cell(text, "green", whole=True)
    may = effect.may_settle
    return Cell(pick(lang, f"may settle {may} of {of}", f"peut trancher {may} sur {of}"), "yellow", whole=True)


# Another diagnosis, another age ----------------------------------------------------------------------------------------


def _called(whole: Answer, ids: Sequence[str], lang: Lang) -> str:
    """`FROG, CATARSIS and 3 more`."""
    return several([brief(whole.studies[id], lang) for id in ids[:NAMED]], len(ids), lang)


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
    yield from _heading(
        pick(lang, f"If it is {subtype}, {count} more {opens}", f"Si c'est : {subtype}, {count} de plus"), layout
    )
    if other.by_itself:
        names, add = _called(whole, other.to_tell, lang), f"-s {other.subtype}"
        yield from _indented(pick(lang, f"{names}; add {add}", f"{names} ; ajoutez {add}"), layout)
    else:
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
    yield from _heading(
        pick(
            lang,
            f"Turns 18 on {day}: {len(opens)} more open then, {len(closes)} close",
            f"18 ans le {day} : {len(opens)} de plus alors, {len(closes)} de moins",
        ),
        layout,
    )
    if opens:
        yield from _indented(pick(lang, "open: ", "s'ouvrent : ") + _called(whole, opens, lang), layout)
    if closes:
        yield from _indented(pick(lang, "close: ", "se ferment : ") + _called(whole, closes, lang), layout)
    yield line()


# Near misses -----------------------------------------------------------------------------------------------------------


def _near_counts(whole: Answer, layout: Layout) -> Lines:
    """One line for each thing that can be done."""
    lang, groups, lines = layout.lang, by_remedy(whole.within_reach), []
    waits, results, elsewhere = groups["wait"] + groups["change"], groups["test"], groups["country"]
    if waits:
        names = [
            f"{brief(whole.studies[miss.id], lang)} {words.opening(miss.criterion, miss.opens, lang)}"
            for miss in waits[:NAMED]
        ]
        lines.append((pick(lang, "later", "plus tard"), len(waits), ", ".join(names)))
    if results:
        names = [
            f"{brief(whole.studies[miss.id], lang)} ({reason(miss.criterion, lang, '')})"
            for miss in results[:RESULTS_NAMED]
        ]
        lines.append((pick(lang, "one result", "un résultat"), len(results), joined(names, lang)))
    if elsewhere:
        lines.append((pick(lang, "another country", "un autre pays"), len(elsewhere), _by_country(elsewhere, lang)))
    if not lines:
        return
    yield from _heading(
        pick(lang, "Only one criterion away (--near lists them)", "À un seul critère près (--near pour la liste)"),
        layout,
    )
    rows = [grid.Row([Cell(""), Cell(what), Cell(str(count)), Cell(names)]) for what, count, names in lines]
    yield from grid.lines([Column(""), Column(""), Column(""), Column("", 20)], rows, layout.width)
    yield line()


def _by_country(misses: Sequence[NearMiss], lang: Lang) -> str:
    counts: dict[str, int] = {}
    for miss in misses:
        for code in miss.countries:
            counts[code] = counts.get(code, 0) + 1
    order = sorted(counts, key=lambda code: (-counts[code], code))
    more = len(order) - COUNTRIES_NAMED
    named = ", ".join(f"{code} {counts[code]}" for code in order[:COUNTRIES_NAMED])
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
    from myofind.asking.as_command import command

    lang = layout.lang
    yield from _heading(pick(lang, "Ask instead", "À demander plutôt"), layout)
    for search in whole.relaxed:
        more = ("--status", search.status) if search.status else ()
        about = words.relaxed(search.reason, search.term, lang)
        yield [Cell("  "), Cell(command(search.facts, *more), "cyan")]
        yield from _indented(
            "  " + pick(lang, f"{search.gain} more: {about}", f"{search.gain} de plus : {about}"), layout, "dim"
        )
    yield line()
