"""The answer of `match` on a screen: trials that fit or may fit, then what was left out and how to see it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from rich.console import Console

from myofind.identifiers import link, register_of
from myofind.index import size
from myofind.matching import FIRST_KINDS, Answer, Row, ranked
from myofind.names.vocabulary import label
from myofind.patient import Patient
from myofind.profile import Profile
from myofind.recruitment import Recruitment
from myofind.registry.store import Store
from myofind.render import grid
from myofind.render.grid import Cell, Column
from myofind.render.plain import facts
from myofind.trial import Trial
from myofind.wording import STATES, Lang, age_of_knowledge, asks, pick, reason, status, verdict

WIDE = 110
NEAR_SHOWN = 5
NUMBER_WIDTH = 11
"""Longer numbers than `NCT` and 8 digits stand on a line of their own."""

VERDICT_STYLE = {"match": "bold green", "possible": "bold yellow", "excluded": "red"}
STATE_STYLE = {"open": "green", "upcoming": "cyan", "by_invitation": "cyan", "closed": "dim", "unknown": "dim"}


def show(
    target: Console,
    width: int | None,
    store: Store,
    asked: Profile,
    found: Answer,
    day: date,
    lang: Lang,
    explain: bool,
) -> None:
    """Print the answer."""
    grid.show(target, page(width, store, asked, found, day, lang, explain))


def page(
    width: int | None, store: Store, asked: Profile, found: Answer, day: date, lang: Lang, explain: bool
) -> Iterator[Sequence[Cell]]:
    """The whole answer as lines."""
    trials = [row for row in found.rows if row.trial.kind in FIRST_KINDS]
    studies = [row for row in found.rows if row.trial.kind not in FIRST_KINDS]
    shown_facts = facts(asked)
    if trials:
        yield from _table(width, trials, asked.patient, shown_facts, day, lang, explain)
    else:
        yield _line(
            pick(
                lang,
                "No trial of the registry that takes patients fits as far as is recorded.",
                "Aucun essai du registre qui recrute ne convient, d'après ce qui est noté.",
            ),
            "bold",
        )
    if studies:
        yield _line("")
        yield _line(pick(lang, "Registries and observational studies", "Registres et études observationnelles"), "bold")
        yield from _table(width, studies, asked.patient, shown_facts, day, lang, explain, heading=False)
    yield _line("")
    yield from _near(width, store, asked.patient, found, day, lang)
    for text in [*_totals(found, lang), _origin(store, day, lang), disclaimer(lang)]:
        yield from grid.lines(
            [Column("", 20)], [grid.Row([Cell(text, "dim" if text != _first(found, lang) else "")])], width
        )


def _first(found: Answer, lang: Lang) -> str:
    return _totals(found, lang)[0]


def _line(text: str, style: str = "") -> list[Cell]:
    return [Cell(text, style)]


def _table(
    width: int | None,
    rows: Sequence[Row],
    patient: Patient,
    shown_facts: dict[str, str],
    day: date,
    lang: Lang,
    explain: bool,
    heading: bool = True,
) -> list[list[Cell]]:
    wide = width is None or width >= WIDE
    names = [
        Column(pick(lang, "Verdict", "Verdict")),
        Column(pick(lang, "Trial", "Essai"), 14),
        Column(pick(lang, "Number", "Numéro")),
        *([Column(pick(lang, "Tests", "Évalue"), 14)] if wide else []),
        Column("Phase"),
        Column(pick(lang, "Recruitment", "Recrutement"), 25),
        *([Column(pick(lang, "Places", "Lieux"), 16)] if wide else []),
    ]
    if not heading:
        names = [column._replace(heading="") for column in names]
    return grid.lines(
        names, [_row(row, patient, shown_facts, day, lang, wide, explain) for row in rows], width, indent=10
    )


def _row(
    row: Row, patient: Patient, shown_facts: dict[str, str], day: date, lang: Lang, wide: bool, explain: bool
) -> grid.Row:
    trial, assessment = row.trial, row.assessment
    linked = number(trial)
    short_number = len(linked.text) <= NUMBER_WIDTH
    tests = Cell(drugs(trial))
    where = Cell(nearest(trial, patient, lang))
    cells = [
        Cell(verdict(assessment.verdict, lang), VERDICT_STYLE[assessment.verdict], whole=True),
        Cell(name(trial, lang) if wide else trial.acronym or tests.text or name(trial, lang), "bold"),
        linked if short_number else Cell("–", "dim"),
        *([tests] if wide else []),
        Cell(phase(trial), whole=True),
        known(row.recruitment, lang),
        *([where] if wide else []),
    ]
    about = tests.text if trial.acronym else name(trial, lang) if tests.text else ""
    below = [] if wide else [Cell(" · ".join(part for part in (about, where.text) if part))]
    if not short_number and linked.text != "–":
        below.insert(0, linked)
    below = [cell for cell in below if cell.text]
    if assessment.cohort:
        below.append(Cell(pick(lang, f"cohort: {assessment.cohort}", f"cohorte : {assessment.cohort}"), "dim"))
    if explain:
        below.extend(explained(row, shown_facts, lang))
    else:
        below.extend(Cell(text, "dim") for text in _quiet(row, shown_facts, lang))
    return grid.Row(cells, below)


def drugs(trial: Trial) -> str:
    """What is tested, in short."""
    tested = [one.name for one in trial.interventions if one.role == "experimental"] or [
        one.name for one in trial.interventions
    ]
    more = f" +{len(tested) - 3}" if len(tested) > 3 else ""
    return ", ".join(tested[:3]) + more


def name(trial: Trial, lang: Lang) -> str:
    """Acronym, else the short title in the reader's language."""
    return trial.acronym or (trial.title_fr if lang == "fr" else None) or trial.title or trial.id


