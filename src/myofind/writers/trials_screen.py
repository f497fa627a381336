"""Trials on a screen: a list, and a card with every fact and its source."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from myofind.domain.eligibility import Criterion
from myofind.domain.register_numbers import REGISTERS, link
from myofind.domain.trial import Eligibility, named_rules
from myofind.names.vocabulary import label
from myofind.report.trial_page import Listing
from myofind.report.values import Study
from myofind.words import summary
from myofind.words.wording import COVERAGES, KINDS, NAMES, STATUSES, Lang, pick, required, span
from myofind.writers import columns as grid
from myofind.writers.columns import Cell, Column
from myofind.writers.layout import Layout
from myofind.writers.phrases import drugs, name, origin, title
from myofind.writers.styles import id_cell, known, line, paragraph, phase

LONGEST_NUMBER = 20
"""Longer ids than a register's number stand on a line of their own on a narrow screen."""
COUNTRIES_NAMED = 4

Lines = Iterator[Sequence[Cell]]


def listing(whole: Listing, layout: Layout) -> Lines:
    """A list of trials."""
    lang, wide = layout.lang, layout.wide
    columns = [
        Column(pick(lang, "Number", "Numéro")),
        Column(pick(lang, "Trial", "Essai"), 14),
        *([Column(pick(lang, "Tests", "Évalue"), 14)] if wide else []),
        *([Column(pick(lang, "Kind", "Type"), 12)] if wide else []),
        Column("Phase"),
        Column(pick(lang, "Recruitment", "Recrutement"), 16),
        Column(pick(lang, "Countries", "Pays"), 7),
    ]
    if whole.studies:
        yield from grid.lines(columns, [_row(study, layout) for study in whole.studies], layout.width)
    count = summary.listed(len(whole.studies), whole.total, lang)
    yield from paragraph(f"{count} {origin(whole.stamp, lang)}", layout.width, "dim")


def _row(study: Study, layout: Layout) -> grid.Row:
    trial, lang, wide = study.trial, layout.lang, layout.wide
    apart = len(trial.id) > LONGEST_NUMBER and not wide
    listed = trial.countries.listed if trial.countries else ()
    more = f" +{len(listed) - COUNTRIES_NAMED}" if len(listed) > COUNTRIES_NAMED else ""
    cells = [
        Cell("–", "dim") if apart else id_cell(study),
        Cell(name(trial, lang), "bold"),
        *([Cell(drugs(study, lang))] if wide else []),
        *([Cell(pick(lang, *KINDS[trial.kind]))] if wide else []),
        Cell(phase(study), whole=True),
        known(study.recruitment, lang),
        Cell(" ".join(listed[:COUNTRIES_NAMED]) + more or "–"),
    ]
    return grid.Row(cells, [id_cell(study)] if apart else [])


def cards(whole: Listing, layout: Layout) -> Lines:
    """Every fact of some trials."""
    for place, study in enumerate(whole.studies):
        if place:
            yield line()
        yield [Cell(name(study.trial, layout.lang), "bold"), Cell("  "), id_cell(study)]
        rows = [grid.Row([Cell(field, "dim"), cell]) for field, cell in facts(study, layout.lang)]
        yield from grid.lines([Column(""), Column("", 20)], rows, layout.width)
    yield from paragraph(origin(whole.stamp, layout.lang), layout.width, "dim")


def facts(study: Study, lang: Lang) -> Iterator[tuple[str, Cell]]:
    """Every fact of a trial, field by field; a field without a name goes on with the one before."""

    def fact(en: str, fr: str, text: str | None) -> Iterator[tuple[str, Cell]]:
        if text:
            yield pick(lang, en, fr), Cell(text)

    trial = study.trial
    yield from fact("title", "titre", title(trial, lang))
    yield from fact(
        "kind", "type", pick(lang, *KINDS[trial.kind]) + (f" ({', '.join(trial.extends)})" if trial.extends else "")
    )
    yield from fact("page", "page", study.url)
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
    yield from fact("phase", "phase", phase(study) if trial.phase else None)
    yield from fact("comparator", "comparateur", trial.comparator)
    yield pick(lang, "recruitment", "recrutement"), known(study.recruitment, lang)
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
