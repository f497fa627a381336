"""Every rule, by name: what `validate` applies, in this order. Names are public and stable."""

from __future__ import annotations

from difflib import get_close_matches
from typing import Any

from myofind.checks import (
    audience,
    chronology,
    criteria,
    drugs,
    facts,
    identity,
    languages,
    letters,
    observations,
    order,
    prose,
    release,
    sourcing,
    witnesses,
)
from myofind.checks import countries as places
from myofind.checks.rule import Rule, Scope
from myofind.checks.structure import STRUCTURE
from myofind.diagnostics import InputError, Severity, meant, shown


def _rule(name: str, severity: Severity, scope: Scope, check: Any, *, fixable: bool = False) -> Rule:
    return Rule(name, severity, scope, check.__doc__ or "", check, fixable)


RULES: tuple[Rule, ...] = (
    *STRUCTURE,
    # one study, one entry
    _rule("duplicate-study", "error", "file", identity.duplicate_study),
    _rule("duplicate-acronym", "error", "file", identity.duplicate_acronym),
    _rule("repeated-number", "error", "trial", identity.repeated_number),
    _rule("number-elsewhere", "error", "trial", identity.number_elsewhere),
    _rule("orphan-extension", "error", "trial", identity.orphan_extension),
    _rule("unknown-parent", "error", "file", identity.unknown_parent),
    _rule("foreign-number", "error", "trial", identity.foreign_number),
    # days
    _rule("reversed-dates", "error", "trial", chronology.reversed_dates),
    _rule("future-status", "error", "trial", observations.future_status),
    _rule("future-date", "error", "file", chronology.future_date),
    _rule("registry-date-behind", "error", "file", chronology.registry_date_behind),
    _rule("unordered-status", "error", "trial", observations.unordered_status, fixable=True),
    _rule("contradictory-status", "error", "trial", observations.contradictory_status),
    _rule("status-after-source", "error", "trial", observations.status_after_source),
    _rule("finished-before-start", "error", "trial", chronology.finished_before_start),
    _rule("recruiting-before-start", "warning", "trial", chronology.recruiting_before_start),
    _rule("overdue-status", "warning", "trial", observations.overdue_status),
    _rule("stale-status", "warning", "trial", observations.stale_status),
    # criteria
    _rule("missing-subtypes", "error", "trial", audience.missing_subtypes),
    _rule("missing-coverage", "warning", "trial", languages.missing_coverage),
    _rule("implausible-age", "error", "trial", audience.implausible_age, fixable=True),
    _rule("reversed-bounds", "error", "trial", criteria.reversed_bounds),
    _rule("contradictory-criteria", "error", "trial", criteria.contradictory_criteria),
    _rule("subtype-admitted-and-excluded", "error", "trial", criteria.subtype_admitted_and_excluded),
    _rule("juvenile-adults-only", "error", "trial", criteria.juvenile_adults_only),
    _rule("unmeetable-rule", "error", "trial", facts.unmeetable_rule),
    _rule("idle-alternative", "error", "trial", facts.idle_alternative),
    _rule("crowded-rule", "error", "trial", facts.crowded_rule),
    _rule("unusual-requirement", "warning", "trial", facts.unusual_requirement),
    _rule("repeated-item", "error", "trial", criteria.repeated_item),
    _rule("unknown-drug", "error", "trial", drugs.unknown_drug, fixable=True),
    _rule("drug-by-other-name", "error", "trial", drugs.drug_by_other_name, fixable=True),
    # witnesses
    _rule("nobody-fits", "error", "trial", witnesses.nobody_fits),
    _rule("dead-cohort", "error", "trial", witnesses.dead_cohort),
    _rule("idle-criterion", "warning", "trial", witnesses.idle_criterion),
    # places
    _rule("country-listed-and-excluded", "error", "trial", places.country_listed_and_excluded),
    _rule("site-outside-countries", "error", "trial", places.site_outside_countries),
    _rule("city-elsewhere", "warning", "file", places.city_elsewhere),
    _rule("nothing-listed", "error", "trial", places.nothing_listed),
    _rule("open-site-of-closed-trial", "error", "trial", places.open_site_of_closed_trial),
    # contacts
    _rule("person-named", "warning", "trial", places.person_named),
    _rule("empty-contact", "error", "trial", places.empty_contact),
    _rule("contact-elsewhere", "warning", "trial", places.contact_elsewhere),
    # sources
    _rule("unsourced-fact", "error", "trial", sourcing.unsourced_fact),
    _rule("undeclared-source", "error", "trial", sourcing.undeclared_source, fixable=True),
    _rule("unknown-fact", "error", "trial", sourcing.unknown_fact, fixable=True),
    _rule("unused-source", "error", "file", sourcing.unused_source),
    _rule("unreachable-source", "error", "file", sourcing.unreachable_source),
    _rule("backward-range", "error", "trial", sourcing.backward_range),
    _rule("broken-address", "error", "trial", sourcing.broken_address, fixable=True),
    # texts
    _rule("missing-title", "error", "trial", prose.missing_title),
    _rule("copied-sentence", "error", "trial", prose.copied_sentence),
    _rule("repeated-sentence", "error", "trial", prose.repeated_sentence),
    _rule("untranslated-text", "warning", "trial", languages.untranslated_text),
    _rule("wrong-language", "error", "trial", languages.wrong_language),
    _rule("redundant-note", "error", "trial", audience.redundant_note),
    _rule("placeholder-text", "error", "file", letters.placeholder_text),
    _rule("cut-text", "error", "file", letters.cut_text),
    _rule("run-on-text", "error", "file", letters.run_on_text, fixable=True),
    _rule("stray-quote", "error", "file", letters.stray_quote, fixable=True),
    _rule("web-markup", "error", "file", letters.web_markup),
    _rule("look-alike-letter", "error", "file", letters.look_alike_letter, fixable=True),
    _rule("stray-space", "error", "file", prose.stray_space, fixable=True),
    _rule("mixed-line-ends", "error", "file", prose.mixed_line_ends, fixable=True),
    _rule("invisible-character", "error", "file", prose.invisible_character, fixable=True),
    # order
    _rule("trial-order", "error", "file", order.trial_order, fixable=True),
    _rule("key-order", "error", "file", order.key_order, fixable=True),
    _rule("phase-order", "error", "trial", order.phase_order),
    _rule("old-form", "error", "file", languages.old_form),
    # release
    _rule("malformed-version", "error", "file", release.malformed_version),
    _rule("version-not-raised", "error", "against", release.version_not_raised),
    _rule("abrupt-enrollment", "warning", "against", release.abrupt_enrollment),
    _rule("draft-entry", "warning", "trial", release.draft_entry),
    _rule("undecided-comment", "error", "file", release.undecided_comment),
    _rule("draft-comment", "error", "file", release.draft_comment, fixable=True),
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
        near = get_close_matches(name.lower().replace("_", "-").replace(" ", "-"), BY_NAME, n=3, cutoff=0.5)
        every = ("`myofind validate --rules` lists them", "`myofind validate --rules` les énumère")
        hint = meant(near) if near else every
        raise InputError((f"no rule is named `{shown(name)}`", f"aucune règle ne s'appelle `{shown(name)}`"), hint)
    return found
