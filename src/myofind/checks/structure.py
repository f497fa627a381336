"""The rules that reading itself applies, with their documentation; the functions are in `files/` and `registry/`."""

from __future__ import annotations

from myofind.checks.rule import Rule

_TEXTS: dict[str, str] = {
    "unreadable-yaml": """The text is not YAML.

    Nothing below the place can be read with certainty; the rest of the file is read without that trial.

    Fails:
    trials:
      - id: NCT00000001
        title: [Efgartigimod

    Passes:
    trials:
      - id: NCT00000001
        title: Efgartigimod
    """,
    "merge-marker": """A merge left both versions of some lines in the file, between its marks.

    Somebody must choose; until then the lines of the first version are read.

    Fails:
    <<<<<<< HEAD
    enrollment: 240
    =======
    enrollment: 265
    >>>>>>> other

    Passes:
    enrollment: 265
    """,
    "not-utf8": """The file is not UTF-8.

    Accents and Greek letters would be read as others.

    Fails:
    title_fr: myosite à inclusions, saved as Latin-1

    Passes:
    title_fr: myosite à inclusions, saved as UTF-8
    """,
    "file-too-large": """The file is larger than what is read (64 MB).

    A registry of that size is a mistake, or meant to exhaust the memory.

    Fails:
    a file of 65 MB

    Passes:
    a file of 1 MB
    """,
    "empty-file": """The file holds nothing.

    An empty registry would answer that no trial fits.

    Fails:
    # only a comment

    Passes:
    registry: {}
    """,
    "too-deep": """Values are nested deeper than any registry needs.

    Deep nesting is a mistake, or meant to exhaust the memory.

    Fails:
    title: [[[[[[[[[[[[[[[[[[[[[[[[[too deep]]]]]]]]]]]]]]]]]]]]]]]]]

    Passes:
    title: Efgartigimod in active myositis
    """,
    "yaml-alias": """A value is taken from elsewhere by an anchor and an alias.

    Every trial must be readable where it stands, and aliases can make a small file huge.

    Fails:
    eligibility: &adults
      age: {min: 18}
    cohorts:
      - {name: all, eligibility: *adults}

    Passes:
    eligibility:
      age: {min: 18}
    """,
    "yaml-tag": """A value carries a YAML tag.

    Values are plain text; a tag could make them something else.

    Fails:
    enrollment: !!str 240

    Passes:
    enrollment: 240
    """,
    "duplicate-key": """A key is given twice.

    YAML keeps one of the two and says nothing.

    Fails:
    enrollment: 240
    enrollment: 24

    Passes:
    enrollment: 240
    """,
    "duplicate-id": """Two trials have the same id.

    Neither can be named; the file is refused.

    Fails:
    trials:
      - id: NCT00000001
      - id: NCT00000001

    Passes:
    trials:
      - id: NCT00000001
      - id: NCT00000002
    """,
    "control-character": """A text holds a control character.

    It could move the cursor of a terminal, or hide what follows.

    Fails:
    sponsor: "argenx\\e[31m"

    Passes:
    sponsor: argenx
    """,
    "empty-value": """A key has no value, or a list no item.

    What no source says is absent; an empty value says neither.

    Fails:
    sponsor:

    Passes:
    sponsor: argenx
    """,
    "missing-key": """A key that must be there is missing.

    Without it the entry means nothing.

    Fails:
    status:
      - {value: recruiting, source: afm-2025}

    Passes:
    status:
      - {value: recruiting, as_of: 2025-05-17, source: afm-2025}
    """,
    "unknown-key": """A key is not one of the format.

    A misspelt key would be a fact that nobody reads.

    Fails:
    enrolment: 240

    Passes:
    enrollment: 240
    """,
    "wrong-type": """A list, a mapping or a single value stands where another is expected.

    It cannot be read as what the key means.

    Fails:
    eligibility: [dm]

    Passes:
    eligibility:
      subtypes: {admits: [dm]}
    """,
    "unknown-value": """A word is none of those the key takes.

    Words are compared exactly; another spelling would never match.

    Fails:
    comparator: placebos

    Passes:
    comparator: placebo
    """,
    "unknown-subtype": """A subtype is none of the vocabulary.

    The registry holds ids; a name it does not know admits nobody.

    Fails:
    eligibility:
      subtypes: {admits: [dermatomyosite]}

    Passes:
    eligibility:
      subtypes: {admits: [dm]}
    """,
    "unknown-autoantibody": """An autoantibody is none of the vocabulary.

    A name is never read by likeness: anti-PL-17 is neither PL-7 nor PL-12.

    Fails:
    eligibility:
      autoantibodies: {required_any: [anti-PL-17]}

    Passes:
    eligibility:
      autoantibodies: {required_any: [pl7]}
    """,
    "unknown-country": """A country is none of the vocabulary (ISO 3166-1 alpha-2).

    Answers are by country; a name it does not know is nowhere.

    Fails:
    countries: {listed: [UK]}

    Passes:
    countries: {listed: [GB]}
    """,
    "malformed-number": """A number is not written with digits only.

    `010` is 8 for some readers and 10 for others.

    Fails:
    enrollment: 010

    Passes:
    enrollment: 10
    """,
    "out-of-range": """A number lies outside the range of its fact.

    Usually the unit or the scale is another one.

    Fails:
    eligibility:
      subtypes: {admits: [dm]}
      facts:
        fvc: {min: 1200}

    Passes:
    eligibility:
      subtypes: {admits: [dm]}
      facts:
        fvc: {min: 50}
    """,
    "unknown-patient-fact": """A rule names what is no fact of the table.

    The rule would be about nothing. `myofind vocab facts` lists the facts; a new one is a row of the table.

    Fails:
    eligibility:
      subtypes: {admits: [dm]}
      facts:
        malignancy: excluded

    Passes:
    eligibility:
      subtypes: {admits: [dm]}
      facts:
        cancer: excluded
    """,
    "malformed-text": """A telephone number, an electronic address or a ratio is not written as one.

    Nobody could call it, and no program read it.

    Fails:
    contacts:
      - {where: FR, phone: 01 23 45 67 89, source: afm-2025}

    Passes:
    contacts:
      - {where: FR, phone: "+33 1 23 45 67 89", source: afm-2025}
    """,
    "malformed-date": """A date is not written YYYY, YYYY-MM or YYYY-MM-DD.

    03/04/2025 is two days.

    Fails:
    start: 03/04/2025

    Passes:
    start: 2025-04-03
    """,
    "impossible-date": """A date is no day of the calendar, or outside 1900 to 2100.

    It is a slip; which day was meant cannot be guessed.

    Fails:
    start: 2025-02-30

    Passes:
    start: 2025-02-28
    """,
    "malformed-span": """An age or a length of time is not a number with its unit.

    `6` are years, `6 months` are months; anything else is unclear.

    Fails:
    eligibility:
      age: {min: six months}

    Passes:
    eligibility:
      subtypes: {admits: [jdm]}
      age: {min: 6 months}
    """,
    "malformed-id": """A number does not have the shape of its register's numbers.

    It leads nowhere. Only shapes are tested: no register publishes a check digit.

    Fails:
    ids: {eudract: 2021-1277-23}

    Passes:
    ids: {eudract: 2021-001277-23}
    """,
    "malformed-address": """A web address is not one.

    It could not be opened.

    Fails:
    registry:
      sources:
        afm-2025: {title: Avancées 2025, url: www.example.org}

    Passes:
    registry:
      sources:
        afm-2025: {title: Avancées 2025, url: "https://www.example.org"}
    """,
    "malformed-name": """The short name of a source holds more than lower-case letters, digits and hyphens.

    It is written again in every trial that cites it.

    Fails:
    registry:
      sources:
        AFM 2025: {title: Avancées 2025, url: "https://example.org"}

    Passes:
    registry:
      sources:
        afm-2025: {title: Avancées 2025, url: "https://example.org"}
    """,
    "text-too-long": """A text is longer than its key takes.

    It would break every table; long texts are usually copied.

    Fails:
    acronym: a name of far more than the sixty characters that an acronym may have

    Passes:
    acronym: ALKIVIA
    """,
}

FIXABLE = frozenset(
    {
        "unreadable-yaml",
        "unknown-subtype",
        "unknown-autoantibody",
        "unknown-country",
        "unknown-value",
        "unknown-key",
        "malformed-number",
        "malformed-date",
        "malformed-span",
        "malformed-id",
        "malformed-address",
        "malformed-text",
        "unknown-drug",
        "unknown-patient-fact",
        "wrong-type",
    }
)
"""Rules of which some findings have one reading only."""

STRUCTURE = tuple(Rule(name, "error", "structure", text, fixable=name in FIXABLE) for name, text in _TEXTS.items())
"""In the order in which reading meets them: the file, its layout, its keys, its values."""