def number(trial: Trial) -> Cell:
    """The register number, linked; a slug is no number and is shown as it is."""
    return Cell(
        trial.id if register_of(trial.id) else "–",
        "cyan" if register_of(trial.id) else "dim",
        link(trial.id),
        whole=True,
    )


def phase(trial: Trial) -> str:
    """`2/3`, `early 1`, or a dash."""
    return "/".join(one.replace("early_1", "0/1") for one in trial.phase) or "–"


def known(found: Recruitment, lang: Lang) -> Cell:
    """The recruitment and how old that knowledge is."""
    age = age_of_knowledge(found, lang)
    style = (
        "yellow"
        if found.overdue or (found.freshness == "stale" and found.state != "closed")
        else STATE_STYLE[found.state]
    )
    return Cell(f"{status(found, lang)}, {age}" if age else status(found, lang), style)


def nearest(trial: Trial, patient: Patient, lang: Lang) -> str:
    """Places in the patient's countries first; otherwise the countries."""
    here = [country for country in patient.countries if trial.countries and country in trial.countries.listed]
    parts = []
    for country in here:
        cities = list(dict.fromkeys(site.city for site in trial.sites if site.country == country and site.city))
        more = f" +{len(cities) - 4}" if len(cities) > 4 else ""
        parts.append(f"{country} {', '.join(cities[:4])}{more}".strip())
    if parts:
        return "; ".join(parts)
    rule = trial.countries
    if rule is None or not rule.listed:
        return pick(lang, "places not recorded", "lieux non renseignés")
    more = f" +{len(rule.listed) - 6}" if len(rule.listed) > 6 else ""
    rest = "" if rule.complete else pick(lang, " and others", " et autres")
    return ", ".join(rule.listed[:6]) + more + rest


def _quiet(row: Row, shown_facts: dict[str, str], lang: Lang) -> list[str]:
    """What fails, else what is missing, else what the registry does not say."""
    criteria = row.assessment.criteria
    failed = [reason(one, lang, shown_facts[one.name]) for one in criteria if one.outcome == "not_met"]
    if failed:
        return [pick(lang, "no: ", "non : ") + "; ".join(failed)]
    found = []
    missing = [asks(one, lang) for one in criteria if one.outcome == "unknown"]
    if missing:
        found.append(pick(lang, "to settle: ", "à préciser : ") + "; ".join(missing))
    silent = [
        pick(lang, *_SILENT[one.name]) for one in criteria if one.outcome == "not_recorded" and one.name in _SILENT
    ]
    if silent:
        found.append(pick(lang, "not recorded: ", "non renseigné : ") + ", ".join(silent))
    hand = len(row.trial.eligibility.check_by_hand)
    if hand:
        found.append(pick(lang, f"{hand} to check by hand", f"{hand} à vérifier"))
    return [" · ".join(found)] if found else []


_SILENT = {
    "age": ("age", "âge"),
    "subtype": ("subtypes", "sous-types"),
    "country": ("countries", "pays"),
    "autoantibodies": ("autoantibodies", "auto-anticorps"),
}

_MARK = {"met": ("✓", "green"), "not_met": ("✗", "red"), "unknown": ("?", "yellow"), "not_recorded": ("·", "dim")}


def explained(row: Row, shown_facts: dict[str, str], lang: Lang) -> list[Cell]:
    """Criterion by criterion."""
    found = []
    for one in row.assessment.criteria:
        mark, style = _MARK[one.outcome]
        found.append(Cell(f"{mark} {reason(one, lang, shown_facts[one.name])}", style))
    found.extend(
        Cell(pick(lang, f"check by hand: {text}", f"à vérifier : {text}"), "dim")
        for text in row.trial.eligibility.check_by_hand
    )
    found.extend(
        Cell(
            pick(
                lang, f"sources disagree on {one.about}: {one.note}", f"sources en désaccord ({one.about}) : {one.note}"
            ),
            "dim",
        )
        for one in row.trial.conflicts
    )
    return found


