"""A register's record to a new entry: what is certain filled in, a ready line in a comment for every decision.

A commented line stands at its place and with its indentation: taking the `# ` away takes the decision. A study known
only from a page is given every key as such a line, in the order of the format.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import chain

from myofind.domain.dates import first_day, last_day
from myofind.domain.recruitment import STATE_OF
from myofind.domain.register_numbers import SLUG, register_of
from myofind.domain.trial import Source
from myofind.editing.yaml_text import Value, entry, flow, phase_value, scalar, site_value, source_value
from myofind.language import worded
from myofind.names.drug_names import usual_name, without_dose
from myofind.names.vocabulary import label, resolve
from myofind.registers.ctgov import Given, Record
from myofind.registers.drafted_criteria import comment, eligibility
from myofind.registers.proposals import Seen, contact_values
from myofind.registers.record_values import clip

LONGEST_TITLE = 100


def draft_lines(record: Record, seen: Seen) -> list[str]:
    """The entry as lines, indented as an item of `trials`."""
    return _as_item(_body(record, seen))


def _as_item(body: Iterable[str]) -> list[str]:
    first, *more = body
    return [f"  - {first}", *(f"    {line}" for line in more)]


def whole_file(entries: list[list[str]], source: Source, day: str) -> list[str]:
    """Entries as a complete registry file, which `myofind validate` reads."""
    header: dict[str, Value] = {
        "name": "drafts",
        "schema": 2,
        "version": f"{int(day[:4])}.{int(day[5:7])}.0",
        "as_of": day,
    }
    lines = ["registry:", *(f"  {line}" for key, value in header.items() for line in entry(key, value))]
    lines += ["  sources:", *(f"    {line}" for line in entry(source.id, source_value(source), nested=True)), "trials:"]
    return [*lines, *between(entries)]


def between(entries: list[list[str]]) -> list[str]:
    """Entries with an empty line between two."""
    return [line for place, one in enumerate(entries) for line in (*([""] if place else []), *one)]


def _body(record: Record, seen: Seen) -> Iterator[str]:
    yield f"id: {record.nct}"
    yield from (comment(f"the record: {en}", f"la fiche : {fr}") for en, fr in record.warnings)
    ids = _ids(record)
    if ids:
        yield from entry("ids", ids)
    if record.acronym:
        yield from entry("acronym", record.acronym)
    yield from _title(record)
    yield from _kind(record)
    if record.study_type != "OBSERVATIONAL":
        yield from _interventions(record)
    if record.phase:
        yield from entry("phase", phase_value(record.phase))
    yield from _comparator(record)
    yield from _status(record, seen)
    yield from eligibility(record)
    if record.sites:
        yield from entry("countries", {"listed": list(record.countries), "complete": record.sites_complete})
        yield from entry("sites", [site_value(site) for site in record.sites])
    else:
        yield comment("the record lists no site", "la fiche n'énumère aucun site")
    for key in ("enrollment", "start", "primary_completion", "end", "sponsor"):
        value = getattr(record, key)
        if value is not None:
            yield from entry(key, value)
    read: dict[str, Value] = {"read": seen.day}
    if record.updated:
        read["updated"] = record.updated
    read.update(record.fingerprints())
    yield from entry("record", read)
    if record.contacts:
        yield from entry("contacts", contact_values(record, seen))
    yield f"# read: {{on: {seen.day}, by: …}}"
    yield "draft: true"
    yield from entry("sources", [{"ref": seen.source, "at": seen.at, "date": seen.day}])
    conflicts = list(_contradictions(record))
    if conflicts:
        yield comment("to decide: the record contradicts itself", "à décider : la fiche se contredit")
        yield from entry("conflicts", conflicts)


def _contradictions(record: Record) -> Iterator[dict[str, Value]]:
    """Dates of the record that cannot all be true: kept, and said."""
    for earlier, later in (("start", "primary_completion"), ("primary_completion", "end"), ("start", "end")):
        first, second = getattr(record, earlier), getattr(record, later)
        if first and second and first_day(first) > last_day(second):
            yield {
                "about": later,
                "en": f"The record prints {later} as {second} and {earlier} as {first}, which is later; both were kept.",
                "fr": f"La fiche imprime {later} au {second} et {earlier} au {first}, plus tard ; les deux ont été gardés.",
            }
    taking = [
        site for site in record.sites if site.status and STATE_OF[site.status] in ("open", "upcoming", "by_invitation")
    ]
    if record.status and STATE_OF[record.status] == "closed" and taking:
        status = taking[0].status
        yield {
            "about": "sites",
            "en": f"The record prints a site as {status} and the study as {record.status}; both were kept.",
            "fr": f"La fiche imprime un centre {status} et l'étude {record.status} ; les deux ont été gardés.",
        }


def _ids(record: Record) -> dict[str, Value]:
    known = [("nct", record.aliases), *record.ids]
    found: dict[str, Value] = {
        register: numbers[0] if len(numbers) == 1 else list(numbers) for register, numbers in known if numbers
    }
    if record.organisation_id and record.organisation_id not in {record.nct, *chain(*dict(record.ids).values())}:
        found["sponsor"] = record.organisation_id
    return found


def _title(record: Record) -> Iterator[str]:
    if record.title:
        english = "to decide: a title in own words; this is the register's"
        yield comment(english, "à décider : un titre en propres mots ; celui-ci est du registre public")
        yield from entry("title", clip(record.title, LONGEST_TITLE))
        if len(record.title) > LONGEST_TITLE:
            yield comment(f"in full: {record.title}", f"en entier : {record.title}")
        yield "# title_fr: …"
    else:
        yield comment("to decide: the record has no title", "à décider : la fiche n'a pas de titre")
        yield from ("# title: …", "# title_fr: …")
    if record.conditions:
        listed = "; ".join(record.conditions)
        yield comment(f"its conditions: {listed}", f"ses maladies : {listed}")
    if record.keywords:
        listed = "; ".join(record.keywords)
        yield comment(f"its keywords: {listed}", f"ses mots-clés : {listed}")


def _kind(record: Record) -> Iterator[str]:
    kind = "interventional"
    if record.study_type == "OBSERVATIONAL":
        kind = "registry" if record.patient_registry else "observational"
    elif record.study_type == "EXPANDED_ACCESS":
        yield comment(
            "to decide: expanded access is no trial; whether it belongs here, and as what kind",
            "à décider : un accès élargi n'est pas un essai ; a-t-il sa place ici, et comme quel genre",
        )
    elif record.study_type is None:
        yield comment("to decide: the record gives no study type", "à décider : la fiche ne donne pas de type d'étude")
    yield f"kind: {kind}"


def _interventions(record: Record) -> Iterator[str]:
    """What is tested; placebo is told by the comparator."""
    found: dict[str, dict[str, Value]] = {}
    others = []
    for one in record.given:
        if one.name.lower().startswith(("placebo", "sham")) or " placebo" in one.name.lower():
            continue
        name, known = _name(one)
        found.setdefault(name.lower(), {"name": name})
        if not known and one.other_names:
            aliases = "; ".join(one.other_names)
            others.append((f"{name} is also called {aliases}", f"{name} s'appelle aussi {aliases}"))
    if found:
        yield from (comment(*names) for names in others)
        english = "to decide: `role: comparator` or `role: background` for what is not tested"
        yield comment(english, "à décider : `role: comparator` ou `role: background` pour ce qui n'est pas essayé")
        yield from entry("interventions", list(found.values()))


def _name(one: Given) -> tuple[str, bool]:
    """The name of a drug as the vocabulary has it, by any of its names; else as the record writes it, in lower case."""
    for spelt in (one.name, without_dose(one.name), *one.other_names):
        known = resolve("drugs", spelt, exact=True)
        if known.outcome == "exact" and known.id:
            return label("drugs", known.id), True
    return usual_name(_FORM.sub("", without_dose(one.name)) or one.name), False


_FORM = re.compile(
    r"(?:[ -]+(?:injections?|tablets?|capsules?|infusions?|solutions?|suspension|for injection|(?:CAR[ -]?)?T[ -]?cells?|cells?|oral|IV|SC|i\.v\.|s\.c\.))+$",
    re.IGNORECASE,
)
"""What follows the name of a drug and is no part of it: its form and its way."""


def _comparator(record: Record) -> Iterator[str]:
    if record.study_type != "INTERVENTIONAL" or not record.arms:
        return
    kinds = {arm.kind for arm in record.arms} - {"EXPERIMENTAL"}
    certain = {
        frozenset({"PLACEBO_COMPARATOR"}): "placebo",
        frozenset({"ACTIVE_COMPARATOR"}): "active",
        frozenset({"NO_INTERVENTION"}): "no_treatment",
    }.get(frozenset(kind or "" for kind in kinds))
    if certain and len(record.arms) > 1:
        yield f"comparator: {certain}"
    elif not kinds and len(record.arms) == 1:
        yield "comparator: none"
    else:
        arms = "; ".join(f"{arm.label} ({(arm.kind or 'no type').lower()})" for arm in record.arms)
        likely = (
            "placebo" if any("placebo" in one.name.lower() for one in record.given) else "active" if kinds else "none"
        )
        yield comment(f"to decide: the arms are {arms}", f"à décider : les bras sont {arms}")
        yield f"# comparator: {likely}"


def _status(record: Record, seen: Seen) -> Iterator[str]:
    if record.status is None:
        word = record.status_word
        en, fr = (f": {word}", f" : {word}") if word else ("", "")
        english = f"to decide: the record has no status the registry knows{en}"
        yield comment(english, f"à décider : la fiche n'a pas d'état connu du registre{fr}")
        yield from (f"# {line}" for line in entry("status", [seen.observation("unknown")]))
        return
    told = seen.observation(record.status)
    if record.why:
        yield comment(
            "to decide: why it stopped, in own words; these are the register's",
            "à décider : pourquoi il s'est arrêté, en propres mots ; ceux-ci sont du registre public",
        )
        told["why"] = record.why
    if record.last_known:
        day = record.verified
        en, fr = (f", verified {day}", f", vérifié {day}") if day else ("", "")
        yield comment(f"last known status: {record.last_known}{en}", f"dernier état connu : {record.last_known}{fr}")
    yield from entry("status", [told])


_NO_LIMIT = (
    "max: none, where the page says that there is no limit",
    "max: none, si la page dit qu'il n'y a pas de limite",
)
_OTHERS = ("others:", "autres :")


def is_entry_id(text: str) -> bool:
    """Whether a text may name an entry: a register's number or a slug."""
    return register_of(text) not in (None, "id_rcb") or (re.fullmatch(SLUG, text) is not None and len(text) <= 60)


