"""A register's record to a new entry: what is certain filled in, what a curator must decide quoted in comments."""

from __future__ import annotations

from collections.abc import Iterator

from myofind.domain.dates import first_day, last_day
from myofind.domain.lengths import order
from myofind.domain.recruitment import STATE_OF
from myofind.domain.trial import Source, Span
from myofind.editing.field_values import phase_value, site_value, span_value
from myofind.editing.yaml_text import Value, entry
from myofind.names.drug_names import usual_name, without_dose
from myofind.names.vocabulary import label, resolve
from myofind.registers.criteria_quotes import topics
from myofind.registers.ctgov import Given, Record
from myofind.registers.proposals import Seen
from myofind.registers.texts import clip

LONGEST_TITLE = 100
LONGEST_COMMENT = 400


def draft_lines(record: Record, seen: Seen) -> list[str]:
    """The entry as lines, indented as an item of `trials`; every comment starts with `# to decide` or quotes."""
    body = list(_body(record, seen))
    return [f"  - {body[0]}", *(f"    {line}" for line in body[1:])]


def whole_file(entries: list[list[str]], source: Source, day: str) -> list[str]:
    """Entries as a complete registry file, which `myofind validate` reads."""
    fields = ("title", "publisher", "date", "url")
    declared: dict[str, Value] = {key: value for key in fields if (value := getattr(source, key))}
    header: dict[str, Value] = {
        "name": "drafts",
        "schema": 1,
        "version": f"{int(day[:4])}.{int(day[5:7])}.0",
        "as_of": day,
    }
    lines = ["registry:", *(f"  {line}" for key, value in header.items() for line in entry(key, value))]
    lines += ["  sources:", *(f"    {line}" for line in entry(source.id, declared, nested=True)), "trials:"]
    for one in entries:
        lines += [*one, ""]
    return lines[:-1] if entries else [*lines[:-1], "trials: []"]


def _comment(text: str) -> str:
    return f"# {clip(text, LONGEST_COMMENT)}"


def _body(record: Record, seen: Seen) -> Iterator[str]:
    yield f"id: {record.nct}"
    yield from (_comment(f"the record: {warning}") for warning in record.warnings)
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
    yield from _eligibility(record)
    if record.sites:
        yield from entry("countries", {"listed": list(record.countries), "complete": record.sites_complete})
        yield from entry("sites", [site_value(site) for site in record.sites])
    else:
        yield _comment("the record lists no site")
    for key in ("enrollment", "start", "primary_completion", "end", "sponsor"):
        value = getattr(record, key)
        if value is not None:
            yield from entry(key, value)
    read: dict[str, Value] = {"read": seen.day}
    if record.updated:
        read["updated"] = record.updated
    read.update(record.fingerprints())
    yield from entry("record", read)
    yield "draft: true"
    yield from entry("sources", [{"ref": seen.source, "at": seen.at, "date": seen.day}])
    conflicts = list(_contradictions(record))
    if conflicts:
        yield _comment("to decide: the record contradicts itself")
        yield from entry("conflicts", conflicts)


def _contradictions(record: Record) -> Iterator[dict[str, Value]]:
    """Dates of the record that cannot all be true: kept, and said."""
    for earlier, later in (("start", "primary_completion"), ("primary_completion", "end"), ("start", "end")):
        first, second = getattr(record, earlier), getattr(record, later)
        if first and second and first_day(first) > last_day(second):
            note = f"The record prints {later} as {second} and {earlier} as {first}, which is later; both were kept."
            yield {"about": later, "note": note}
    taking = [
        site for site in record.sites if site.status and STATE_OF[site.status] in ("open", "upcoming", "by_invitation")
    ]
    if record.status and STATE_OF[record.status] == "closed" and taking:
        status = taking[0].status
        yield {
            "about": "sites",
            "note": f"The record prints a site as {status} and the study as {record.status}; both were kept.",
        }


def _ids(record: Record) -> dict[str, Value]:
    found: dict[str, Value] = {}
    if record.aliases:
        found["nct"] = record.aliases[0] if len(record.aliases) == 1 else list(record.aliases)
    for register, numbers in record.ids:
        found[register] = numbers[0] if len(numbers) == 1 else list(numbers)
    known = {record.nct, *(one for _, numbers in record.ids for one in numbers)}
    if record.organisation_id and record.organisation_id not in known:
        found["sponsor"] = record.organisation_id
    return found