def _near(
    width: int | None, store: Store, patient: Patient, found: Answer, day: date, lang: Lang
) -> Iterator[Sequence[Cell]]:
    """Trials that fail on the country alone."""
    order = [
        place
        for place in ranked(store.index, found.verdicts, found.states, patient, found.near & ~found.states["unknown"])
        if any((1 << place) & store.index.kinds.get(kind, 0) for kind in FIRST_KINDS)
    ]
    if not order or not patient.countries or any(row.assessment.verdict == "excluded" for row in found.rows):
        return
    here = ", ".join(label("countries", one, lang) for one in patient.countries)
    yield _line(
        pick(
            lang,
            f"Would fit but for the country (not in {here}): {len(order)}",
            f"Conviendraient, hormis le pays ({here}) : {len(order)}",
        ),
        "bold",
    )
    rows = []
    from myofind.matching import row as judge

    for place in order[:NEAR_SHOWN]:
        one = judge(store.trial(place), patient, day)
        rows.append(
            grid.Row(
                [
                    Cell(name(one.trial, lang)),
                    number(one.trial),
                    Cell(drugs(one.trial)),
                    known(one.recruitment, lang),
                    Cell(nearest(one.trial, patient, lang)),
                ]
            )
        )
    columns = [Column("", 12), Column(""), Column("", 12), Column("", 16), Column("", 8)]
    yield from grid.lines(columns, rows, width)
    if len(order) > NEAR_SHOWN:
        yield _line(
            pick(
                lang,
                f"and {len(order) - NEAR_SHOWN} more: add their country with -c, or see all with --all",
                f"et {len(order) - NEAR_SHOWN} autres : ajoutez leur pays avec -c, ou --all",
            ),
            "dim",
        )
    yield _line("")


def _totals(found: Answer, lang: Lang) -> list[str]:
    match, possible, excluded = (size(part) for part in found.verdicts)
    total = match + possible + excluded
    closed = size(found.fitting & found.states["closed"])
    shown = len(found.rows)
    first = pick(
        lang,
        f"{total} trials: {match} match, {possible} possible, {excluded} excluded. Shown: {shown}.",
        f"{total} essais : {match} conviennent, {possible} possibles, {excluded} exclus. Affichés : {shown}.",
    )
    left = []
    if total > shown:
        if found.held_back:
            left.append(
                pick(lang, f"{found.held_back} more of the same (--limit 0)", f"{found.held_back} autres (--limit 0)")
            )
        hidden_closed = closed - sum(
            row.recruitment.state == "closed" and row.assessment.verdict != "excluded" for row in found.rows
        )
        if hidden_closed > 0:
            left.append(
                pick(
                    lang,
                    f"{hidden_closed} that would fit but are closed (--status closed)",
                    f"{hidden_closed} qui conviendraient mais sont fermés (--status closed)",
                )
            )
        hidden_excluded = excluded - sum(row.assessment.verdict == "excluded" for row in found.rows)
        if hidden_excluded:
            left.append(
                pick(
                    lang,
                    f"{hidden_excluded} excluded (--all shows why)",
                    f"{hidden_excluded} exclus (--all dit pourquoi)",
                )
            )
        other = total - shown - found.held_back - max(0, hidden_closed) - hidden_excluded
        if other > 0:
            left.append(
                pick(
                    lang,
                    f"{other} in another state of recruitment (--all)",
                    f"{other} dans un autre état de recrutement (--all)",
                )
            )
    return [first, pick(lang, "Left out: ", "Non affichés : ") + "; ".join(left) + "."] if left else [first]


def _origin(store: Store, day: date, lang: Lang) -> str:
    meta = store.meta
    return pick(
        lang,
        f"Registry {meta.name} {meta.version}, facts up to {meta.as_of}; evaluated on {day.isoformat()}.",
        f"Registre {meta.name} {meta.version}, faits jusqu'au {meta.as_of} ; évalué au {day.isoformat()}.",
    )


def disclaimer(lang: Lang) -> str:
    """What an answer means."""
    return pick(
        lang,
        "On the criteria recorded here, as dated here: a starting point for a call to the centre, not medical advice.",
        "D'après les critères notés ici, à leur date : un point de départ pour appeler le centre, pas un avis médical.",
    )


def state_word(state: str, lang: Lang) -> str:
    """A state of recruitment in words."""
    return pick(lang, *STATES[state])
