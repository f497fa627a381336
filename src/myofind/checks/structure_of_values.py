"""The documentation of the rules that reading applies to single values; the functions are in `registry/`."""

from __future__ import annotations

VALUES: dict[str, str] = {
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
    "out-of-range": """A number lies outside the range of its fact or key.

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
