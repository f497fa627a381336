"""Every rule, by name: what `validate` applies, in this order. Names are public and stable."""

from __future__ import annotations

from myofind.checks import (
    audience,
    chronology,
    criteria,
    facts,
    identity,
    letters,
    order,
    prose,
    release,
    sourcing,
    witnesses,
)
from myofind.checks import countries as places
from myofind.checks.rule import Rule
from myofind.diagnostics import InputError, likest, meant, shown

_READING = (
    "unreadable-yaml", "merge-marker", "not-utf8", "file-too-large", "empty-file", "too-deep", "yaml-alias",
    "yaml-tag", "duplicate-key", "duplicate-id", "control-character", "empty-value", "missing-key", "unknown-key",
    "wrong-type", "unknown-value", "unknown-subtype", "unknown-autoantibody", "unknown-country", "malformed-number",
    "out-of-range", "unknown-patient-fact", "malformed-text", "malformed-date", "impossible-date", "malformed-span",
    "malformed-id", "malformed-address", "malformed-name", "text-too-long",
)  # fmt: skip
"""The rules that reading itself applies, as it meets them: the file, its layout, its keys, its values."""
FIXABLE = frozenset((
    "unreadable-yaml", "unknown-key", "wrong-type", "unknown-value", "unknown-subtype", "unknown-autoantibody",
    "unknown-country", "unknown-drug", "malformed-number", "unknown-patient-fact", "malformed-text", "malformed-date",
    "malformed-span", "malformed-id", "malformed-address",
))  # fmt: skip
"""Rules of which some findings that reading makes have one reading only."""

