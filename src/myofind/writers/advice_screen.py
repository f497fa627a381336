"""The foot of an answer: what to ask next, what another diagnosis, another place or time would open."""

from collections.abc import Iterator, Sequence

from myofind.advice.advice import Advice, Also, first_kinds
from myofind.advice.near_misses import REMEDIES, Near
from myofind.advice.questions import Question
from myofind.asking.profile import Profile
from myofind.domain.eligibility import antibody_state
from myofind.domain.trial import CountryRule
from myofind.matching import trial_sets as sets
from myofind.matching.answer import Answer, ranked, row
from myofind.matching.trial_sets import Bits
from myofind.names.vocabulary import label
from myofind.registry.compiled import Store
from myofind.words.wording import VERDICTS, Lang, joined, listing, pick, reason
from myofind.writers import columns as grid
from myofind.writers.answer_screen import View, brief, drugs, known, name, nearest, number, paragraph
from myofind.writers.columns import Cell, Column
from myofind.writers.phrases import REMEDIES as REMEDY_WORDS
from myofind.writers.phrases import barred, criterion_name, fact, facts, opening, option

QUESTIONS = 3
NAMED = 3
"""Trials named where many are counted."""
NEAREST = 5
"""Near misses listed where nothing fits."""

Lines = Iterator[Sequence[Cell]]


def foot(store: Store, asked: Profile, found: Answer, advice: Advice, view: View, every_near: bool = False) -> Lines:
    """What to do next, in a few lines."""
    if advice.steps:
        yield from _dwindling(advice, view)
    yield from _questions(asked, advice, view)
    for one in advice.also:
        yield from _also(store, asked, found, one, view)
    yield from _adult(store, asked, found, advice, view)
    if every_near or advice.steps:
        yield from near_table(store, asked, found, advice, view, None if every_near else NEAREST)
    else:
        yield from _near(store, asked, found, advice, view)
    yield from _instead(advice, view)
    if view.calm and found.rows:
        first = found.rows[0].trial
        known_as = first.acronym if first.acronym and " " not in first.acronym else first.id
        yield from paragraph(
            pick(
                view.lang,
                f"One trial in full, with its sources: add --why-not {known_as}",
                f"Un essai en entier, avec ses sources : ajoutez --why-not {known_as}",
            ),
            view.width,
            "dim",
        )


def _heading(text: str, view: View) -> list[list[Cell]]:
    return paragraph(text, view.width, "bold")


def _indented(text: str, view: View, style: str = "") -> list[list[Cell]]:
    return [
        [Cell("  "), *line] for line in paragraph(text, None if view.width is None else max(20, view.width - 2), style)
    ]


# What to ask -----------------------------------------------------------------------------------------------------------


def _questions(asked: Profile, advice: Advice, view: View) -> Lines:
    lang, pool, kind = view.lang, advice.pool.open, pick(view.lang, "open", "ouverts")
    if not any(one.may & pool for one in advice.questions):
        pool, kind = advice.pool.all, pick(lang, "not closed", "non fermés")
    of = sets.size(pool)
    told = [one for one in advice.questions if one.may & pool][:QUESTIONS]
    if not of:
        return
    if told:
        yield from _heading(
            pick(
                lang,
                f"Next: what would settle the {f'{of} possible trials' if of > 1 else 'one possible trial'} ({kind})",
                f"Ensuite : ce qui trancherait {f'les {of} essais possibles' if of > 1 else 'le seul essai possible'} ({kind})",
            ),
            view,
        )
        rows = [
            grid.Row(
                [
                    Cell(""),
                    Cell(fact(one, asked, lang)),
                    _effect(one, pool, of, lang),
                    Cell(option(one, asked), "cyan", whole=True),
                ]
            )
            for one in told
        ]
        yield from grid.lines([Column(""), Column("", 18), Column(""), Column("", 12)], rows, view.width)
    silent = sets.size(advice.unasked & pool)
    if silent:
        words = pick(
            lang,
            f"{silent} of the {of} {'waits' if silent == 1 else 'wait'} on what the registry does not say: ask the centre",
            f"{silent} sur {of} : le registre ne le dit pas, demander au centre",
        )
        if told:
            yield from _indented(words, view, "dim")
        else:
            lead = pick(
                lang, f"Next: of the possible trials ({kind}), ", f"Ensuite : parmi les essais possibles ({kind}), "
            )
            yield from paragraph(lead + words, view.width, "")
    if told or silent:
        yield [Cell("")]


