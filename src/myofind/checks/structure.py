"""The rules that reading itself applies, with their documentation; the functions are in `files/` and `registry/`."""

from __future__ import annotations

from myofind.checks.rule import Rule
from myofind.checks.structure_of_values import VALUES

_FILE_AND_KEYS: dict[str, str] = {
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
}

FIXABLE = frozenset((
    "unreadable-yaml", "unknown-subtype", "unknown-autoantibody", "unknown-country", "unknown-value",
    "unknown-key", "malformed-number", "malformed-date", "malformed-span", "malformed-id", "malformed-address",
    "malformed-text", "unknown-drug", "unknown-patient-fact", "wrong-type",
))  # fmt: skip
"""Rules of which some findings have one reading only."""

STRUCTURE = tuple(
    Rule(name, "error", "structure", text, fixable=name in FIXABLE) for name, text in (_FILE_AND_KEYS | VALUES).items()
)
"""In the order in which reading meets them: the file, its layout, its keys, its values."""