RULES: tuple[Rule, ...] = (
    *(Rule(name, "error", "structure", fixable=name in FIXABLE) for name in _READING),
    # one study, one entry
    Rule("duplicate-study", "error", "file", identity.duplicate_study),
    Rule("duplicate-acronym", "error", "file", identity.duplicate_acronym),
    Rule("repeated-number", "error", "trial", identity.repeated_number),
    Rule("number-elsewhere", "error", "trial", identity.number_elsewhere),
    Rule("orphan-extension", "error", "trial", identity.orphan_extension),
    Rule("unknown-parent", "error", "file", identity.unknown_parent),
    Rule("foreign-number", "error", "trial", identity.foreign_number),
    # days
    Rule("reversed-dates", "error", "trial", chronology.reversed_dates),
    Rule("future-status", "error", "trial", chronology.future_status),
    Rule("future-date", "error", "file", chronology.future_date),
    Rule("registry-date-behind", "error", "file", chronology.registry_date_behind),
    Rule("unordered-status", "error", "trial", chronology.unordered_status, fixable=True),
    Rule("contradictory-status", "error", "trial", chronology.contradictory_status),
    Rule("status-after-source", "error", "trial", chronology.status_after_source),
    Rule("finished-before-start", "error", "trial", chronology.finished_before_start),
    Rule("recruiting-before-start", "warning", "trial", chronology.recruiting_before_start),
    Rule("overdue-status", "warning", "trial", chronology.overdue_status),
    Rule("stale-status", "warning", "trial", chronology.stale_status),
    # criteria
    Rule("missing-subtypes", "error", "trial", audience.missing_subtypes),
    Rule("missing-coverage", "warning", "trial", prose.missing_coverage),
    Rule("implausible-age", "error", "trial", audience.implausible_age, fixable=True),
    Rule("reversed-bounds", "error", "trial", criteria.reversed_bounds),
    Rule("contradictory-criteria", "error", "trial", criteria.contradictory_criteria),
    Rule("subtype-admitted-and-excluded", "error", "trial", criteria.subtype_admitted_and_excluded),
    Rule("juvenile-adults-only", "error", "trial", criteria.juvenile_adults_only),
    Rule("unmeetable-rule", "error", "trial", facts.unmeetable_rule),
    Rule("idle-alternative", "error", "trial", facts.idle_alternative),
    Rule("crowded-rule", "error", "trial", facts.crowded_rule),
    Rule("unusual-requirement", "warning", "trial", facts.unusual_requirement),
    Rule("repeated-item", "error", "trial", criteria.repeated_item),
    Rule("unknown-drug", "error", "trial", facts.unknown_drug, fixable=True),
    Rule("drug-by-other-name", "error", "trial", facts.drug_by_other_name, fixable=True),
    # witnesses
    Rule("nobody-fits", "error", "trial", witnesses.nobody_fits),
    Rule("dead-cohort", "error", "trial", witnesses.dead_cohort),
    Rule("idle-criterion", "warning", "trial", witnesses.idle_criterion),
    # places
    Rule("country-listed-and-excluded", "error", "trial", places.country_listed_and_excluded),
    Rule("site-outside-countries", "error", "trial", places.site_outside_countries),
    Rule("city-elsewhere", "warning", "file", places.city_elsewhere),
    Rule("nothing-listed", "error", "trial", places.nothing_listed),
    Rule("open-site-of-closed-trial", "error", "trial", places.open_site_of_closed_trial),
    # contacts
    Rule("person-named", "warning", "trial", places.person_named),
    Rule("empty-contact", "error", "trial", places.empty_contact),
    Rule("contact-elsewhere", "warning", "trial", places.contact_elsewhere),
    # sources
    Rule("unsourced-fact", "error", "trial", sourcing.unsourced_fact),
    Rule("undeclared-source", "error", "trial", sourcing.undeclared_source, fixable=True),
    Rule("unknown-fact", "error", "trial", sourcing.unknown_fact, fixable=True),
    Rule("unused-source", "error", "file", sourcing.unused_source),
    Rule("unreachable-source", "error", "file", sourcing.unreachable_source),
    Rule("backward-range", "error", "trial", sourcing.backward_range),
    Rule("broken-address", "error", "trial", sourcing.broken_address, fixable=True),
    # texts
    Rule("missing-title", "error", "trial", prose.missing_title),
    Rule("copied-sentence", "error", "trial", prose.copied_sentence),
    Rule("repeated-sentence", "error", "trial", prose.repeated_sentence),
    Rule("untranslated-text", "warning", "trial", prose.untranslated_text),
    Rule("wrong-language", "error", "trial", prose.wrong_language),
    Rule("redundant-note", "error", "trial", audience.redundant_note),
    Rule("placeholder-text", "error", "file", letters.placeholder_text),
    Rule("cut-text", "error", "file", letters.cut_text),
    Rule("run-on-text", "error", "file", letters.run_on_text, fixable=True),
    Rule("stray-quote", "error", "file", letters.stray_quote, fixable=True),
    Rule("web-markup", "error", "file", letters.web_markup),
    Rule("look-alike-letter", "error", "file", letters.look_alike_letter, fixable=True),
    Rule("stray-space", "error", "file", prose.stray_space, fixable=True),
    Rule("mixed-line-ends", "error", "file", prose.mixed_line_ends, fixable=True),
    Rule("invisible-character", "error", "file", prose.invisible_character, fixable=True),
    # order
    Rule("trial-order", "error", "file", order.trial_order, fixable=True),
    Rule("key-order", "error", "file", order.key_order, fixable=True),
    Rule("phase-order", "error", "trial", order.phase_order),
    Rule("old-form", "error", "file", prose.old_form),
    # release
    Rule("malformed-version", "error", "file", release.malformed_version),
    Rule("version-not-raised", "error", "against", release.version_not_raised),
    Rule("abrupt-enrollment", "warning", "against", release.abrupt_enrollment),
    Rule("draft-entry", "warning", "trial", release.draft_entry),
    Rule("undecided-comment", "error", "file", release.undecided_comment),
    Rule("draft-comment", "error", "file", release.draft_comment, fixable=True),
)

BY_NAME: dict[str, Rule] = {rule.name: rule for rule in RULES}