def _effect(one: Question, pool: Bits, of: int, lang: Lang) -> Cell:
    settles, may = sets.size(one.settles & pool), sets.size(one.may & pool)
    if settles:
        return Cell(pick(lang, f"settles {settles} of {of}", f"tranche {settles} sur {of}"), "green", whole=True)
    return Cell(pick(lang, f"may settle {may} of {of}", f"peut trancher {may} sur {of}"), "yellow", whole=True)


# Another diagnosis, another age ----------------------------------------------------------------------------------------


def _called(store: Store, places: Sequence[int], most: int, lang: Lang) -> str:
    """`FROG, CATARSIS and 3 more`."""
    names = [brief(store.trial(place), lang) for place in places[:most]]
    more = len(places) - len(names)
    if not more:
        return listing(names, lang, ("and", "et"))
    return ", ".join(names) + _more(more, lang)


def _more(count: int, lang: Lang) -> str:
    return pick(lang, f" and {count} more", f" et {count} {'autre' if count == 1 else 'autres'}")


def _also(store: Store, asked: Profile, found: Answer, one: Also, view: View) -> Lines:
    """What would open under another subtype: a line where nobody asked, a list where somebody did."""
    lang = view.lang
    opens = one.other.opens & found.taking & ~(found.states["unknown"] if one.by_itself else 0)
    subtype = label("subtypes", one.subtype, lang)
    order = ranked(store.index, one.other.verdicts, found.states, one.other.patient, opens)
    count = len(order)
    if one.by_itself and not count:
        return
    results = asked.patient.antibodies
    if one.subtype == "asys" and antibody_state("ars_any", results) not in ("positive", "negative"):
        subtype += pick(lang, " (anti-Jo-1 and others not given)", " (anti-Jo-1 et autres non précisés)")
    said = pick(
        lang,
        f"If it is {subtype}, {count} more {'opens' if count == 1 else 'open'}",
        f"Si c'est : {subtype}, {count} de plus",
    )
    yield from _heading(said, view)
    if one.by_itself:
        names = _called(store, order, NAMED, lang)
        yield from _indented(pick(lang, f"{names}; add -s {one.subtype}", f"{names} ; ajoutez -s {one.subtype}"), view)
    else:
        rows = []
        for place in order:
            judged = row(store.trial(place), one.other.patient, view.day)
            rows.append(
                grid.Row(
                    [
                        Cell(""),
                        Cell(pick(lang, *VERDICTS[judged.assessment.verdict])),
                        Cell(brief(judged.trial, lang)),
                        number(judged.trial),
                        Cell(f"{nearest(judged.trial, asked.patient, lang)}", "dim"),
                    ]
                )
            )
        yield from grid.lines([Column(""), Column("", 8), Column("", 16), Column(""), Column("", 20)], rows, view.width)
        closes = sets.size(one.other.closes & found.taking)
        if closes:
            yield from _indented(
                pick(
                    lang,
                    f"and {closes} would no longer fit",
                    f"et {closes} ne {'conviendrait' if closes == 1 else 'conviendraient'} plus",
                ),
                view,
                "dim",
            )
    yield [Cell("")]


def _adult(store: Store, asked: Profile, found: Answer, advice: Advice, view: View) -> Lines:
    if advice.adult is None:
        return
    lang, adult = view.lang, advice.adult
    known_states = found.taking & ~found.states["unknown"]
    opens = ranked(store.index, adult.verdicts, found.states, asked.patient, adult.opens & known_states)
    closes = ranked(store.index, found.verdicts, found.states, asked.patient, adult.closes & known_states)
    yield from _heading(
        pick(
            lang,
            f"Turns 18 on {adult.day.isoformat()}: {len(opens)} more open then, {len(closes)} close",
            f"18 ans le {adult.day.isoformat()} : {len(opens)} de plus alors, {len(closes)} de moins",
        ),
        view,
    )
    if opens:
        yield from _indented(pick(lang, "open: ", "s'ouvrent : ") + _called(store, opens, NAMED, lang), view)
    if closes:
        yield from _indented(pick(lang, "close: ", "se ferment : ") + _called(store, closes, NAMED, lang), view)
    yield [Cell("")]


# Near misses -----------------------------------------------------------------------------------------------------------


def _within_reach(store: Store, found: Answer, advice: Advice, asked: Profile) -> dict[str, list[Near]]:
    """Near misses among trials known to take patients, or that will, by remedy and best first."""
    kept = found.taking & ~found.states["unknown"] & first_kinds(store.index)
    places = {one.place: one for one in advice.near if kept >> one.place & 1}
    bits = 0
    for place in places:
        bits |= 1 << place
    groups: dict[str, list[Near]] = {remedy: [] for remedy in REMEDIES}
    for place in ranked(store.index, found.verdicts, found.states, asked.patient, bits):
        groups[places[place].remedy].append(places[place])
    return groups