def blank_lines(id: str, page: Seen, parents: tuple[str, ...] = ()) -> list[str]:
    """The entry as lines, indented as an item of `trials`; `parents` make it an extension of theirs."""
    place = f"source: {scalar(page.source)}, at: {scalar(page.at)}"
    take = comment(
        "take the `# ` away from a line and put the fact in the place of …; `validate --fix` removes what is left",
        "ôter le `# ` d'une ligne et mettre le fait à la place de … ; `validate --fix` retire ce qui reste",
    )
    extension = [f"extends: {flow(list(parents)) if len(parents) > 1 else parents[0]}"] if parents else []
    criteria = [] if parents else ["  # subtypes: {admits: […]}  # → myofind vocab subtypes"]
    body = [
        f"id: {scalar(id)}",
        take,
        "# ids: {euct: …, sponsor: …}",
        "# acronym: …",
        "# title: …",
        "# title_fr: …",
        f"kind: {'extension' if parents else 'interventional'}",
        *extension,
        "# interventions:",
        "#   - {name: …}",
        "# phase: […]  # → early_1, 1, 2, 3, 4",
        "# comparator: …  # → placebo, active, no_treatment, none",
        "# status:",
        f"#   - {{value: …, as_of: {page.day}, {place}}}  # → recruiting, not_yet_recruiting, completed",
        "eligibility:",
        "  coverage: summary",
        *criteria,
        f"  # age: {{min: …, max: …}}  # → {worded(_NO_LIMIT)}",
        "  # sex: …  # → all, female, male",
        "  # autoantibodies: {required_any: […], excluded: […]}  # → myofind vocab antibodies",
        "  # facts:",
        f"  #   cancer: …  # → required, excluded; {worded(_OTHERS)} myofind vocab facts",
        "  # treatments:",
        "  #   - {any: […], excluded: …}  # → now, ever, {within: 6 months}",
        "  # check_by_hand:",
        "  #   - {en: …, fr: …}",
        "# cohorts:",
        "#   - {name: …, fr: …, eligibility: {…}}",
        "# countries: {listed: […], complete: false}",
        "# sites:",
        "#   - {country: …, city: …, facility: …}",
        "# enrollment: …",
        "# start: …",
        "# end: …",
        "# sponsor: …",
        "# contacts:",
        f"#   - {{where: …, phone: …, email: …, {place}, date: {page.day}}}",
        f"# read: {{on: {page.day}, by: …}}",
        "draft: true",
        "sources:",
        f"  - {{ref: {scalar(page.source)}, at: {scalar(page.at)}, date: {page.day}}}",
    ]
    if register_of(id) is None:
        none = ("No number of a public register was found.", "Aucun numéro de registre public n'a été trouvé.")
        body += ["conflicts:", f'  - {{about: id, en: "{none[0]}", fr: "{none[1]}"}}']
    return _as_item(body)