_CLASHES = frozenset((
    "reversed-bounds", "contradictory-criteria", "subtype-admitted-and-excluded", "unmeetable-rule", "idle-alternative",
))  # fmt: skip
"""Rules about criteria that nobody meets."""
CAUSES: dict[str, frozenset[str]] = {
    "nobody-fits": _CLASHES | {"country-listed-and-excluded", "implausible-age"},
    "dead-cohort": _CLASHES | {"nobody-fits"},
    "idle-criterion": frozenset(
        {"reversed-bounds", "nobody-fits", "country-listed-and-excluded", "implausible-age", "unmeetable-rule"}
    ),
    "unmeetable-rule": frozenset({"crowded-rule"}),
    "version-not-raised": frozenset({"malformed-version"}),
    "missing-subtypes": frozenset({"duplicate-key"}),
    "unknown-fact": frozenset({"duplicate-key"}),
    "duplicate-study": frozenset({"duplicate-id"}),
    "duplicate-acronym": frozenset({"duplicate-id", "duplicate-study"}),
    "registry-date-behind": frozenset({"future-status"}),
    "repeated-sentence": frozenset({"repeated-item", "run-on-text"}),
    "untranslated-text": frozenset({"run-on-text"}),
    "copied-sentence": frozenset({"run-on-text"}),
    "key-order": frozenset({"duplicate-key"}),
    "trial-order": frozenset({"malformed-id"}),
    "orphan-extension": frozenset({"unknown-parent"}),
    "stale-status": frozenset({"future-status", "status-after-source"}),
    "overdue-status": frozenset({"future-status", "reversed-dates", "status-after-source"}),
    "unordered-status": frozenset({"future-status"}),
}
"""A finding is an echo where the same trial has one of these."""

CURATORS = frozenset((
    "unknown-parent", "foreign-number", "implausible-age", "drug-by-other-name", "unknown-drug",
    "open-site-of-closed-trial", "redundant-note", "placeholder-text", "cut-text", "stray-quote",
    "look-alike-letter",
))  # fmt: skip
"""Rules whose findings are warnings in a draft: its texts are the register's until a curator has decided."""

_SPELLING = frozenset({"look-alike-letter", "invisible-character", "stray-space"})
_WORDS = (
    "malformed-id", "malformed-date", "malformed-span", "malformed-number", "malformed-address", "malformed-name",
    "malformed-version", "unknown-value", "unknown-subtype", "unknown-autoantibody", "unknown-country",
    "unknown-drug", "unknown-key", "unknown-fact", "unknown-parent", "undeclared-source", "drug-by-other-name",
    "control-character",
)  # fmt: skip
"""Rules about a word, which a character that cannot be seen makes another."""
LINE_CAUSES: dict[str, frozenset[str]] = {
    **dict.fromkeys(_WORDS, _SPELLING),
    "unknown-drug": _SPELLING | {"drug-by-other-name"},
    "drug-by-other-name": _SPELLING | {"stray-quote"},
    "undecided-comment": frozenset({"cut-text"}),
    "draft-comment": frozenset({"undecided-comment"}),
    "unreadable-yaml": frozenset({"invisible-character"}),
    "empty-value": frozenset({"yaml-alias", "yaml-tag"}),
    "stale-status": frozenset({"overdue-status"}),
    "registry-date-behind": frozenset({"status-after-source"}),
    "reversed-bounds": frozenset({"implausible-age"}),
    "key-order": frozenset({"unmeetable-rule", "reversed-bounds", "crowded-rule", "old-form"}),
    "repeated-item": frozenset({"placeholder-text"}),
    "repeated-sentence": frozenset({"placeholder-text"}),
    "wrong-language": frozenset({"repeated-sentence", "run-on-text"}),
}
"""A finding is an echo where the same line has one of these."""


def rule_named(name: str) -> Rule:
    """The rule of a name; raises InputError with the nearest names."""
    found = BY_NAME.get(name)
    if found is None:
        near = likest(name.lower().replace("_", "-").replace(" ", "-"), BY_NAME, 3, 0.5)
        every = ("`myofind validate --rules` lists them", "`myofind validate --rules` les énumère")
        hint = meant(near) if near else every
        raise InputError((f"no rule is named `{shown(name)}`", f"aucune règle ne s'appelle `{shown(name)}`"), hint)
    return found
