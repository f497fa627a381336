"""The last word of an answer: which trials are worth a call, and whom to call."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from myofind.report import best
from myofind.report.values import Answer, Study
from myofind.words import summary
from myofind.words.wording import pick, status
from myofind.writers.columns import Cell
from myofind.writers.layout import Layout
from myofind.writers.phrases import row_label
from myofind.writers.places import contacts, nearest_head
from myofind.writers.styles import flowing, number, paragraph

Lines = Iterator[Sequence[Cell]]


def worth_a_call(whole: Answer, layout: Layout, short: bool) -> Lines:
    """The first trials that certainly run in the country and take patients or will; else those that perhaps do.

    What runs nearer although not in the country comes before what perhaps does, which is then only named. In short, how to
    reach somebody without who that is, not how to see a trial in full, and no names of what has a row already.
    """
    lang, here = layout.lang, whole.asked.patient.countries
    chosen, nearest = [row.study for row in best.worth_asking(whole)], best.nearest_elsewhere(whole)
    if nearest is not None:
        country, ids = nearest
        studies = [whole.studies[id] for id in ids]
        yield from paragraph(nearest_head(country, lang), layout.columns, "bold")
        yield from _calls(studies, [country], layout, short, with_status=True)
        if chosen and not short:
            names = " · ".join(row_label(study, lang) for study in chosen)
            yield from paragraph(f"{summary.perhaps_coming(lang)}{pick(lang, ': ', ' : ')}{names}", layout.columns)
    elif chosen:
        text = summary.first_of_all(bool(best.worth_a_call(whole)), bool(here), lang)
        first = row_label(chosen[0], lang)
        known_as = chosen[0].trial.id if " " in first else first
        full = pick(
            lang, f"one in full: add --why-not {known_as}", f"un essai en entier : ajoutez --why-not {known_as}"
        )
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
        names = [cell for study in group for cell in (*_named(study, layout, with_status), Cell(" · "))]
        each = ("", "", pick(lang, "both", "les deux"), pick(lang, "all", "tous"))[min(len(group), 3)]
        colon = Cell(each + pick(lang, ": ", " : "))
        way = Cell(reached.partition(" – ")[0] if short else reached)
        yield from flowing([Cell("  "), *(names if each else names[:-1]), colon, way], layout.columns)


def _named(study: Study, layout: Layout, with_status: bool) -> Iterator[Cell]:
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