def _title(record: Record) -> Iterator[str]:
    if record.title:
        yield _comment("to decide: a title in own words, and title_fr; this is the register's")
        yield from entry("title", clip(record.title, LONGEST_TITLE))
        if len(record.title) > LONGEST_TITLE:
            yield _comment(f"in full: {record.title}")
    else:
        yield _comment("to decide: title and title_fr; the record has none")
    if record.conditions:
        yield _comment(f"conditions: {'; '.join(record.conditions)}")
    if record.keywords:
        yield _comment(f"keywords: {'; '.join(record.keywords)}")


def _kind(record: Record) -> Iterator[str]:
    kind = "interventional"
    if record.study_type == "OBSERVATIONAL":
        kind = "registry" if record.patient_registry else "observational"
    elif record.study_type == "EXPANDED_ACCESS":
        yield _comment("to decide: expanded access is no trial; whether it belongs here, and as what kind")
    elif record.study_type is None:
        yield _comment("to decide: kind; the record gives no study type")
    yield f"kind: {kind}"


def _interventions(record: Record) -> Iterator[str]:
    found: dict[str, dict[str, Value]] = {}
    for one in record.given:
        name, placebo = _name(one), one.name.lower().startswith(("placebo", "sham"))
        found.setdefault(name.lower(), {"name": name, **({"role": "comparator"} if placebo else {})})
    if found:
        others = {one.name: one.other_names for one in record.given if one.other_names}
        yield _comment("to decide: names (INN, lower case), and roles other than experimental")
        yield from entry("interventions", list(found.values()))
        for name, several in others.items():
            yield _comment(f"{name} is also called {'; '.join(several)}")


def _name(one: Given) -> str:
    known = resolve("drugs", one.name, exact=True)
    if known.outcome == "exact" and known.id:
        return label("drugs", known.id)
    return usual_name(without_dose(one.name))


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
        yield _comment(f"to decide: comparator; the arms are {arms}")


def _status(record: Record, seen: Seen) -> Iterator[str]:
    if record.status is None:
        word = f": {record.status_word}" if record.status_word else ""
        yield _comment(f"to decide: status; the record has none the registry knows{word}")
        return
    told: dict[str, Value] = {"value": record.status, "as_of": seen.day, "source": seen.source, "at": seen.at}
    if record.why:
        yield _comment("to decide: why it stopped, in own words; these are the register's")
        told["why"] = record.why
    if record.last_known:
        verified = f", verified {record.verified}" if record.verified else ""
        yield _comment(f"last known status: {record.last_known}{verified}")
    yield from entry("status", [told])


def _eligibility(record: Record) -> Iterator[str]:
    yield "eligibility:"
    yield "  coverage: summary"
    if record.criteria:
        yield "  " + _comment("to decide: `coverage: full` once the record's criteria were read in full")
    known = {topic.key: topic for topic in topics(record.criteria or "")}
    age: dict[str, Value] = {}
    if record.age_min is not None and record.age_min.number:
        age["min"] = span_value(record.age_min)
    if record.age_max is not None:
        age["max"] = "none" if record.age_max == "none" else span_value(record.age_max)
    if (
        isinstance(record.age_min, Span)
        and isinstance(record.age_max, Span)
        and order(record.age_min) > order(record.age_max)
    ):
        yield "  " + _comment(
            f"to decide: age; the record prints {record.age_min} as minimum, {record.age_max} as maximum"
        )
        age = {}
    for key in ("subtypes", "age", "sex", "autoantibodies", "ild", "refractory", "duration"):
        if key == "age" and age:
            yield from (f"  {line}" for line in entry("age", age))
        if key == "sex" and record.sex:
            yield f"  sex: {record.sex}"
        topic = known.get(key)
        if topic is None:
            if key == "subtypes":
                yield "  " + _comment("to decide: subtypes; the criteria name no kind of myositis")
            continue
        yield "  " + _comment(f"to decide: {key}: {topic.what}")
        for quote in topic.quotes:
            ids = f" -> {', '.join(quote.ids)}" if quote.ids else ""
            yield "  " + _comment(f"  {quote.section}: {quote.text}{ids}")
        if topic.more:
            yield "  " + _comment(f"  and {topic.more} more lines")
