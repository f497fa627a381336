"""The answer of `match` on a screen: trials that fit or may fit, then what was left out and how to see it."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from myofind.asking.profile import Profile
from myofind.domain.dates import last_day
from myofind.domain.patient import Patient
from myofind.domain.recruitment import Recruitment
from myofind.domain.register_numbers import link, register_of
from myofind.domain.trial import Trial
from myofind.matching.answer import FIRST_KINDS, Answer, Row
from myofind.names.vocabulary import label, resolve
from myofind.registry.compiled import Store
from myofind.words.wording import STATES, Lang, age_of_knowledge, asks, joined, pick, reason, status, topic, verdict
from myofind.writers import columns as grid
from myofind.writers.columns import Cell, Column
from myofind.writers.phrases import closing, facts
from myofind.writers.summary import disclaimer, origin, totals
from myofind.writers.terminal import Target

WIDE = 110
NAME_WIDTH = 18
"""Longer names are broken between words on a small screen."""
STUDIES_SHOWN = 5
SOON_DAYS = 365
"""An age limit or an end within so many days is worth a word."""
NUMBER_WIDTH = 11
"""Longer numbers than `NCT` and 8 digits stand on a line of their own."""

VERDICT_STYLE = {"match": "bold green", "possible": "bold yellow", "excluded": "red"}
STATE_STYLE = {"open": "green", "upcoming": "cyan", "by_invitation": "cyan", "closed": "dim", "unknown": "dim"}


class View(NamedTuple):
    """How an answer is laid out: `width` None is a pipe; `calm` gathers what matters less on single lines."""

    width: int | None
    lang: Lang
    day: date
    explain: bool = False
    calm: bool = True
    studies: bool = False

    @property
    def wide(self) -> bool:
        """Whether the columns of a large screen fit."""
        return self.width is None or self.width >= WIDE


def show(
    target: Target, store: Store, asked: Profile, found: Answer, view: View, foot: Iterable[Sequence[Cell]] = ()
) -> None:
    """Print the answer; `foot` stands between the trials and the totals."""
    grid.show(target, page(store, asked, found, view, foot))


def page(
    store: Store, asked: Profile, found: Answer, view: View, foot: Iterable[Sequence[Cell]] = ()
) -> Iterator[Sequence[Cell]]:
    """The whole answer as lines."""
    lang = view.lang
    rows = [row for row in found.rows if row.trial.kind in FIRST_KINDS]
    studies = [row for row in found.rows if row.trial.kind not in FIRST_KINDS]
    silent = [row for row in rows if row.recruitment.state == "unknown"] if view.calm else []
    trials = [row for row in rows if row not in silent]
    if trials:
        yield from _table(trials, asked, view)
    elif view.calm or not rows:
        yield from paragraph(
            pick(
                lang,
                "No trial known to take patients, now or soon, fits on the criteria recorded.",
                "Aucun essai connu pour recruter, maintenant ou bientôt, ne convient d'après les critères notés.",
            ),
            view.width,
            "bold",
        )
    if silent:
        yield _line("")
        yield _line(pick(lang, "Not known whether these take patients", "On ne sait pas si ceux-ci recrutent"), "bold")
        yield from _short(silent, asked, view)
    if studies:
        yield _line("")
        yield _line(pick(lang, "Registries and observational studies", "Registres et études observationnelles"), "bold")
        few = None if view.studies else studies_shown(len(studies))
        if view.calm:
            yield from _short(studies[:few], asked, view)
        else:
            yield from _table(studies, asked, view, heading=False)
        if view.calm and few and len(studies) > few:
            more = len(studies) - few
            yield _line(
                pick(lang, f"and {more} more studies (--studies)", f"et {more} autres études (--studies)"), "dim"
            )
    yield _line("")
    yield from foot
    unseen = len(studies) - studies_shown(len(studies)) if view.calm and not view.studies else 0
    first, *rest = totals(found, unseen, lang)
    for text in [first, *rest, origin(store, view.day, lang), disclaimer(lang)]:
        yield from paragraph(text, view.width, "dim" if text != first else "")


def studies_shown(count: int) -> int:
    """How many studies a calm answer lists: hiding a single one would save nothing."""
    return STUDIES_SHOWN if count > STUDIES_SHOWN + 1 else count


def paragraph(text: str, width: int | None, style: str = "") -> list[list[Cell]]:
    """A text over the whole width."""
    return grid.lines([Column("", 20)], [grid.Row([Cell(text, style)])], width)


def _line(text: str, style: str = "") -> list[Cell]:
    return [Cell(text, style)]


def _short(rows: Sequence[Row], asked: Profile, view: View) -> list[list[Cell]]:
    """Trials on a line each: verdict, name, number, and where, or what is missing."""
    lang, shown_facts = view.lang, facts(asked, view.lang)
    found = []
    for row in rows:
        told = _quiet(row, asked, shown_facts, view, by_hand=False)
        linked = number(row.trial)
        if linked.text == "–":
            linked = linked._replace(text=row.trial.id if view.width is None else "–")
        found.append(
            grid.Row(
                [
                    Cell(
                        verdict(row.assessment.verdict, lang),
                        VERDICT_STYLE[row.assessment.verdict].split()[-1],
                        whole=True,
                    ),
                    Cell(brief(row.trial, lang)),
                    linked,
                    Cell(
                        joined(
                            [*([nearest(row.trial, asked.patient, lang)] if _placed(row.trial) else []), *told],
                            lang,
                        ),
                        "dim",
                    ),
                ]
            )
        )
    return grid.lines([Column("", 8), Column("", 20), Column(""), Column("", 26)], found, view.width)


def _table(rows: Sequence[Row], asked: Profile, view: View, heading: bool = True) -> list[list[Cell]]:
    lang = view.lang
    names = [
        Column(pick(lang, "Verdict", "Verdict")),
        Column(pick(lang, "Trial", "Essai"), 14, 0 if view.wide else NAME_WIDTH),
        Column(pick(lang, "Number", "Numéro")),
        *([Column(pick(lang, "Tests", "Évalue"), 14)] if view.wide else []),
        Column("Phase"),
        Column(pick(lang, "Recruitment", "Recrutement"), 25),
        *([Column(pick(lang, "Places", "Lieux"), 16)] if view.wide else []),
    ]
    if not heading:
        names = [column._replace(heading="") for column in names]
    shown_facts = facts(asked, lang)
    return grid.lines(names, [_row(row, asked, shown_facts, view) for row in rows], view.width, indent=10)


def _row(row: Row, asked: Profile, shown_facts: dict[str, str], view: View) -> grid.Row:
    trial, assessment, lang = row.trial, row.assessment, view.lang
    linked = number(trial)
    short_number = len(linked.text) <= NUMBER_WIDTH
    tests = Cell(drugs(trial, lang))
    where = Cell(nearest(trial, asked.patient, lang) if view.wide or _placed(trial) else "")
    called = name(trial, lang) if view.wide else brief(trial, lang)
    cells = [
        Cell(verdict(assessment.verdict, lang), VERDICT_STYLE[assessment.verdict], whole=True),
        Cell(called, "bold"),
        linked if short_number else Cell("–", "dim"),
        *([tests] if view.wide else []),
        Cell(phase(trial), whole=True),
        known(row.recruitment, lang),
        *([where] if view.wide else []),
    ]
    below = []
    if not short_number and linked.text != "–":
        below.append(linked)
    about = [] if view.wide else [tests.text if tests.text != called else "", where.text]
    if view.wide and not trial.acronym and tests.text:
        below.append(Cell(name(trial, lang), "dim")) if called == tests.text else None
    if assessment.cohort:
        about.append(pick(lang, f"cohort: {assessment.cohort}", f"cohorte : {assessment.cohort}"))
    if view.explain:
        below.append(Cell(" · ".join(part for part in about if part)))
        below.extend(explained(row, shown_facts, lang))
    else:
        below.append(Cell(" · ".join(part for part in [*about, *_quiet(row, asked, shown_facts, view)] if part), "dim"))
    return grid.Row(cells, [cell for cell in below if cell.text])


def _placed(trial: Trial) -> bool:
    """Whether the registry says where; if not, that is said among what is not recorded."""
    return trial.countries is not None and bool(trial.countries.listed)


def brief(trial: Trial, lang: Lang) -> str:
    """The shortest thing to call a trial by: its acronym, what it tests, its title."""
    return trial.acronym or drugs(trial, lang) or name(trial, lang)


def drugs(trial: Trial, lang: Lang) -> str:
    """What is tested, in short, under the names of the drug vocabulary."""
    tested = [one.name for one in trial.interventions if one.role == "experimental"] or [
        one.name for one in trial.interventions
    ]
    more = f" +{len(tested) - 3}" if len(tested) > 3 else ""
    return ", ".join(_drug(one, lang) for one in tested[:3]) + more


def _drug(name: str, lang: Lang) -> str:
    """The usual name of a drug, without the explanation a vocabulary adds in parentheses."""
    known = resolve("drugs", name, exact=True).id
    return label("drugs", known, lang).partition(" (")[0] if known else name


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
        return joined(parts, lang)
    rule = trial.countries
    if rule is None or not rule.listed:
        return pick(lang, "places not recorded", "lieux non renseignés")
    more = f" +{len(rule.listed) - 6}" if len(rule.listed) > 6 else ""
    rest = "" if rule.complete else pick(lang, " and others", " et autres")
    return ", ".join(rule.listed[:6]) + more + rest


def _quiet(row: Row, asked: Profile, shown_facts: dict[str, str], view: View, by_hand: bool = True) -> list[str]:
    """What fails, else what is missing, what time will change, what the registry does not say, what a reader judges."""
    lang, criteria = view.lang, row.assessment.criteria
    failed = [reason(one, lang, shown_facts[one.name]) for one in criteria if one.outcome == "not_met"]
    if failed:
        return [pick(lang, "no: ", "non : ") + joined(failed, lang)]
    found = []
    missing = list(dict.fromkeys(asks(one, lang) for one in criteria if one.outcome == "unknown"))
    if missing:
        found.append(pick(lang, "to settle: ", "à préciser : ") + joined(missing, lang))
    found.extend(soon(row, asked, view.day, lang))
    silent = [
        pick(lang, *_SILENT[one.name]) for one in criteria if one.outcome == "not_recorded" and one.name in _SILENT
    ]
    if silent:
        found.append(pick(lang, "not recorded: ", "non renseigné : ") + ", ".join(silent))
    hand = len(row.trial.eligibility.check_by_hand)
    if hand and by_hand:
        found.append(pick(lang, f"{hand} to check by hand", f"{hand} à vérifier"))
    return found


def soon(row: Row, asked: Profile, day: date, lang: Lang) -> list[str]:
    """An age limit, or a recorded end, that is near."""
    found = []
    birth = asked.patient.birth
    if birth and birth.earliest == birth.latest:
        from myofind.advice.timing import window_of

        window = window_of(row.assessment, asked.patient)
        if window and window.closes and 0 < (window.closes - day).days <= SOON_DAYS:
            found.append(closing(window, day, lang))
    end = row.trial.end
    if end and row.recruitment.state == "open" and 0 <= (last_day(end) - day).days <= SOON_DAYS // 2:
        found.append(pick(lang, f"recorded end {end}", f"fin prévue {end}"))
    return found


_SILENT = {
    "age": ("age", "âge"),
    "subtype": ("subtypes", "sous-types"),
    "country": ("countries", "pays"),
    "autoantibodies": ("autoantibodies", "auto-anticorps"),
}

_MARK = {
    "met": ("✓", "green"),
    "not_met": ("✗", "red"),
    "unknown": ("?", "yellow"),
    "presumed": ("≈", "cyan"),
    "not_recorded": ("·", "dim"),
}


def explained(row: Row, shown_facts: dict[str, str], lang: Lang) -> list[Cell]:
    """Criterion by criterion."""
    found = []
    for one in row.assessment.criteria:
        mark, style = _MARK[one.outcome]
        found.append(Cell(f"{mark} {reason(one, lang, shown_facts[one.name])}", style))
    found.extend(
        Cell(pick(lang, f"check by hand: {text}", f"à vérifier : {text}"), "dim")
        for text in (note.text(lang) for note in row.trial.eligibility.check_by_hand)
    )
    found.extend(
        Cell(
            pick(
                lang,
                f"sources disagree on {one.about}: {one.text(lang)}",
                f"sources en désaccord ({topic(one.about, lang)}) : {one.text(lang)}",
            ),
            "dim",
        )
        for one in row.trial.conflicts
    )
    return found


def state_word(state: str, lang: Lang) -> str:
    """A state of recruitment in words."""
    return pick(lang, *STATES[state])
