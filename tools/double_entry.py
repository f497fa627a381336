"""Compare the registry with its second entry: every field read twice, every difference resolved or listed.

    python tools/double_entry.py [--registry data/trials.yaml] [--second tests/data/second-entry.json] [--list] [--write]

The second entry was read from the same document and the same register facts without looking at the registry. Its two
parts are compared apart: `document` (what the document itself says) and `record` (what the newest register record
known to that reader says). A field ends in one of five ways:

- `equal`: both say the same;
- `superseded`: the registry follows a newer source than the document and says so, by naming that source for the key,
  together with a conflict about the key or the second reader's own reading of the record;
- `resolved`: the difference was settled at the source and is logged under `resolutions` of the second entry with
  both values, so that a later change of either side makes it a difference again;
- `added`: the document is silent and the registry names another source for the key (not a comparison);
- `different`: anything else. There must be none.

`--write` brings the table in docs/double-entry.md up to date. Exit code 0 where nothing differs, 1 where something does.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from myofind.domain.rules import Span
from myofind.domain.trial import Trial
from myofind.registry.read import read_registry

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "double-entry.md"
DOCUMENT = "afm-2025"

Entry = dict[str, Any]


class Finding(NamedTuple):
    """How one field of one study came out."""

    study: str
    part: str
    field: str
    result: str
    second: Any
    registry: Any


def plain_words(text: str) -> list[str]:
    """Words without accents, case and punctuation."""
    flat = "".join(c for c in unicodedata.normalize("NFD", text.replace("œ", "oe")) if not unicodedata.combining(c))
    return re.findall(r"[a-z0-9]+", flat.lower())


def drug_words(text: str) -> set[str]:
    """The telling words of an intervention, French and English endings apart."""
    words = (word.rstrip("s").removesuffix("e") for word in plain_words(text))
    return {word for word in words if word not in NO_DRUG and (len(word) > 3 or any(c.isdigit() for c in word))}


MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
NO_DRUG = frozenset(
    {
        "cell",
        "sodium",
        "weekly",
        "week",
        "session",
        "group",
        "month",
        "autologou",
        "supervised",
        "injection",
        "programm",
    }
)
NOT_TELLING = frozenset(
    {
        "university",
        "universite",
        "hospital",
        "hospitalier",
        "universitaire",
        "hopital",
        "of",
        "the",
        "de",
        "la",
        "du",
        "des",
        "and",
        "et",
        "medical",
        "center",
        "centre",
        "national",
        "institute",
        "inc",
        "groupe",
        "chu",
        "therapeutics",
        "pharmaceuticals",
        "pharma",
        "biotech",
        "biotechnology",
        "trust",
        "nhs",
        "foundation",
    }
)
SAME_SPONSOR = (
    {"niehs", "environmental"},
    {"niams", "arthritis"},
    {"salpetriere", "mondor", "assistance", "aphp"},
    {"janssen", "johnson"},
    {"juno", "bristol", "celgene", "bms"},
    {"chugai", "roche"},
    {"horizon", "amgen"},
    {"merck", "emd"},
)


def same_sponsor(second: str, registry: str) -> bool:
    """Do two sponsor names share a telling word, or a known pair of names for one house?"""
    ours, theirs = (set(plain_words(name)) - NOT_TELLING for name in (registry, second))
    return bool(ours & theirs) or any(group & ours and group & theirs for group in SAME_SPONSOR)


def years(rule: Any) -> Any:
    """An age bound as the second reader writes it: years as a number, `none` for no limit, else None."""
    if not isinstance(rule, Span):
        return rule
    return int(rule.number) if rule.unit == "years" and rule.number == int(rule.number) else str(rule)


def months(span: Span | str | None) -> float | None:
    """A length of time in months, from either writing."""
    if span is None:
        return None
    number, unit = str(span).split()
    return float(number) * {"years": 12, "year": 12, "months": 1, "month": 1, "weeks": 12 / 52, "days": 12 / 365}[unit]


def antibodies(trial: Trial) -> list[str]:
    """Every antibody the trial asks for, in its cohorts too."""
    rules = [trial.eligibility, *(cohort.eligibility for cohort in trial.cohorts)]
    return sorted(
        {name for rule in rules if rule.autoantibodies for name in rule.autoantibodies[0] + rule.autoantibodies[1]}
    )


def admitted(trial: Trial) -> list[str]:
    """Every subtype the trial admits, in its cohorts too."""
    rules = [trial.eligibility, *(cohort.eligibility for cohort in trial.cohorts)]
    return sorted({name for rule in rules if rule.subtypes for name in rule.subtypes.admits})


def status_in_document(trial: Trial) -> str | None:
    """The status observed in the document."""
    return next((seen.value for seen in trial.status if seen.source == DOCUMENT), None)


def observed(trial: Trial, record: Entry) -> bool:
    """Is the record's status, with its day, among the trial's observations (the document's own may be newer)?"""
    value, day = record.get("status"), str(record.get("status_date"))
    return any(o.value == value and o.as_of[: len(day)] == day[: len(o.as_of)] for o in trial.status)


def ranges(trial: Trial) -> list[tuple[int, int]]:
    """Line ranges of the document the trial's sources and observations name."""
    places = [s.at or "" for s in trial.sources if s.ref == DOCUMENT]
    places += [o.at or "" for o in trial.status if o.source == DOCUMENT]
    return [(int(a), int(b or a)) for place in places for a, b in re.findall(r"(\d+)(?:-(\d+))?", place)]


FIELDS: dict[str, Callable[[Trial], Any]] = {
    "acronym": lambda t: t.acronym,
    "drug": lambda t: sorted({n for i in t.interventions for n in (i.name, i.brand or "", *i.codes) if n}),
    "phase": lambda t: sorted(t.phase),
    "comparator": lambda t: t.comparator,
    "status": status_in_document,
    "subtypes": admitted,
    "subtypes_excluded": lambda t: sorted(t.eligibility.subtypes.excludes) if t.eligibility.subtypes else [],
    "age_min": lambda t: years(t.eligibility.age.min) if t.eligibility.age else None,
    "age_max": lambda t: years(t.eligibility.age.max) if t.eligibility.age else None,
    "antibodies": antibodies,
    "ild": lambda t: t.eligibility.stance("ild"),
    "refractory": lambda t: t.eligibility.stance("refractory"),
    "countries": lambda t: sorted(t.countries.listed) if t.countries else [],
    "countries_complete": lambda t: bool(t.countries and t.countries.complete),
    "not_in_fr": lambda t: bool(
        t.countries and ("FR" in t.countries.not_in or (t.countries.complete and "FR" not in t.countries.listed))
    ),
    "cities_fr": lambda t: sorted({s.city for s in t.sites if s.country == "FR" and s.city}),
    "enrollment": lambda t: t.enrollment,
    "start": lambda t: t.start,
    "end": lambda t: t.end,
    "follow_up": lambda t: months(t.follow_up),
    "sponsor": lambda t: t.sponsor,
    "extends": lambda t: sorted(t.extends),
    "lines": ranges,
    # of the record only
    "status_date": lambda t: t.status[0].as_of if t.status else None,
    "required_any": antibodies,
    "required_all": antibodies,
}

KEY = {
    "subtypes": "eligibility", "subtypes_excluded": "eligibility", "age_min": "eligibility",
    "age_max": "eligibility", "antibodies": "eligibility", "ild": "eligibility", "refractory": "eligibility",
    "countries_complete": "countries", "not_in_fr": "countries", "cities_fr": "sites", "drug": "interventions",
}  # fmt: skip
"""The trial key that holds a field, where the names differ."""


def value_of(trial: Trial, part: str, field: str) -> Any:
    """The registry's value of a field, in the second reader's writing."""
    if part == "record" and field == "status":
        return trial.status[0].value if trial.status else None
    return FIELDS[field](trial)


def agrees(field: str, second: Any, ours: Any) -> bool:
    """Do both readers say the same, allowing for the precision each source has?"""
    if field in ("acronym", "sponsor") and not (isinstance(second, str) and isinstance(ours, str)):
        return False
    if field == "acronym":
        return plain_words(ours)[0] in plain_words(second)
    if field == "sponsor":
        return same_sponsor(second, ours)
    if field == "drug":
        return any(drug_words(name) & drug_words(second) for name in ours)
    if field in ("countries", "cities_fr"):
        return {" ".join(plain_words(x)) for x in second} <= {" ".join(plain_words(x)) for x in ours}
    if field in ("start", "end", "status_date"):
        short = min(len(str(second)), len(str(ours)))
        return str(second)[:short] == str(ours)[:short]
    if field == "follow_up":
        return abs((months(second) or 0) - (ours or 0)) < 0.05
    if field == "lines":
        return any(low <= line <= high for line in second for low, high in ours)
    if field == "age_max" and ours == "none":
        return second is None or second >= 99
    if field in ("subtypes", "subtypes_excluded", "antibodies", "required_any", "required_all", "phase", "extends"):
        return set(second) == set(ours)
    return bool(second == ours)


def silent(value: Any) -> bool:
    """Was nothing written down?"""
    return value is None or value is False or value == [] or value == ""


def second_source(trial: Trial, field: str) -> bool:
    """Does a source other than the document support this key, by name or as the one that supports all the rest?"""
    key = KEY.get(field, field)
    claimed = any(key in s.keys for s in trial.sources)
    return any(s.ref != DOCUMENT and (key in s.keys or (not s.keys and not claimed)) for s in trial.sources)


def quoted(value: Any, notes: list[str]) -> bool:
    """Does a conflict name this value, a month being also written out?"""
    writings = [str(item) for item in value] if isinstance(value, list) else [str(value)]
    if day := re.fullmatch(r"(\d{4})-(\d{2})(-\d{2})?", str(value)):
        writings.append(f"{MONTHS[int(day[2]) - 1]} {day[1]}")
    return any(re.search(rf"(?<![\w.]){re.escape(text)}(?![\w.])", note) for text in writings for note in notes)


def superseded(trial: Trial, field: str, part: str, entry: Entry) -> bool:
    """Does the registry follow a newer or fuller source than this part, and say so?

    Of the document: another source is named for the key, and a conflict about it names the value kept or the one not
    kept, or the second reader's own reading of the record says what the registry says, or the subtypes only grew.
    Of the record: the registry says what the document says, and a conflict names the value. A status of the document
    is never superseded: newer observations stand above it.
    """
    if part == "document" and field == "status":
        return False
    key, ours, second = KEY.get(field, field), value_of(trial, part, field), entry[part][field]
    notes = [c.note for c in trial.conflicts if c.about == key]
    told = quoted(second, notes) or quoted(ours, notes)
    if part == "record":
        document = entry.get("document", {}).get(field)
        return told and not silent(document) and agrees(field, document, ours)
    record = entry.get("record", {})
    confirmed = field in record and agrees(field, record[field], value_of(trial, "record", field))
    grew = field == "subtypes" and set(second) < set(ours)
    return (second_source(trial, field) and (told or confirmed or grew)) or (bool(notes) and quoted(second, notes))


def compare_study(study: str, entry: Entry, trial: Trial) -> Iterator[Finding]:
    """Every field of one study, in both parts."""
    for part in ("document", "record"):
        for field, second in entry.get(part, {}).items():
            if field not in FIELDS:
                continue
            ours = value_of(trial, part, field)
            if silent(second) and silent(ours):
                continue
            seen = part == "record" and field in ("status", "status_date") and observed(trial, entry["record"])
            if seen or (not silent(second) and agrees(field, second, ours)):
                result = "equal"
            elif silent(second) and part == "document" and second_source(trial, field):
                result = "added"
            elif not silent(second) and superseded(trial, field, part, entry):
                result = "superseded"
            else:
                result = "different"
            yield Finding(study, part, field, result, second, ours)


def shown(value: Any) -> str:
    """A value as the log keeps it."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def compare(registry: bytes, second: Entry) -> list[Finding]:
    """Every field of the second entry against the registry; a logged resolution counts only for the values it names."""
    trials = {trial.id: trial for trial in read_registry(registry, "data/trials.yaml").trials()}
    log = {
        (r["study"], r["part"], r["field"]): (shown(r["second"]), shown(r["registry"])) for r in second["resolutions"]
    }
    found: list[Finding] = []
    for study, entry in second["studies"].items():
        if study not in trials:
            found.append(Finding(study, "document", "id", "different", study, None))
            continue
        for f in compare_study(study, entry, trials[study]):
            settled = log.get((f.study, f.part, f.field)) == (shown(f.second), shown(f.registry))
            found.append(f._replace(result="resolved") if settled and f.result != "equal" else f)
    return found


def stale(found: list[Finding], second: Entry) -> list[tuple[str, str, str]]:
    """Resolutions that settle nothing any more (the registry's own errors are logged under `corrected`, not here)."""
    used = {(f.study, f.part, f.field) for f in found if f.result == "resolved"}
    return [k for r in second["resolutions"] if (k := (r["study"], r["part"], r["field"])) not in used]


def report(found: list[Finding], second: Entry) -> str:
    """The counts, as Markdown."""
    rows = ["| part | fields | equal | superseded | resolved | added | different |", "| --- " * 7 + "|"]
    for part in ("document", "record"):
        n = Counter(f.result for f in found if f.part == part)
        cells = [n[k] for k in ("equal", "superseded", "resolved", "added", "different")]
        rows.append(f"| {part} | {sum(cells)} | " + " | ".join(map(str, cells)) + " |")
    wrong = Counter(r["wrong"] for r in [*second["resolutions"], *second.get("corrected", [])])
    rows += ["", "Differences settled at the source: " + ", ".join(f"{k} {n}" for k, n in sorted(wrong.items())) + "."]
    return "\n".join(rows)


def main(arguments: list[str] | None = None) -> int:
    """Print the report and every unresolved difference."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--registry", type=Path, default=ROOT / "data" / "trials.yaml")
    parser.add_argument("--second", type=Path, default=ROOT / "tests" / "data" / "second-entry.json")
    parser.add_argument("--list", action="store_true", help="every field that is not equal, not only the differences")
    parser.add_argument("--write", action="store_true", help="bring the table in docs/double-entry.md up to date")
    options = parser.parse_args(arguments)
    second: Entry = json.loads(options.second.read_text(encoding="utf-8"))
    found = compare(options.registry.read_bytes(), second)
    print(report(found, second))
    if options.write:
        text = PAGE.read_text(encoding="utf-8")
        table = re.compile(r"\| part \|.*?\nDifferences settled at the source: [^\n]*", re.DOTALL)
        PAGE.write_text(table.sub(lambda _: report(found, second), text), encoding="utf-8")
    for f in found:
        if f.result == "different" or (options.list and f.result != "equal"):
            print(f"{f.result:10} {f.study} {f.part}.{f.field}: second {shown(f.second)}, registry {shown(f.registry)}")
    for key in stale(found, second):
        print("stale resolution:", *key)
    return 1 if any(f.result == "different" for f in found) or stale(found, second) else 0


if __name__ == "__main__":
    sys.exit(main())