def _near(store: Store, asked: Profile, found: Answer, advice: Advice, view: View) -> Lines:
    """One line for each thing that can be done."""
    lang = view.lang
    groups = _within_reach(store, found, advice, asked)
    lines = []
    waits = sorted(groups["wait"], key=lambda one: one.opens is None)
    if waits:
        told = [f"{brief(store.trial(one.place), lang)} {opening(one, view.day, lang)}" for one in waits[:NAMED]]
        lines.append((pick(lang, "later", "plus tard"), len(waits), ", ".join(told)))
    if groups["test"]:
        told = [
            f"{brief(store.trial(one.place), lang)} ({reason(one.criterion, lang, '')})" for one in groups["test"][:2]
        ]
        lines.append((pick(lang, "one result", "un résultat"), len(groups["test"]), joined(told, lang)))
    if groups["country"]:
        lines.append(
            (
                pick(lang, "another country", "un autre pays"),
                len(groups["country"]),
                _by_country(groups["country"], lang),
            )
        )
    if not lines:
        return
    yield from _heading(
        pick(lang, "Only one criterion away (--near lists them)", "À un seul critère près (--near pour la liste)"), view
    )
    rows = [grid.Row([Cell(""), Cell(what), Cell(str(count)), Cell(told)]) for what, count, told in lines]
    yield from grid.lines([Column(""), Column(""), Column(""), Column("", 20)], rows, view.width)
    yield [Cell("")]


def _by_country(near: Sequence[Near], lang: Lang) -> str:
    counts: dict[str, int] = {}
    for one in near:
        rule = one.criterion.rule
        for code in rule.listed if isinstance(rule, CountryRule) else ():
            counts[code] = counts.get(code, 0) + 1
    order = sorted(counts, key=lambda code: (-counts[code], code))
    told = ", ".join(f"{code} {counts[code]}" for code in order[:5])
    more = len(order) - 5
    return told + (_more(more, lang) if more > 0 else "")


def near_table(store: Store, asked: Profile, found: Answer, advice: Advice, view: View, most: int | None) -> Lines:
    """Near misses one by one, by what can be done; at most so many of each."""
    lang, groups, shown_facts = view.lang, _within_reach(store, found, advice, asked), facts(asked, view.lang)
    for remedy in REMEDIES:
        near = groups[remedy]
        if not near or (most is not None and remedy == "never"):
            continue
        yield from _heading(f"{pick(lang, *REMEDY_WORDS[remedy])} ({len(near)})", view)
        rows = []
        for one in near[:most]:
            trial = row(store.trial(one.place), asked.patient, view.day)
            why = (
                nearest(trial.trial, asked.patient, lang)
                if remedy == "country"
                else opening(one, view.day, lang)
                if remedy == "wait"
                else reason(one.criterion, lang, shown_facts[one.criterion.name])
            )
            if one.barred:
                why = joined((why, barred(one, lang)), lang)
            cells = [
                Cell(""),
                Cell(brief(trial.trial, lang)),
                number(trial.trial),
                known(trial.recruitment, lang),
                Cell(why),
            ]
            if view.wide:
                tested = drugs(trial.trial, lang)
                cells.insert(3, Cell(tested if name(trial.trial, lang) != tested else ""))
            rows.append(grid.Row(cells))
        columns = [
            Column(""),
            Column("", 16),
            Column(""),
            *([Column("", 12)] if view.wide else []),
            Column("", 18),
            Column("", 14),
        ]
        yield from grid.lines(columns, rows, view.width)
        if most is not None and len(near) > most:
            yield from _indented(
                _more(len(near) - most, lang).strip() + " (--near)",
                view,
                "dim",
            )
        yield [Cell("")]


# When nothing fits -----------------------------------------------------------------------------------------------------


def _dwindling(advice: Advice, view: View) -> Lines:
    lang = view.lang
    told = [f"{one.left} {criterion_name(one.name, lang)}" for one in advice.steps]
    yield from _heading(
        pick(lang, "Why: trials left after each criterion", "Pourquoi : essais restants après chaque critère"), view
    )
    yield from _indented(" → ".join(told), view)
    yield [Cell("")]


def _instead(advice: Advice, view: View) -> Lines:
    if not advice.relaxed:
        return
    lang = view.lang
    yield from _heading(pick(lang, "Ask instead", "À demander plutôt"), view)
    for one in advice.relaxed:
        yield [Cell("  "), Cell(one.command, "cyan")]
        yield from _indented(
            "  " + pick(lang, f"{one.gain} more: {one.about}", f"{one.gain} de plus : {one.about}"), view, "dim"
        )
    yield [Cell("")]
