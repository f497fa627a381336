"""Trials on a screen: a list, and a card with every fact and its source."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from myofind.domain.eligibility import Criterion
from myofind.domain.recruitment import recruitment
from myofind.domain.register_numbers import REGISTERS, link
from myofind.domain.trial import Eligibility, Trial, named_rules
from myofind.names.vocabulary import label
from myofind.registry.compiled import Meta
from myofind.words.wording import COVERAGES, KINDS, NAMES, STATUSES, Lang, pick, required, span
from myofind.writers import columns as grid
from myofind.writers.answer_screen import WIDE, drugs, known, name, number, phase
from myofind.writers.columns import Cell, Column
from myofind.writers.terminal import Target

LONGEST_NUMBER = 20
"""Longer ids than a register's number stand on a line of their own on a narrow screen."""


def show_list(
    target: Target, width: int | None, trials: Sequence[Trial], meta: Meta, total: int, day: date, lang: Lang
) -> None:
    """Print a list of trials."""
    wide = width is None or width >= WIDE
    columns = [
        Column(pick(lang, "Number", "Numéro")),
        Column(pick(lang, "Trial", "Essai"), 14),
        *([Column(pick(lang, "Tests", "Évalue"), 14)] if wide else []),
        *([Column(pick(lang, "Kind", "Type"), 12)] if wide else []),
        Column("Phase"),
        Column(pick(lang, "Recruitment", "Recrutement"), 16),
        Column(pick(lang, "Countries", "Pays"), 7),
    ]
    rows = []
    for trial in trials:
        long = len(trial.id) > LONGEST_NUMBER
        listed = trial.countries.listed if trial.countries else ()
        where = " ".join(listed[:4]) + (f" +{len(listed) - 4}" if len(listed) > 4 else "")
        cells = [
            number(trial)._replace(text=trial.id) if wide or not long else Cell("–", "dim"),
            Cell(name(trial, lang), "bold"),
            *([Cell(drugs(trial, lang))] if wide else []),
            *([Cell(pick(lang, *KINDS[trial.kind]))] if wide else []),
            Cell(phase(trial), whole=True),
            known(recruitment(trial.status, trial.end, day), lang),
            Cell(where or "–"),
        ]
        rows.append(grid.Row(cells, [number(trial)._replace(text=trial.id)] if long and not wide else []))
    if rows:
        grid.show(target, grid.lines(columns, rows, width))
    foot = pick(
        lang,
        f"{len(trials)} of {total} trials. Registry {meta.name} {meta.version}, facts up to {meta.as_of}; evaluated on {day.isoformat()}.",
        f"{len(trials)} essais sur {total}. Registre {meta.name} {meta.version}, faits jusqu'au {meta.as_of} ; évalué au {day.isoformat()}.",
    )
    grid.show(
        target,
        [[Cell(foot, "dim")]]
        if width is None
        else grid.lines([Column("", 20)], [grid.Row([Cell(foot, "dim")])], width),
    )


def show_cards(target: Target, width: int | None, trials: Sequence[Trial], meta: Meta, day: date, lang: Lang) -> None:
    """Print every fact of some trials."""
    for place, trial in enumerate(trials):
        if place:
            grid.show(target, [[Cell("")]])
        title = name(trial, lang)
        grid.show(target, [[Cell(title, "bold"), Cell("  "), number(trial)._replace(text=trial.id)]])
        rows = [grid.Row([Cell(field, "dim"), cell]) for field, cell in _facts(trial, day, lang)]
        grid.show(target, grid.lines([Column(""), Column("", 20)], rows, width))
    foot = pick(
        lang,
        f"Registry {meta.name} {meta.version}, facts up to {meta.as_of}; evaluated on {day.isoformat()}.",
        f"Registre {meta.name} {meta.version}, faits jusqu'au {meta.as_of} ; évalué au {day.isoformat()}.",
    )
    grid.show(target, grid.lines([Column("", 20)], [grid.Row([Cell(foot, "dim")])], width))


