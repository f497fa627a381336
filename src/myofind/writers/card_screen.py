"""Trials of the registry on a screen: a list, and the card of each: what it is, whether it recruits, whom to call, its criteria."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from textwrap import wrap

from myofind.domain.eligibility import Criterion
from myofind.domain.register_numbers import REGISTERS, link
from myofind.domain.trial import Eligibility, Site, named_rules
from myofind.names.vocabulary import label
from myofind.records import NamedTuple
from myofind.report.trial_page import Listing
from myofind.report.values import Drug, Study
from myofind.words import summary
from myofind.words.rule_words import enrolment_words, required
from myofind.words.trial_facts import DESIGN, contact, design, drug_class, end, no_contact, route, source_key
from myofind.words.wording import COVERAGES, KINDS, NAMES, STATUSES, Lang, joined, pick
from myofind.writers import columns as grid
from myofind.writers.columns import Cell, Column
from myofind.writers.layout import PIPED, Layout, Lines
from myofind.writers.phrases import brief, dated, drug_name, drugs, name, origin, title
from myofind.writers.styles import ending, flowing, id_cell, indented, known, line, paragraph, phase

NAME_WIDTH = 26
"""The most that the name of a fact takes."""

ROLES = {
    "experimental": ("tests", "évalue"),
    "comparator": ("control", "contrôle"),
    "background": ("on top of", "en plus de"),
}
"""What a drug of a trial is there for."""

Fact = tuple[str, Cell]


class Part(NamedTuple):
    """Facts under a title; `dim` where they matter to an editor only."""

    title: str
    facts: Iterable[Fact]
    dim: bool = False


def page(whole: Listing, layout: Layout) -> Lines:
    """The cards of some trials, one below the other."""
    for place, study in enumerate(whole.studies):
        if place:
            yield line()
        yield from Card(study, whole, layout).lines()
    yield from ending(whole.stamp, layout)


class Card:
    """A trial in parts, each with a title; a part without facts is left out."""

    def __init__(self, study: Study, whole: Listing, layout: Layout) -> None:
        self.study, self.trial, self.day = study, study.trial, whole.stamp.day
        self.layout, self.lang = layout, layout.lang

    def lines(self) -> Lines:
        """The whole card."""
        yield from self._head()
        yield from self._contacts()
        for part in self.what_is_asked():
            yield from self._part(part)
        yield from self._places()
        for part in self.the_rest():
            yield from self._part(part)
        yield line()

    def what_is_asked(self) -> Iterator[Part]:
        """The design, and the criteria of the trial and of its cohorts."""
        lang, trial = self.lang, self.trial
        yield Part(pick(lang, "Design", "Protocole"), self._design())
        yield Part(self._criteria_title(), self._rules(trial.eligibility))
        for cohort in trial.cohorts:
            called = (cohort.fr if lang == "fr" else None) or cohort.name
            read = self._coverage(cohort.eligibility.coverage)
            lead = pick(lang, f"Cohort {called}", f"Cohorte {called}")
            silent = pick(lang, "no criterion of its own recorded", "aucun critère propre noté")
            rules = list(self._rules(cohort.eligibility)) or [("–", Cell(silent, "dim"))]
            yield Part(lead + (f" ({read})" if read else ""), rules)

    def the_rest(self) -> Iterator[Part]:
        """Time, numbers, and where all of it comes from."""
        lang, trial = self.lang, self.trial
        days = ((("start", "début"), trial.start), (("end", "fin"), end(trial, self.day, lang)))
        yield Part(pick(lang, "Time", "Calendrier"), [(pick(lang, *name), Cell(text)) for name, text in days if text])
        yield Part(pick(lang, "Numbers", "Numéros"), self._numbers())
        conflicts = [(source_key(one.about, lang), Cell(one.text(lang), "yellow")) for one in trial.conflicts]
        yield Part(pick(lang, "Sources disagree", "Sources en désaccord"), conflicts)
        yield Part(pick(lang, "Status as observed", "Statuts observés"), self._observations(), dim=True)
        yield Part("Sources", self._sources(), dim=True)

    def _part(self, part: Part) -> Lines:
        """A title, and facts in two columns below it."""
        rows = [grid.Row([Cell(""), Cell(name, "dim"), cell]) for name, cell in part.facts]
        if rows:
            yield line()
            yield from paragraph(part.title, self.layout.width, "dim" if part.dim else "bold")
            yield from grid.lines([Column(""), Column("", 8, NAME_WIDTH), Column("", 20)], rows, self.layout.width)

    # What it is -------------------------------------------------------------------------------------------------------

    def _head(self) -> Lines:
        lang, trial, width = self.lang, self.trial, self.layout.width
        called, full = brief(self.study, lang), title(trial, lang) or trial.id
        if called != full:
            yield from flowing([Cell(called, "bold"), Cell("  "), id_cell(self.study)], width)
            yield from paragraph(full, width)
        else:
            yield from paragraph(full, width, "bold")
            yield [id_cell(self.study)]
        about = (drugs(self.study, lang), kind_and_phase(self.study, lang), trial.sponsor)
        yield from paragraph(" · ".join(filter(None, about)), width)
        if trial.enrolment:
            text = enrolment_words(trial.enrolment, lang)
            lead = pick(lang, "Nobody new can enter: ", "Personne ne peut plus entrer : ")
            if trial.enrolment.reason == "extension":
                lead = pick(lang, "Only after ", "Seulement après avoir fini de ")
            yield from paragraph(lead + text, width, "yellow")
        status = known(self.study.recruitment, lang)._replace(text=dated(self.study.recruitment, lang))
        yield from ([status._replace(text=part)] for part in grid.broken(status, width))
        if self.study.url:
            yield [Cell(self.study.url, "cyan", self.study.url)]

    def _contacts(self) -> Lines:
        lang, heading = self.lang, pick(self.lang, "Whom to call", "Qui appeler")
        if not self.trial.contacts:
            yield line()
            words = no_contact(self.study.url, lang)
            yield from paragraph(pick(lang, f"{heading}: {words}", f"{heading} : {words}"), self.layout.width)
            return
        where = [label("countries", one.where, lang) if one.where else "–" for one in self.trial.contacts]
        lines = [Cell(contact(one, lang, country=False)) for one in self.trial.contacts]
        yield from self._part(Part(heading, zip(where, lines, strict=True)))

    def _design(self) -> Iterator[Fact]:
        for one in self.trial.interventions:
            drug = next((drug for drug in self.study.drugs if drug.written == one), Drug(None, one, one.drug_class))
            about = (drug_class(drug.drug_class, self.lang), route(one.route, self.lang))
            parts = dict.fromkeys(filter(None, (drug_name(drug, self.lang), one.brand, *one.codes, *about)))
            yield pick(self.lang, *ROLES[one.role]), Cell(" · ".join(parts))
        for key, text in design(self.trial, self.lang).items():
            yield pick(self.lang, *DESIGN[key]), Cell(text)

    # Criteria ---------------------------------------------------------------------------------------------------------

    def _coverage(self, coverage: str | None) -> str:
        return pick(self.lang, *COVERAGES[coverage]) if coverage else ""

    def _criteria_title(self) -> str:
        """How much was read of the criteria, by whom and when."""
        read, lang = self.trial.read, self.lang
        by = f" ({read.by})" if read and read.by else ""
        on = pick(lang, f"read on {read.on}{by}", f"lus le {read.on}{by}") if read else ""
        about = joined((on, self._coverage(self.trial.eligibility.coverage)), lang)
        return pick(lang, "Criteria", "Critères") + (pick(lang, ": ", " : ") + about if about else "")

    def _rules(self, own: Eligibility) -> Iterator[Fact]:
        for key, rule in named_rules(own):
            yield pick(self.lang, *NAMES[key]), Cell(required(Criterion(key, "met", "", rule), self.lang))
        for place, note in enumerate(own.check_by_hand):
            yield pick(self.lang, "check by hand", "à vérifier") if place == 0 else "", Cell(note.text(self.lang))

    # Places -----------------------------------------------------------------------------------------------------------

    def _places(self) -> Lines:
        """Countries, and their sites by town; what a site is called and its status only where they say something."""
        trial, lang, width = self.trial, self.lang, self.layout.width
        if trial.countries is None and not trial.sites:
            return
        yield line()
        yield from paragraph(self.places_title(), width, "bold")
        by_country = {country: sites for country, sites in self.by_country().items() if sites}
        bare = [label("countries", country, lang) for country, sites in self.by_country().items() if not sites]
        names = {country: label("countries", country, lang) for country in by_country}
        room = min(NAME_WIDTH, max(map(len, names.values()), default=0))
        for country, sites in by_country.items():
            told = list(self.towns(sites))
            cells = [
                [Cell(""), Cell((names[country] if place == 0 else "").ljust(room), "dim"), Cell(town), Cell(about)]
                for place, (town, about) in enumerate(told)
            ]
            detailed = any(about for _, about in told)
            last = [Column("", 12, 30), Column("", 12)] if detailed else [Column("", 20)]
            rows = [grid.Row(several if detailed else several[:3]) for several in cells]
            yield from grid.lines([Column(""), Column("", 8, NAME_WIDTH), *last], rows, width)
        if bare:
            named = ", ".join(bare)
            text = pick(lang, f"towns not recorded: {named}", f"villes non renseignées : {named}")
            yield from indented(text, width)
        rule = trial.countries
        if rule and rule.not_in:
            left_out = ", ".join(label("countries", one, lang) for one in rule.not_in)
            yield from paragraph(pick(lang, f"not in {left_out}", f"pas en {left_out}"), width)

    def by_country(self) -> dict[str, list[Site]]:
        """The sites of every country the trial lists, or has a site in."""
        countries = self.trial.countries
        found: dict[str, list[Site]] = {code: [] for code in (countries.listed if countries else ())}
        for site in self.trial.sites:
            found.setdefault(site.country, []).append(site)
        return found

    def places_title(self) -> str:
        """How many sites there are, and whether all countries are known."""
        lang, sites, rule = self.lang, self.trial.sites, self.trial.countries
        count = Counter(site.status for site in sites)
        statuses = [f"{number} {pick(lang, *STATUSES[one])}" for one, number in count.most_common() if one]
        about = [str(len(sites)) + (f": {', '.join(statuses)}" if statuses else "")] if sites else []
        if rule is not None and not rule.complete:
            about.append(pick(lang, "country list incomplete", "liste des pays incomplète"))
        return pick(lang, "Sites", "Centres") + (f" ({joined(about, lang)})" if about else "")

    def towns(self, sites: Sequence[Site]) -> Iterator[tuple[str, str]]:
        """Towns with what is known of their sites, in the order of the record; towns of which nothing more is known share a line."""
        if not sites:
            yield pick(self.lang, "towns not recorded", "villes non renseignées"), ""
        usual = Counter(site.status for site in self.trial.sites).most_common(1)[0][0] if sites else None
        plain: list[str] = []
        told: dict[str, list[str]] = {}
        for site in sites:
            town = site.city or pick(self.lang, "town not recorded", "ville non renseignée")
            facility = site.facility if site.facility and not _NAMELESS.search(site.facility) else None
            state = pick(self.lang, *STATUSES[site.status]) if site.status and site.status != usual else None
            about = ", ".join(part for part in (facility, state) if part)
            if about:
                told.setdefault(town, []).append(about)
            elif town not in plain:
                plain.append(town)
        for town, several in told.items():
            for place, about in enumerate(several):
                yield town if place == 0 else "", about
        rest = ", ".join(town for town in plain if town not in told)
        if rest:
            yield from ((part, "") for part in (wrap(rest, PIPED) if self.layout.width is None else [rest]))

    # Time, numbers, sources -------------------------------------------------------------------------------------------

    def _numbers(self) -> Iterator[Fact]:
        for register, numbers in self.trial.ids:
            named = REGISTERS[register].name if register in REGISTERS else pick(self.lang, "sponsor", "promoteur")
            for number in numbers:
                address = link(number)
                yield named, Cell(f"{number}  {address}" if address else number, "", address)
        if self.trial.extends:
            yield pick(self.lang, "extends", "prolonge"), Cell(", ".join(self.trial.extends))

    def _observations(self) -> Iterator[Fact]:
        for seen in self.trial.status:
            words = pick(self.lang, *STATUSES[seen.value]) + (f" ({seen.why})" if seen.why else "")
            where = joined((seen.source, seen.at or ""), self.lang)
            yield seen.as_of, Cell(f"{words} – {where}", "dim")

    def _sources(self) -> Iterator[Fact]:
        for one in self.trial.sources:
            keys = ", ".join(source_key(key, self.lang) for key in one.keys)
            about = pick(self.lang, f"for {keys}", f"pour {keys}") if keys else ""
            yield one.ref, Cell(" · ".join(part for part in (one.date, one.at, about) if part), "dim")


def kind_and_phase(study: Study, lang: Lang) -> str:
    """`interventional trial, phase 2/3`."""
    kind = pick(lang, *KINDS[study.trial.kind])
    return f"{kind}, phase {phase(study)}" if study.trial.phase else kind


_NAMELESS = re.compile(r"(?i)investigat\w* site|local institution|research site|clinical site|\bsite\b.*\d")
"""Names that say of a site nothing but that there is one."""


LONGEST_NUMBER = 14
"""Longer numbers stand on a line of their own on a screen."""
COUNTRIES_NAMED = 4


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
    apart = len(trial.id) > LONGEST_NUMBER and layout.width is not None
    listed = trial.countries.listed if trial.countries else ()
    more = f" +{len(listed) - COUNTRIES_NAMED}" if len(listed) > COUNTRIES_NAMED else ""
    cells = [
        Cell("") if apart else id_cell(study),
        Cell(name(trial, lang) if wide or apart else brief(study, lang), "bold"),
        *([Cell(drugs(study, lang))] if wide else []),
        *([Cell(pick(lang, *KINDS[trial.kind]))] if wide else []),
        Cell(phase(study)),
        known(study.recruitment, lang),
        Cell(" ".join(listed[:COUNTRIES_NAMED]) + more or "–"),
    ]
    return grid.Row(cells, [id_cell(study)] if apart else [])
