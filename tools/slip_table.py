"""Editing mistakes, planted one at a time in a real registry: found where they were made, with a hint, without echo?

    python tools/slip_table.py [FILE] [--each 5] [--seed 1] [--on DAY] [--kinds WORDS] [--any] [--missed]

Each kind of mistake is planted at `--each` random places. A mistake counts as *found* when its own rule (where the table
names one) or any new error stands at a line that was edited; *hint*: that finding says what to type; *alone*: nothing else
is new in the report; *fix*: `--fix` restores the text, gives what the table expects, or changes nothing at all.
Exit code 1 where a mistake is not found, or a correction is wrong.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple

from excerpts import excerpt, parts

from myofind.checks.fix import fix
from myofind.checks.run import Report, check
from myofind.checks.table import BY_NAME
from myofind.diagnostics import Diagnostic
from myofind.registry.location import registry_path
from myofind.registry.read import read_registry

HEAD_TRIALS = 4
"""Trials kept around the edited one: each run reads a small registry, cut out of the real one."""


class Kind(NamedTuple):
    """A kind of mistake: where (a pattern of one line), what stands there instead, and what must come of it.

    `rules`: those of which one must find it. `fixed`: what the edited piece must be after `--fix` (`back` is the text as
    it was), or none where it must be left alone; a kind that may be either says `either`.
    """

    name: str
    where: str
    instead: str | Callable[[re.Match[str]], str]
    rules: str
    fixed: str = ""
    needs: str = ""
    lacks: str = ""


def swapped(match: re.Match[str]) -> str:
    """A number with its last two different neighbours exchanged."""
    text = match[0]
    places = [n for n in range(len(text) - 1) if text[n].isdigit() and text[n + 1].isdigit() and text[n] != text[n + 1]]
    n = places[-1]
    return text[:n] + text[n + 1] + text[n] + text[n + 2 :]


def day_first(match: re.Match[str]) -> str:
    """A date as people write it, with a day that is no month."""
    return f"{match[1]}25/0{match[2][-1] if match[2][-1] != '0' else '1'}/2025"


KINDS: tuple[Kind, ...] = (
    # undecided, unfinished
    Kind("undecided comment", r"^    sponsor: .*$", r"\g<0>  # to decide: is it the sponsor", "undecided-comment"),
    Kind("todo in a comment", r"^    enrollment: .*$", r"\g<0>  # TODO", "undecided-comment"),
    Kind("todo in a text", r"^    sponsor: ([A-Za-z -]+)$", r"    sponsor: TODO", "placeholder-text"),
    Kind("question marks", r"^    sponsor: ([A-Za-z -]+)$", r"    sponsor: \1 ???", "placeholder-text"),
    Kind("draft left", r"^    sources:$", "    draft: true\n    sources:", "draft-entry"),
    # subtypes
    Kind("subtypes removed", r"^      subtypes: .*\n", "", "missing-subtypes", needs=r"^      age:", lacks="cohorts:|kind: extension|any_of|takes_nobody"),
    Kind("subtype in French", r"(subtypes: \{admits: \[)dm\b", r"\1dermatomyosite", "unknown-subtype", "back"),
    Kind("subtype in capitals", r"(subtypes: \{admits: \[)dm\b", r"\1DM", "unknown-subtype", "back"),
    Kind("subtype unknown", r"(subtypes: \{admits: \[)\w+", r"\1dmx9", "unknown-subtype"),
    # numbers and addresses
    Kind("address of another trial", r'(^ +- \{.*clinicaltrials\.gov/study/)NCT\d{8}', r"\1NCT01010101", "foreign-number"),
    Kind("digits of an address swapped", r"(?<=clinicaltrials\.gov/study/)NCT\d{8}", swapped, "foreign-number"),
    Kind("parent unknown", r"^    extends: NCT(\d{8})$", "    extends: NCT99999999", "unknown-parent"),
    Kind("id in lower case", r"^  - id: NCT(\d{8})", r"  - id: nct\1", "malformed-id", "back"),
    Kind("id with a space", r"^  - id: NCT(\d{8})", r"  - id: NCT \1", "malformed-id", "back"),
    Kind("id as an address", r"^  - id: NCT(\d{8})", r"  - id: https://clinicaltrials.gov/study/NCT\1", "malformed-id", "back"),
    Kind("id with the letter O", r"^  - id: NCT0(\d{7})", r"  - id: NCTO\1", "malformed-id", "back"),
    Kind("id a digit short", r"^  - id: NCT(\d{7})\d", r"  - id: NCT\1", "malformed-id"),
    Kind("EudraCT with a long dash", r'(eudract: "?20\d\d)-(0\d+)-', r"\1–\2–", "malformed-id", "back"),
    # days
    Kind("status after its document", r"(value: \w+, as_of: )2025-05-17(, source: afm-2025)", r"\g<1>2025-06-02\2", "status-after-source"),
    Kind("day first", r"^(    (?:start|end): )\d{4}-(\d\d)-\d\d$", day_first, "malformed-date", "either"),
    Kind("day or month first", r"^    start: .*$", "    start: 03/04/2025", "malformed-date"),
    Kind("month in words", r"^    start: .*$", "    start: July 2025", "malformed-date", "    start: 2025-07"),
    Kind("month in French", r"^    start: .*$", "    start: 14 juillet 2025", "malformed-date", "    start: 2025-07-14"),
    Kind("month without its zero", r"^(    start: \d{4}-)0(\d)$", r"\1\2", "malformed-date", "back"),
    Kind("slashes in a date", r"^(    start: \d{4})-(\d\d)-(\d\d)$", r"\1/\2/\3", "malformed-date", "back"),
    Kind("30 February", r"^    start: .*$", "    start: 2025-02-30", "impossible-date"),
    Kind("day as a month", r"^    end: .*$", "    end: 2025-23-07", "impossible-date"),
    Kind("season", r"^    end: .*$", "    end: spring 2027", "malformed-date"),
    Kind("observed in the future", r"(value: \w+, as_of: )[0-9-]+", r"\g<1>2062-01-01", "future-status"),
    Kind("end before the start", r"^    end: .*$", "    end: 1950-01", "reversed-dates", needs="    start: ", lacks="about: (start|end)"),
    # ages and lengths
    Kind("age in months", r"(age: \{min: )18(?=[,}])", r"\g<1>18 months", "implausible-age", lacks="jdm|jpm|jiim|jimnm|joverlap"),
    Kind("age 99", r"(age: \{min: \d+, max: )\d+", r"\g<1>99", "implausible-age", "max: none"),
    Kind("age 180", r"(age: \{min: )\d+", r"\g<1>180", "implausible-age", lacks="not_iim"),
    Kind("age with its unit in capitals", r"(      age: \{min: )18(?=[,}])", r"\g<1>18 Years", "malformed-span", "back"),
    Kind("age in French", r"(      age: \{min: )18(?=[,}])", r"\g<1>18 ans", "malformed-span", "back"),
    Kind("age in words", r"(age: \{min: )18(?=[,}])", r"\g<1>eighteen", "malformed-span"),
    Kind("ages reversed", r"age: \{min: 18, max: (\d\d)\}", r"age: {min: \1, max: 18}", "reversed-bounds implausible-age"),
    Kind("months glued", r"^(    follow_up: \d+) months$", r"\1months", "malformed-span", "back"),
    Kind("decimal comma", r"^    follow_up: .*$", "    follow_up: 18,5 months", "malformed-span", "    follow_up: 18.5 months"),
    Kind("follow-up without its unit", r"^(    follow_up: \d+) .*$", r"\1", "malformed-span"),
    # words
    Kind("phase of the register", r"^    phase: (?:\[2\]|2)$", "    phase: PHASE2", "unknown-value", "    phase: 2"),
    Kind("phase in Roman digits", r"^    phase: (?:\[3\]|3)$", "    phase: III", "unknown-value", "    phase: 3"),
    Kind("two phases as one", r"^    phase: \[2, 3\]$", "    phase: [2/3]", "unknown-value", "back"),
    Kind("no phase", r"^    phase: .*$", "    phase: N/A", "unknown-value", "gone", lacks=r"for: \[.*phase"),
    Kind("yes", r"complete: true", "complete: yes", "unknown-value", "back"),
    Kind("oui", r"complete: true", "complete: oui", "unknown-value", "back"),
    Kind("False", r"complete: false", "complete: False", "unknown-value", "back"),
    Kind("status of the register", r"value: recruiting", "value: RECRUITING", "unknown-value", "back"),
    Kind("status as the register prints it", r"value: active_not_recruiting", 'value: "Active, not recruiting"', "unknown-value", 'value: "active_not_recruiting"'),
    Kind("status in French", r"value: recruiting", "value: en cours de recrutement", "unknown-value", "back"),
    Kind("status ended in French", r"value: completed", "value: terminé", "unknown-value", "back"),
    Kind("kind in capitals", r"^    kind: interventional$", "    kind: INTERVENTIONAL", "unknown-value", "back"),
    Kind("sex in French", r"^      sex: female$", "      sex: femmes", "unknown-value", "back"),
    Kind("number with a space", r"^    enrollment: (\d)(\d{3})$", r"    enrollment: \1 \2", "malformed-number", "back"),
    Kind("number with a word", r"^    enrollment: (\d+)$", r"    enrollment: \1 participants", "malformed-number", "back"),
    Kind("number with a leading zero", r"^    enrollment: (\d+)$", r"    enrollment: 0\1", "malformed-number"),
    Kind("country by its name", r"(listed: \[)FR\b", r"\1France", "unknown-country", "back"),
    Kind("drug by its brand", r"(- \{name: )efgartigimod\b", r"\1Vyvgart", "drug-by-other-name", "back"),
    Kind("drug with a capital", r"(- \{name: )([a-z])([a-z]{6,})(?=[,}])", lambda m: m[1] + m[2].upper() + m[3], "drug-by-other-name", "either"),
    Kind("drug with its dose", r"(- \{name: )(rituximab|tofacitinib|baricitinib|efgartigimod|methotrexate)(?=[,}])", r"\1\2 10 mg", "drug-by-other-name", "back"),
    Kind("drug a letter short", r"(- \{name: \w{5})\w(\w{5,})(?=[,}])", r"\1\2", "unknown-drug", "either"),
    # keys
    Kind("key a letter short", r"^    sponsor: ", "    sponsr: ", "unknown-key", "back"),
    Kind("key in British", r"^    enrollment: ", "    enrolment: ", "unknown-key", "back"),
    Kind("key in a mapping misspelt", r"\{value: ", "{vaule: ", "unknown-key", "back"),
    Kind("key twice", r"^    sponsor: .*$", r"\g<0>\n\g<0>", "duplicate-key"),
    Kind("no space after a key", r"^    sponsor: (?=[A-Za-z])", "    sponsor:", "unreadable-yaml", "back"),
    Kind("no space in a mapping", r"\{value: ", "{value:", "unknown-key unreadable-yaml", "back"),
    Kind("no value", r"^    sponsor: .*$", "    sponsor:", "empty-value"),
    Kind("observation without its day", r"(\{value: \w+), as_of: [0-9-]+", r"\1", "missing-key"),
    # layout
    Kind("merge marks", r"^    enrollment: (\d+)$", "<<<<<<< HEAD\n    enrollment: \\1\n=======\n    enrollment: 7\\1\n>>>>>>> other", "merge-marker"),
    Kind("a tab", r"^    sponsor: ", "\tsponsor: ", "unreadable-yaml"),
    Kind("a space too many", r"^    (sponsor|enrollment): ", r"     \1: ", "unreadable-yaml"),
    Kind("a space too few", r"^    (sponsor|enrollment): ", r"   \1: ", "unreadable-yaml"),
    Kind("a key below its place", r"^    (sponsor|enrollment): ", r"      \1: ", "unreadable-yaml unknown-key"),
    Kind("dash of an entry lost", r"^  - id: ", "    id: ", "duplicate-key"),
    Kind("dash of an observation lost", r"^      - \{value: ", "      {value: ", "unreadable-yaml wrong-type"),
    Kind("dash of a source lost", r"^      - \{ref: ", "      {ref: ", "unreadable-yaml wrong-type"),
    Kind("dash of a note lost", r"^        - (?=\{en: )", "          ", "run-on-text unreadable-yaml", needs=r"^        - \{en: .*\n        - \{en: "),
    Kind("colon lost", r"^    sponsor: (?=[A-Za-z])", "    sponsor ", "unreadable-yaml"),
    Kind("bracket not closed", r"(subtypes: \{admits: \[[\w, ]+)\]\}$", r"\1}", "unreadable-yaml"),
    Kind("brace not closed", r"^(      - \{value: .*)\}$", r"\1", "unreadable-yaml"),
    Kind("quote not closed", r'^(    title(?:_fr)?: ".*)"$', r"\1", "unreadable-yaml"),
    Kind("quote not opened", r'^(    title(?:_fr)?: )"([^:#]*)"$', r'\1\2"', "stray-quote"),
    Kind("words after the quote", r'^(    title: ".*")$', r"\1 (France)", "unreadable-yaml"),
    Kind("colon in a title", r"^    title: (\w+) (?=\w)", r"    title: \1: ", "unreadable-yaml"),
    # texts
    Kind("text cut by a number sign", r"^    title: (\w+) (?=[\w ,-]+$)", r"    title: \1 #1 ", "cut-text"),
    Kind("guillemets around a title", r"^    title_fr: ([\w ,'’-]+)$", r"    title_fr: «\1»", "stray-quote", "back"),
    Kind("curved quotes around a title", r"^    title: ([\w ,-]+)$", r"    title: “\1”", "stray-quote", "back"),
    Kind("Cyrillic letter in an acronym", r"^(    acronym: [A-Z-]*)A", "\\1\u0410", "look-alike-letter", "back"),
    Kind("Cyrillic letter in an address", r"(- \{ref: .*/)s(?=tudy)", "\\1\u0455", "look-alike-letter", "back"),
    Kind("Greek letter in a drug", r"(- \{name: [a-z]{3,}?)o", "\\1\u03bf", "look-alike-letter", "back"),
    Kind("zero-width space", r"^    title_fr: (\w)", "    title_fr: \\1\u200b", "invisible-character", "back"),
    Kind("space that does not break", r"^    title: (\w+) (?=\w)", "    title: \\1\u00a0", "stray-space", "back"),
    Kind("space at the end", r"^    kind: \w+$", r"\g<0> ", "stray-space", "back"),
    Kind("lines run backwards", r"(at: \"?l\. )(\d+)-(\d+)", lambda m: f"{m[1]}{m[3]}-{m[2]}", "backward-range"),
    Kind("note that repeats the age", r"^        - (?=\{en: )", "        - {en: aged 18 or over, fr: âge d'au moins 18 ans}\n        - ", "redundant-note", needs=r"^      age: \{min: 18[,}]", lacks="cohorts:"),
    Kind("title in English twice", r"^    title: (.*)\n    title_fr: .*$", r"    title: \1\n    title_fr: \1", "repeated-sentence"),
    # places, sources, order
    Kind("site open in a closed trial", r"(- \{country: [A-Z]{2}[^}\n]*?)\}$", r"\1, status: recruiting}", "open-site-of-closed-trial", needs=r"status:\n      - \{value: (?:completed|terminated|active_not_recruiting)", lacks="about: (sites|status)"),
    Kind("site elsewhere", r"(- \{country: )[A-Z]{2}", r"\1AQ", "site-outside-countries"),
    Kind("source misspelt", r"(\{ref: [a-z0-9-]+)", r"\1x", "undeclared-source", "either"),
    Kind("observation under an older one", r"^      (- \{value: .*as_of: 202[456].*)\n      (- \{value: .*as_of: 20(?:1\d|2[0-3]).*)$", r"      \2\n      \1", "unordered-status", "either"),
    # facts
    Kind("fact misspelt", r"^        (canc|pregn|refract)er?(\w+): ", r"        \1\2: ", "unknown-patient-fact", "either", lacks=r"for: \[.*facts\.", needs=r"^        (?:cancer|pregnancy|refractory): "),
    Kind("fact by its abbreviation", r"^        ild: ", "        ILD: ", "unknown-patient-fact", "back"),
    Kind("fact in French", r"^        pregnancy: ", "        grossesse: ", "unknown-patient-fact", "back"),
    Kind("fact by another word", r"^        cancer: ", "        malignancy: ", "unknown-patient-fact", "back"),
    Kind("fact a level too high", r"^      facts:\n        (cancer|pregnancy|ild): (\w+)$", r"      \1: \2\n      facts:\n        active_infection: excluded", "unknown-key old-form", "either", lacks=r"facts\.|active_infection"),
    Kind("fact of the first form", r"^      facts:$", "      refractory: required\n      facts:", "old-form", "either", lacks=r"^        refractory: "),
    Kind("bound without its key", r"(mmt8|cdasi_a): \{below: (\d+)\}", r"\1: \2", "wrong-type"),
    Kind("bound with its sign", r"(mmt8): \{below: (\d+)\}", r"\1: < \2", "wrong-type", "back"),
    Kind("bound with its sign, at least", r"(fvc|dlco|mmt8|cdasi_a|phga): \{min: (\d+)\}", r"\1: '>= \2'", "wrong-type", "back"),
    Kind("bound with its unit", r"(fvc|dlco): \{(min|max|below|above): (\d+)\}", r"\1: {\2: \3 %}", "malformed-number", "back"),
    Kind("bound with a decimal comma", r"(haq_di): \{(min|above): 0\.25\}", r"\1: {\2: 0,25}", "unknown-key", "back"),
    Kind("bound out of its scale", r"(mmt8): \{(min|max|below|above): (\d+)\}", r"\1: {\2: \g<3>0}", "out-of-range"),
    Kind("bound in other words", r"(fvc|dlco|mmt8|phga): \{min: ", r"\1: {at_least: ", "unknown-key"),
    Kind("bounds swapped", r"(?<=[ {])(fvc|dlco|phga|mmt8): \{min: (\d+)\}", r"\1: {min: \2, max: 1}", "out-of-range unmeetable-rule"),
    Kind("two lower bounds", r"(phga|ptga|cdasi_a): \{above: (\d+)\}", r"\1: {min: \2, above: \2}", "crowded-rule"),
    Kind("stance in the imperative", r"^        (pregnancy|ild|active_infection): excluded$", r"        \1: exclude", "unknown-value", "back"),
    Kind("stance in French", r"^        (pregnancy|ild|active_infection): excluded$", r"        \1: exclu", "unknown-value", "back"),
    Kind("stance as no", r"^        (pregnancy|ild|active_infection): excluded$", r"        \1: no", "unknown-value"),
    Kind("stance as true", r"^        (ild|refractory): required$", r"        \1: true", "unknown-value"),
    Kind("answer misspelt", r"(classification: \{required: \[prob)able", r"\1able_", "unknown-value", "either"),
    Kind("answer in French", r"(classification: \{required: \[probable, )definite", r"\1certaine", "unknown-value", "back"),
    Kind("answers without braces", r"classification: \{required: \[probable, definite\]\}", "classification: probable", "wrong-type"),
    Kind("within without its unit", r"within: (\d+) \w+", r"within: \1", "malformed-span"),
    Kind("within in French", r"within: (\d+) months", r"within: \1 mois", "malformed-span", "back"),
    Kind("within abbreviated", r"within: (\d+) weeks", r"within: \1 wks", "malformed-span", "back"),
    Kind("within misspelt", r"\{within: (\d+ \w+)\}", r"{witin: \1}", "unknown-key", "back"),
    Kind("within forgotten", r"excluded: \{within: (\d+ \w+)\}", r"excluded: \1", "unknown-value", "back"),
    Kind("time since without min or max", r"since: \{(?:min|max): (\d+ \w+)\}", r"since: \1", "wrong-type"),
    Kind("time of a day not below since", r"onset: \{since: \{(min|max): (\d+ \w+)\}\}", r"onset: {\1: \2}", "unknown-key"),
    Kind("rule that says nothing", r"(mmt8|fvc|cdasi_a): \{\w+: \d+\}", r"\1: {}", "empty-value"),
    # alternatives
    Kind("count above the measures", r"\{count: \d, of:", "{count: 9, of:", "idle-alternative"),
    Kind("count lost", r"\{count: \d, of:", "{of:", "missing-key"),
    Kind("branch twice", r"^      any_of:\n(        - .*\n)", r"\g<0>\1", "repeated-item"),
    # treatments
    Kind("drug of a rule by its brand", r"any: \[rituximab", "any: [MabThera", "unknown-drug", "back"),
    Kind("drug of a rule with a capital", r"any: \[rituximab", "any: [Rituximab", "unknown-drug", "back"),
    Kind("class in words", r"any: \[jak_inhibitor", "any: [JAK inhibitors", "unknown-drug", "back"),
    Kind("class misspelt", r"any: \[immunosuppressant\b", "any: [immunosupressant", "unknown-drug", "either"),
    Kind("class in French", r"any: \[glucocorticoid\b", "any: [corticoïdes", "unknown-drug", "back"),
    Kind("rule without its condition", r"(- \{any: \[\w+\]), excluded: \w+\}", r"\1}", "empty-value"),
    Kind("condition misspelt", r"(- \{any: \[[\w, ]+\], )excluded: now", r"\1exclude: now", "unknown-key", "back"),
    Kind("condition in French", r"(- \{any: \[[\w, ]+\], )excluded: now", r"\1excluded: maintenant", "unknown-value", "back"),
    Kind("unchanged without its unit", r"unchanged: (\d+) weeks", r"unchanged: \1", "malformed-span"),
    Kind("stable for unchanged", r"unchanged: (\d+ weeks)", r"stable: \1", "unknown-key"),
    Kind("dose with its unit", r"dose: \{max: (\d+)\}", r"dose: {max: \1 mg/day}", "malformed-number", "back"),
    Kind("dose without its key", r"dose: \{max: (\d+)\}", r"dose: \1", "wrong-type"),
    Kind("rule and its note", r"^      check_by_hand:$", "\\g<0>\n        - {en: no cancer, fr: pas de cancer}", "redundant-note", needs=r"^        cancer: excluded$", lacks="cohorts:"),
    # contacts, coverage, reading
    Kind("telephone without its country", r'phone: "\+33 (\d)', r'phone: "0\1', "malformed-text"),
    Kind("telephone with two zeros", r'phone: "\+(\d+) ', r'phone: "00\1 ', "malformed-text", "back"),
    Kind("telephone with the zero in brackets", r'phone: "\+(\d+) ', r'phone: "+\1 (0)', "malformed-text", "back"),
    Kind("electronic address without its sign", r"email: (\w+)@", r"email: \1 ", "malformed-text"),
    Kind("electronic address as a link", r"email: (\w+@)", r"email: mailto:\1", "malformed-text", "back"),
    Kind("address of a person", r"email: \w+@", "email: jane.doe@", "person-named"),
    Kind("label that names a person", r"label: \{en: [^,\"]+,", "label: {en: Dr Jane Doe,", "person-named"),
    Kind("contact in another country", r"(- \{where: )[A-Z]{2}", r"\1AQ", "contact-elsewhere", needs="complete: true"),
    Kind("contact with nothing to call", r"^      - \{where: ([A-Z]{2}), .*(, source: [a-z0-9-]+)\}$", r"      - {where: \1, label: {en: study line, fr: ligne de l'étude}\2}", "empty-contact"),
    Kind("source of a contact misspelt", r"^(      - \{where: .*source: [a-z0-9-]+)", r"\1x", "undeclared-source", "either"),
    Kind("coverage misspelt", r"coverage: (inclusion|summary|partial)$", lambda m: f"coverage: {m[1][:-1]}", "unknown-value", "either"),
    Kind("coverage in another word", r"coverage: full$", "coverage: complete", "unknown-value", "back"),
    Kind("coverage left out", r"^      coverage: .*\n", "", "missing-coverage"),
    Kind("read in the future", r"read: \{on: \d{4}", "read: {on: 2062", "future-date"),
    Kind("read with its day first", r"read: \{on: (\d{4})-(\d\d)-(\d\d)", r"read: {on: \3/\2/\1", "malformed-date", "either"),
    Kind("reader by name", r"(read: \{on: [0-9-]+, by: )\w+", r"\1Jane Doe", "person-named"),
    Kind("reading without its day", r"read: \{on: [0-9-]+, by: (\w+)\}", r"read: {by: \1}", "missing-key"),
    Kind("note without its French", r"^(        - \{en: [^,\"]+), fr: .*\}$", r"\1}", "untranslated-text"),
    Kind("note in one language", r"^        - \{en: ([^,\"]+), fr: .*\}$", r"        - \1", "untranslated-text", "either"),
    Kind("languages exchanged", r"^        - \{en: (no [^,\"]+), fr: (pas de [^,\"]+)\}$", r"        - {en: \2, fr: \1}", "wrong-language"),
    Kind("source that supports a fact by its bare name", r"for: \[", "for: [cancer, ", "unknown-fact", "for: [facts.cancer, ", needs="^        cancer: "),
    Kind("reason that nobody can enter misspelt", r"takes_nobody: existing_records", "takes_nobody: existing records", "unknown-value", "back"),
    Kind("ratio with words", r'ratio: "(\d):(\d)"', r'ratio: "\1 to \2"', "malformed-text", "back"),
    Kind("subtypes as a list", r"subtypes: \{admits: (\[[\w, ]+\])\}", r"subtypes: \1", "wrong-type", "back"),
    Kind("subtypes as a word", r"subtypes: \{admits: \[(\w+)\]\}", r"subtypes: \1", "wrong-type", "back"),
    Kind("age as a number", r"age: \{min: (\d+)\}", r"age: \1", "wrong-type", "back"),
    Kind("age as a range", r"age: \{min: (\d+), max: (\d+)\}", r"age: \1-\2", "wrong-type", "back"),
    Kind("age as a range in French", r"age: \{min: (\d+), max: (\d+)\}", r"age: de \1 à \2 ans", "wrong-type", "back"),
    Kind("countries as a list", r"countries: \{listed: (\[[\w, ]+\]), complete: \w+\}", r"countries: \1", "wrong-type", "countries: {listed: ["),
    Kind("comment of a draft left", r"(      subtypes: \{admits: \[[\w, ]+\]\})$", r"\1  # I3, I4", "draft-comment", "back"),
    Kind("criterion of a draft left", r"^      coverage: \w+$", r"      #   I1 Adults with active disease\n\g<0>", "draft-comment", "back"),
    Kind("a second colon", r"^    sponsor: ", "    sponsor:: ", "unknown-key", "back"),
    Kind("key in French", r"^    sponsor: ", "    promoteur: ", "unknown-key", "back"),
    Kind("key in French with accents", r"^    start: ", "    début: ", "unknown-key", "back"),
    Kind("a tab behind a key", r"^    sponsor: ", "    sponsor:\t", "stray-space", "back"),
    Kind("a tab in braces", r"\{min: (\d+)", "{\tmin: \\1", "stray-space", "back"),
    Kind("a line end as on Windows", r"^(    enrollment: \d+)$", "\\1\r", "mixed-line-ends", "back"),
    Kind("a byte order mark inside", r"^    kind: ", "\ufeff    kind: ", "invisible-character", "back"),
    Kind("a sign of a web page", r"^    sponsor: (\w+)", r"    sponsor: \1 &amp; Co", "web-markup"),
    Kind("a tag of a web page", r"^    title: (\w+) ", r"    title: <b>\1</b> ", "web-markup"),
    Kind("a title cut off", r"^(    title: [\w ]+)$", r"\1...", "placeholder-text"),
    Kind("a doubt", r"^    sponsor: (.*[a-zA-Z])$", r"    sponsor: \1 ?", "placeholder-text"),
    Kind("an address with a space", r"at: \"https://clinicaltrials.gov/study/", 'at: "https://clinicaltrials.gov/ study/', "broken-address"),
    Kind("an address with one slash", r"at: \"https://clinicaltrials", 'at: "https:/clinicaltrials', "broken-address"),
    Kind("placebo among the drugs", r"^(    interventions:)$", r"\1\n      - {name: placebo}", "drug-by-other-name"),
    Kind("a block a level too deep", r"^    countries: (\{.*\})\n(    sites:\n)", r"      countries: \1\n\2", "unknown-key unreadable-yaml"),
    Kind("eligibility twice", r"^(    eligibility:)$", r"    eligibility:\n      coverage: summary\n\1", "duplicate-key"),
    Kind("keys exchanged", r"^(    title: .*)\n(    title_fr: .*)$", r"\2\n\1", "key-order", "back"),
)  # fmt: skip


class Mistake(NamedTuple):
    """A registry with one mistake: before, after, the lines (from 1) that were edited, and the kind."""

    kind: Kind
    before: str
    after: str
    lines: range


class Outcome(NamedTuple):
    """What came of a mistake."""

    found: bool
    hint: bool
    alone: bool
    fix_right: bool
    fix_made: bool
    new: tuple[Diagnostic, ...]


def extract(text: str, rng: random.Random, kind: Kind) -> Iterator[str]:
    """Small registries cut out of a whole one, each around a trial where the kind of mistake can be made."""
    trials = parts(text)[1]
    fitting = [n for n, trial in enumerate(trials) if _fits(trial, kind)]
    rng.shuffle(fitting)
    for n in fitting:
        first = max(0, min(n - HEAD_TRIALS // 2, len(trials) - HEAD_TRIALS))
        chosen = set(range(first, min(first + HEAD_TRIALS, len(trials)))) | {n}
        parents = re.findall(
            r"NCT\d{8}", " ".join(line for k in chosen for line in re.findall("extends: .*", trials[k]))
        )
        chosen |= {k for k, trial in enumerate(trials) if any(trial.startswith(f"  - id: {one}\n") for one in parents)}
        yield excerpt(text, (trials[k] if k != n else f"\0{trials[k]}\0" for k in sorted(chosen)))


def _fits(trial: str, kind: Kind) -> bool:
    flags = re.MULTILINE
    return bool(
        re.search(kind.where, trial, flags)
        and (not kind.needs or re.search(kind.needs, trial, flags))
        and (not kind.lacks or not re.search(kind.lacks, trial, flags))
    )


def mistakes(text: str, kind: Kind, count: int, rng: random.Random) -> list[Mistake]:
    """Mistakes of one kind at random places, at most one in a trial."""
    made: list[Mistake] = []
    for marked in extract(text, rng, kind):
        before, trial, behind = marked.split("\0")
        places = list(re.finditer(kind.where, trial, re.MULTILINE))
        if kind.name.startswith("dash of a note"):
            places = places[1:]
        if not places:
            continue
        match = rng.choice(places)
        piece = kind.instead(match) if callable(kind.instead) else match.expand(kind.instead)
        if kind.name.startswith("dash of an entry") and not before.rstrip().endswith("}"):
            continue
        edited = trial[: match.start()] + piece + trial[match.end() :]
        whole, after = before + trial + behind, before + edited + behind
        first = (before + trial[: match.start()]).count("\n") + 1
        above = 0 if piece else 2  # a line that is gone is missed where its key would stand
        made.append(Mistake(kind, whole, after, range(first - above, first + piece.count("\n") + 1)))
        if len(made) == count:
            break
    return made


def report_of(text: str, day: date) -> Report:
    """The report on a text."""
    return check(read_registry(text.encode(), "slip"), day)


def judged(mistake: Mistake, day: date, *, by_any: bool = False) -> Outcome:
    """Check and correct a mistake; `by_any`: whatever rule finds it."""
    untouched, report = report_of(mistake.before, day), report_of(mistake.after, day)
    known = Counter((f.rule, f.message) for f in untouched.findings)
    new = tuple(f for f in report.findings if not known[f.rule, f.message])
    wanted = mistake.kind.rules.split()
    here = [f for f in new if (by_any or f.rule in wanted) and f.position.line in mistake.lines]
    data = fix(mistake.after.encode(), report, day, names=BY_NAME).data.decode()
    meant = mistake.kind.fixed in ("back", "either")
    settled = fix(mistake.before.encode(), untouched, day, names=BY_NAME).data.decode() if meant else mistake.before
    return Outcome(
        bool(here),
        bool(here) and all(f.hint for f in here),
        bool(here) and len(new) == len(here) == 1,
        _is_right(mistake, data, settled),
        data != mistake.after,
        new,
    )


def _is_right(mistake: Mistake, data: str, settled: str) -> bool:
    """Whether what `--fix` made is the text meant, or the mistake as it was where nothing can be known."""
    expected = mistake.kind.fixed
    if expected == "back":
        return data == settled
    if not expected:
        return data == mistake.after
    if expected == "either":
        return (
            data in (mistake.after, settled)
            or re.search(r"^    (start|end): 2025-0\d-25$", data, re.MULTILINE) is not None
        )
    if expected == "gone":
        return data.splitlines() == [
            line for n, line in enumerate(mistake.after.splitlines(), 1) if n not in mistake.lines
        ]
    return expected in "\n".join(data.splitlines()[mistake.lines[0] - 1 : mistake.lines[-1]])


def main() -> int:
    """Plant, judge, print a line for each kind and the totals."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("file", nargs="?", type=Path, default=None)
    parser.add_argument("--each", type=int, default=5)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--on", type=date.fromisoformat, default=date(2026, 12, 1))
    parser.add_argument("--kinds", default="", help="only kinds whose name holds these words")
    parser.add_argument("--any", action="store_true", help="count a mistake as found by whatever rule")
    parser.add_argument("--missed", action="store_true", help="print the findings of what fell short")
    asked = parser.parse_args()
    text = (asked.file or registry_path()).read_text(encoding="utf-8")
    rng = random.Random(asked.seed)
    totals = [0] * 6
    kinds = 0
    for kind in KINDS:
        if asked.kinds not in kind.name:
            continue
        planted = mistakes(text, kind, asked.each, rng)
        outcomes = [judged(mistake, asked.on, by_any=asked.any) for mistake in planted]
        row = [len(outcomes), *(sum(bool(outcome[n]) for outcome in outcomes) for n in range(5))]
        totals = [total + value for total, value in zip(totals, row, strict=True)]
        kinds += bool(outcomes)
        print(
            f"{kind.name:<36} {row[0]:>3} planted {row[1]:>3} found {row[2]:>3} hint {row[3]:>3} alone {row[4]:>3} fix right {row[5]:>3} made"
        )
        for mistake, outcome in zip(planted, outcomes, strict=True):
            if asked.missed and not all(outcome[:4]):
                print(
                    f"  lines {mistake.lines[0]}-{mistake.lines[-1]}: {mistake.after.splitlines()[mistake.lines[0] - 1][:110]}"
                )
                for finding in outcome.new:
                    print(f"    {finding.position.line}: {finding.rule}: {finding.message[:90]} | {finding.hint[:60]}")
    print(
        f"{totals[0]} mistakes of {kinds} kinds: {totals[1]} found at their line, {totals[2]} with a hint, {totals[3]} alone; "
        f"--fix right or silent {totals[4]}, made {totals[5]}"
    )
    return 0 if totals[0] == totals[1] == totals[4] else 1


if __name__ == "__main__":
    sys.exit(main())