def _facts(trial: Trial, day: date, lang: Lang) -> Iterator[tuple[str, Cell]]:
    def fact(en: str, fr: str, text: str | None) -> Iterator[tuple[str, Cell]]:
        if text:
            yield pick(lang, en, fr), Cell(text)

    title = trial.title_fr if lang == "fr" and trial.title_fr else trial.title
    yield from fact("title", "titre", title)
    yield from fact(
        "kind", "type", pick(lang, *KINDS[trial.kind]) + (f" ({', '.join(trial.extends)})" if trial.extends else "")
    )
    yield from fact("page", "page", link(trial.id))
    for register, numbers in trial.ids:
        shown = (
            REGISTERS[register].name if register in REGISTERS else pick(lang, "sponsor's number", "numéro du promoteur")
        )
        for each in numbers:
            address = link(each)
            yield shown, Cell(f"{each}  {address}" if address else each, "", address)
    for one in trial.interventions:
        parts = [one.name, one.brand, *one.codes, one.drug_class, one.route]
        yield pick(lang, *_ROLES[one.role]), Cell(" · ".join(part for part in parts if part))
    yield from fact("phase", "phase", phase(trial) if trial.phase else None)
    yield from fact("comparator", "comparateur", trial.comparator)
    yield pick(lang, "recruitment", "recrutement"), known(recruitment(trial.status, trial.end, day), lang)
    for seen in trial.status:
        words = pick(lang, *STATUSES[seen.value]) + (f" ({seen.why})" if seen.why else "")
        yield "", Cell(f"{seen.as_of}: {words} [{seen.source}{', ' + seen.at if seen.at else ''}]", "dim")
    yield from _rules(trial.eligibility, lang)
    for cohort in trial.cohorts:
        yield pick(lang, "cohort", "cohorte"), Cell(cohort.name, "bold")
        yield from _rules(cohort.eligibility, lang)
    if trial.countries:
        yield from fact("countries", "pays", required(Criterion("country", "met", "", trial.countries), lang))
        if trial.countries.listed:
            yield from fact(
                "not in", "pas en", ", ".join(label("countries", one, lang) for one in trial.countries.not_in)
            )
    by_country: dict[str, list[str]] = {}
    for site in trial.sites:
        place = " – ".join(part for part in (site.city, site.facility) if part)
        state = f" ({pick(lang, *STATUSES[site.status])})" if site.status else ""
        by_country.setdefault(site.country, []).append(place + state)
    for country, found in by_country.items():
        yield label("countries", country, lang), Cell("; ".join(dict.fromkeys(one for one in found if one)))
    yield from fact("participants", "participants", None if trial.enrollment is None else str(trial.enrollment))
    yield from fact("start", "début", trial.start)
    yield from fact("end", "fin", trial.end)
    yield from fact("follow-up", "suivi", span(trial.follow_up, lang) if trial.follow_up else None)
    yield from fact("sponsor", "promoteur", trial.sponsor)
    for conflict in trial.conflicts:
        yield pick(lang, "disagreement", "désaccord"), Cell(f"{conflict.about}: {conflict.text(lang)}", "yellow")
    for source in trial.sources:
        parts = [source.ref, source.at, source.date, ", ".join(source.keys)]
        yield pick(lang, "source", "source"), Cell(" · ".join(part for part in parts if part), "dim")


_ROLES = {
    "experimental": ("tests", "évalue"),
    "comparator": ("compared with", "comparé à"),
    "background": ("on top of", "en plus de"),
}


def _rules(own: Eligibility, lang: Lang) -> Iterator[tuple[str, Cell]]:
    for key, rule in named_rules(own):
        yield pick(lang, *NAMES[key]), Cell(required(Criterion(key, "met", "", rule), lang))
    for note in own.check_by_hand:
        yield pick(lang, "check by hand", "à vérifier"), Cell(note.text(lang))
    if own.coverage:
        words = COVERAGES[own.coverage]
        yield pick(lang, "criteria", "critères"), Cell(pick(lang, *words), "dim")
