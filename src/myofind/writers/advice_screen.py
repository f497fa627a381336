"""The foot of an answer: what to ask next, what another diagnosis, another place or time would open, whom to call."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from myofind.domain.eligibility import antibody_state
from myofind.domain.remarks import ASKING
from myofind.names.vocabulary import label
from myofind.report.beside import by_remedy, later, nearest_elsewhere, worth_a_call, worth_asking
from myofind.report.values import Answer, FactEffect, Note, OtherSubtype, Study
from myofind.words import advice as words
from myofind.words import summary
from myofind.words.reasons import reason
from myofind.words.wording import Lang, headed, joined, pick, status, verdict
from myofind.writers import columns as grid
from myofind.writers.columns import Cell, Column
from myofind.writers.layout import Layout, Lines, Part, PartLines, form
from myofind.writers.phrases import and_more, brief, note, row_label, several
from myofind.writers.places import ELSEWHERE, by_country, contacts, nearest
from myofind.writers.styles import flowing, indented, line, number, paragraph

NAMED = (3, 1, 0)
"""Trials named where many are counted, and where there is less and less room."""
RESULTS_NAMED = 2
OPENINGS = 10
"""Trials listed that another subtype opens, unless all are asked for."""
NEAREST = (5, 2)
"""Near misses listed where nothing fits."""


def foot(whole: Answer, layout: Layout) -> list[Part]:
    """What to do next, in a few lines: what to ask, what would open, what is known of such patients, whom to call."""
    questions = len(whole.ask_next.first)
    near = [form(_near_counts, whole, layout, named) for named in NAMED]
    why, instead, calls = list[Part](), list[Part](), list[Part]()
    if layout.calm:
        calls.append(Part("calls", *(form(_worth_a_call, whole, layout, short) for short in (False, True))))
    if whole.funnel:
        from myofind.writers.near_screen import funnel, groups, relaxed, relaxed_in_short

        why.append(Part("funnel", form(funnel, whole, layout)))
        near = [*(form(groups, whole, layout, most) for most in NEAREST), near[-1]]
        if whole.relaxed:
            instead.append(Part("relaxed", *(form(told, whole, layout) for told in (relaxed, relaxed_in_short))))
    return [
        *why,
        Part("questions", *(_asked(whole, layout, count) for count in range(questions, min(questions, 1) - 1, -1))),
        Part("asked", form(_asked_subtypes, whole, layout)),
        Part("others", *(form(_untold_subtypes, whole, layout, named) for named in NAMED)),
        Part("birthday", *(form(_turns_18, whole, layout, named) for named in (NAMED[0], 0))),
        Part("near", *near),
        *instead,
        _remarks(whole, layout),
        *calls,
    ]


def _remarks(whole: Answer, layout: Layout) -> Part:
    """What the field knows of such a patient; where there is no room only what asks for a result, the others counted."""
    known = [one for one in whole.notes if not (one.safety or one.doubt or one.slip)]
    asking = [one for one in known if one.remark is not None and one.remark.code in ASKING]

    def told(remarks: Sequence[Note]) -> Lines:
        for one in remarks:
            yield from paragraph(note(one, layout.lang), layout.width, "dim")
        yield line()

    return Part(
        "remarks", form(told, known), lambda: PartLines(list(told(asking)), {"remarks": len(known) - len(asking)})
    )


# What to ask -----------------------------------------------------------------------------------------------------------


def _asked(whole: Answer, layout: Layout, most: int) -> Callable[[], PartLines]:
    """At most so many questions, the others counted."""
    left = len(whole.ask_next.first) - most
    return lambda: PartLines(list(_questions(whole, layout, most)), {"questions": left})


def _questions(whole: Answer, layout: Layout, most: int) -> Lines:
    lang, ask = layout.lang, whole.ask_next
    of, effects = ask.of, ask.first[:most]
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
    asked = Cell(f"  {words.fact(effect.fact, patient, lang)}{pick(lang, ':', ' :')} ")
    settled = words.effect(effect.settles, effect.may_settle, of, lang)
    settles, options = Cell(settled, "green" if effect.settles else "yellow"), words.option(effect.fact, patient, lang)
    taken = grid.cell_len(asked.text + settles.text) + 2
    for option in (options, options.partition(" | ")[0]):
        if layout.width is None or taken + grid.cell_len(option) <= layout.width:
            yield [asked, settles, Cell("  "), Cell(option, "cyan")]
            return
    if layout.width is None or taken - 2 <= layout.width:
        yield [asked, settles]
        yield [Cell("    "), Cell(options, "cyan")]
        return
    yield from paragraph(asked.text.rstrip(), layout.width)
    beside = grid.cell_len(settles.text + options) + 6 <= layout.width
    yield [Cell("    "), settles, *([Cell("  "), Cell(options, "cyan")] if beside else [])]
    if not beside:
        yield [Cell("    "), Cell(options, "cyan")]


# Another diagnosis, another age ----------------------------------------------------------------------------------------


def _asked_subtypes(whole: Answer, layout: Layout) -> Lines:
    """What would open under the subtypes that were asked about: a list each."""
    for other in whole.other_subtypes:
        if not other.by_itself:
            yield from paragraph(_opens(whole, other, layout.lang), layout.width, "bold")
            yield from _openings(whole, other, layout, OPENINGS if layout.calm else None)
            yield line()


def _untold_subtypes(whole: Answer, layout: Layout, named: int) -> Lines:
    """What would open under a subtype that nobody asked about: a line."""
    lang = layout.lang
    for other in whole.other_subtypes:
        if other.by_itself and other.to_tell:
            names = pick(lang, ": ", " : ") + several(whole, other.to_tell, named, lang) if named else ""
            yield from paragraph(f"{_opens(whole, other, lang)}{names} (-s {other.subtype})", layout.width)


def _opens(whole: Answer, other: OtherSubtype, lang: Lang) -> str:
    """How many more trials another subtype opens."""
    subtype, count = label("subtypes", other.subtype, lang), len(other.to_tell)
    synthetases = antibody_state("ars_any", whole.asked.patient.antibodies)
    if other.subtype == "asys" and synthetases not in ("positive", "negative"):
        subtype += pick(lang, " (anti-Jo-1 and others not given)", " (anti-Jo-1 et autres non précisés)")
    opens = "opens" if count == 1 else "open"
    return pick(lang, f"If it is {subtype}, {count} more {opens}", f"Si c'est : {subtype}, {count} de plus")


def _openings(whole: Answer, other: OtherSubtype, layout: Layout, most: int | None) -> Lines:
    lang, rows = layout.lang, []
    for opening in other.opens[:most]:
        study = whole.studies[opening.id]
        called = [Cell(verdict(opening.verdict, lang, opening.firm)), Cell(brief(study, lang)), number(study)]
        rows.append(grid.Row([Cell(""), *called, Cell(nearest(study.trial, whole.asked, lang), "dim")]))
    yield from grid.lines([Column(""), Column("", 8), Column("", 16), Column(""), Column("", 20)], rows, layout.width)
    if len(other.opens) > len(rows):
        yield from indented(and_more(len(other.opens) - len(rows), lang).strip() + " (--all)", layout.width, "dim")
    closes = len(other.closes)
    if closes:
        verb = "conviendrait" if closes == 1 else "conviendraient"
        text = pick(lang, f"and {closes} would no longer fit", f"et {closes} ne {verb} plus")
        yield from indented(text, layout.width, "dim")


def _turns_18(whole: Answer, layout: Layout, named: int) -> Lines:
    birthday, lang = whole.turns_18, layout.lang
    if birthday is None:
        return
    named = named if birthday.soon(whole.stamp.day) else 0
    opens, closes, day = birthday.to_tell_opens, birthday.to_tell_closes, birthday.on.isoformat()
    french = f"18 ans le {day} : {len(opens)} de plus alors, {len(closes)} de moins"
    lead = pick(lang, f"Turns 18 on {day}: {len(opens)} more open then, {len(closes)} close", french)
    parts = [pick(lang, "open: ", "s'ouvrent : ") + several(whole, opens, named, lang)] if opens and named else []
    parts += [pick(lang, "close: ", "se ferment : ") + several(whole, closes, named, lang)] if closes and named else []
    yield from paragraph(joined([lead, *parts], lang), layout.width)


# Near misses -----------------------------------------------------------------------------------------------------------


def _near_counts(whole: Answer, layout: Layout, named: int) -> Lines:
    """One line for each thing that can be done."""
    lang, groups = layout.lang, by_remedy(whole.within_reach)
    waits, results, abroad = groups["wait"] + groups["change"], groups["test"], groups["country"]
    lines = []
    if waits:
        ahead, together = later(whole), dict[str, list[str]]()
        for miss in ahead[:named]:
            opening = words.opening(miss.criterion, miss.opens, lang)
            together.setdefault(opening, []).append(row_label(whole.studies[miss.id], lang))
        told = [f"{', '.join(labels)} {opening}" for opening, labels in together.items()]
        told += [pick(lang, "on the 18th birthday", "aux 18 ans")] * (not ahead)
        lines.append((pick(lang, "Later", "Plus tard"), len(waits), joined(told, lang)))
    if results:
        first = results[: min(named, RESULTS_NAMED)]
        names = [f"{row_label(whole.studies[one.id], lang)} ({reason(one.criterion, lang, '')})" for one in first]
        lines.append((pick(lang, "One result away", "À un résultat près"), len(results), joined(names, lang)))
    if abroad:
        called = 0 if worth_a_call(whole) or nearest_elsewhere(whole) else named
        lines.append((pick(lang, *ELSEWHERE), len(abroad), by_country(whole, called, lang)))
    if not named:
        counts = " · ".join(f"{lead[:1].lower() + lead[1:]} {count}" for lead, count, _ in lines)
        if lines:
            yield from paragraph(headed("--near", counts, lang), layout.width)
        return
    for lead, count, names_or_counts in lines:
        yield from paragraph(headed(f"{lead} ({count}, --near)", names_or_counts, lang), layout.width)


# Whom to call ----------------------------------------------------------------------------------------------------------


def _worth_a_call(whole: Answer, layout: Layout, short: bool) -> Lines:
    """The first trials that certainly run in the country and take patients or will; else those that perhaps do.

    What runs nearer although not in the country comes before what perhaps does, which is then only named. In short, how to
    reach somebody without who that is, not how to see a trial in full, and no names of what has a row already.
    """
    lang, here = layout.lang, whole.asked.patient.countries
    chosen, nearest = [row.study for row in worth_asking(whole)], nearest_elsewhere(whole)
    if nearest is not None:
        country, ids = nearest
        studies = [whole.studies[id] for id in ids]
        yield from paragraph(summary.nearest_elsewhere(country, lang), layout.columns, "bold")
        yield from _calls(studies, [country], layout, short, with_status=True)
        if chosen and not short:
            names = " · ".join(row_label(study, lang) for study in chosen)
            yield from paragraph(headed(pick(lang, *summary.PERHAPS_COMING), names, lang), layout.columns)
    elif chosen:
        text = summary.first_of_all(bool(worth_a_call(whole)), bool(here), lang)
        first = row_label(chosen[0], lang)
        known_as = chosen[0].trial.id if " " in first else first
        french = f"un essai en entier : ajoutez --why-not {known_as}"
        full = pick(lang, f"one in full: add --why-not {known_as}", french)
        yield from paragraph(text if short else f"{text} ({full})", layout.columns, "bold")
        yield from _calls(chosen, here, layout, short)


def _calls(
    studies: Sequence[Study], here: Sequence[str], layout: Layout, short: bool, *, with_status: bool = False
) -> Lines:
    """Whom to call about some trials in some countries; those of one contact together."""
    lang, groups = layout.lang, dict[str, list[Study]]()
    for study in studies:
        nobody = study.url and not study.trial.contacts
        no_contact = pick(lang, f"no contact; {study.url}", f"sans contact ; {study.url}")
        groups.setdefault(no_contact if nobody else contacts(study, here, lang, short=True)[0], []).append(study)
    for reached, group in groups.items():
        names = [cell for study in group for cell in (*_reached(study, layout, with_status), Cell(" · "))]
        each = ("", "", pick(lang, "both", "les deux"), pick(lang, "all", "tous"))[min(len(group), 3)]
        colon = Cell(each + pick(lang, ": ", " : "))
        way = Cell(reached.partition(" – ")[0] if short else reached)
        yield from flowing([Cell("  "), *(names if each else names[:-1]), colon, way], layout.columns)


def _reached(study: Study, layout: Layout, with_status: bool) -> Iterator[Cell]:
    """What a trial is called, its number linked unless its address follows, and whether it takes patients."""
    called, linked = row_label(study, layout.lang), number(study).link
    if called == study.trial.id:
        yield Cell(called, "bold cyan", linked)
    else:
        yield Cell(called, "bold")
        if linked and study.trial.contacts:
            yield Cell(f" {study.trial.id}", "cyan", linked)
    if with_status:
        yield Cell(f", {status(study.recruitment, layout.lang)}")
