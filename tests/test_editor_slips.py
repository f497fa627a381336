"""Slips of an editor's hand: where each is told, what the hint says to type, and what `--fix` makes of it."""

from __future__ import annotations

from datetime import date

import pytest

from myofind.checks.fix import fix
from myofind.checks.run import check
from myofind.checks.table import BY_NAME
from myofind.diagnostics import Diagnostic
from myofind.language import both
from myofind.registry.read import read_registry
from tests.snippets import HEAD, trial, whole

DAY = date(2025, 6, 1)


def findings(text: str) -> tuple[Diagnostic, ...]:
    return check(read_registry(whole(text).encode(), "x"), DAY).findings


def only(text: str, rule: str) -> Diagnostic:
    """The one finding of a file with one slip."""
    (finding,) = findings(text)
    assert finding.rule == rule
    return finding


def fixed(text: str) -> str:
    """The trial after the corrections."""
    data = whole(text).encode()
    report = check(read_registry(data, "x"), DAY)
    return fix(data, report, DAY, names=BY_NAME).data.decode()


def left(text: str) -> bool:
    """Whether no correction is made."""
    return fixed(text) == whole(text)


SEEN = """\
status:
  - {{value: completed, as_of: {first}, source: afm-2025, at: page 2}}
  - {{value: recruiting, as_of: 2025-04-02, source: afm-2025, at: page 1}}
sources:
  - {{ref: afm-2025, at: page {page}, date: 2025-05-17}}
"""


def test_a_mistyped_day_of_a_status_is_told_where_its_source_shows_it() -> None:
    text = SEEN.format(first="2025-01-17", page=2)
    finding = only(text, "unordered-status")
    assert finding.path == ("status", 0, "as_of")
    assert both(finding.hint_words)[0] == "write 2025-05-17 if the day is mistyped"
    assert left(text)


def test_of_two_days_in_the_wrong_order_both_lines_are_named_and_a_closed_trial_stays_closed() -> None:
    text = SEEN.format(first="2025-01-17", page=3)
    finding = only(text, "unordered-status")
    assert "2025-04-02 (line 15)" in finding.message
    assert "2025-01-17 (line 14)" in finding.message
    assert "a day is mistyped" in finding.hint
    assert left(text)


FACTS = "eligibility:\n  coverage: summary\n  subtypes: {{admits: [dm]}}\n  facts:\n    {}\n"


@pytest.mark.parametrize(
    ("written", "meant", "mended"),
    [
        ("tuberculosis: excluded", "chronic_infection: {excluded: [tb]}", True),
        ("hepatite_b: exclu", "chronic_infection: {excluded: [hbv]}", True),
        ("lupus: {excluded: now}", "other_autoimmune: {excluded: [lupus]}", True),
        ("wheelchair: required", "walking: {required: [chair]}", True),
        ("tuberculosis: {excluded: {within: 6 months}}", "chronic_infection: {excluded: [tb]}", False),
    ],
)
def test_an_answer_in_the_place_of_its_fact(written: str, meant: str, mended: bool) -> None:
    text = FACTS.format(written)
    finding = only(text, "unknown-patient-fact")
    assert f"write `{meant}`" in finding.hint
    assert left(text) != mended
    assert (f"    {meant}\n" in fixed(text)) == mended


def test_two_answers_of_one_fact_are_one_rule_and_nothing_is_written_in_their_place() -> None:
    text = FACTS.format("tuberculosis: excluded\n    hbv: excluded")
    assert {finding.hint for finding in findings(text)} == {"write `chronic_infection: {excluded: [tb, hbv]}`"}
    assert left(text)


def test_a_bare_word_on_a_choice_is_answered_by_its_answers() -> None:
    text = FACTS.format("chronic_infection: excluded")
    assert "write `{excluded: [hbv, hcv, hiv, tb]}`" in only(text, "wrong-type").hint
    assert left(text)


NOTE = "eligibility:\n  coverage: summary\n  subtypes: {{admits: [dm]}}\n  check_by_hand:\n    - {}\n"


@pytest.mark.parametrize(
    ("note", "rule", "hint"),
    [
        ('{en: moderate, or severe, fr: "modérée"}', "unknown-key", 'quotes: `en: "moderate, or severe"`'),
        ("{en: fit, able, willing, fr: apte}", "unknown-key", 'quotes: `en: "fit, able, willing"`'),
        ('{en: so, it says", fr: dit}', "unknown-key", 'quotes: `en: "so, it says"`'),
        ("{en: muscle weakness: arms, fr: bras}", "unreadable-yaml", "put text that holds `: ` in quotes"),
        ("{en: weak, fr: la faiblesse: bras}", "unreadable-yaml", "put text that holds `: ` in quotes"),
        ('{en: "weak, fr: "bras"}', "unreadable-yaml", "close the quote"),
        ("{en: weak [arms], fr: bras}", "unreadable-yaml", "put the text in quotes"),
        ('{en: "weak" arms, fr: bras}', "unreadable-yaml", "put the whole text in quotes"),
    ],
)
def test_a_text_in_braces_that_wants_quotes(note: str, rule: str, hint: str) -> None:
    text = NOTE.format(note)
    finding = next(one for one in findings(text) if one.rule == rule)
    assert hint in finding.hint
    assert finding.position.line == 17
    assert both(finding.hint_words)[0] != both(finding.hint_words)[1]
    assert left(text)


def test_a_list_without_its_brackets_is_written_out() -> None:
    finding = only("eligibility:\n  coverage: summary\n  subtypes: {admits: dm, pm}\n", "unknown-key")
    assert "`admits: [dm, pm]`" in finding.hint


@pytest.mark.parametrize(("code", "country"), [("SP", "ES"), ("EN", "GB"), ("ja", "JP"), ("EL", "GR")])
def test_a_code_often_written_for_a_country_is_known(code: str, country: str) -> None:
    text = f"countries: {{listed: [{code}]}}\n"
    assert only(text, "unknown-country").hint == f"did you mean `{country}`?"
    assert left(text)


@pytest.mark.parametrize("code", ["EU", "XX", "QQ"])
def test_a_code_of_two_letters_is_never_guessed_by_likeness(code: str) -> None:
    text = f"countries: {{listed: [{code}]}}\n"
    assert only(text, "unknown-country").hint.startswith("`myofind vocab countries` lists all")
    assert left(text)


@pytest.mark.parametrize(
    ("key", "hint"),
    [
        ("duration: {min: 6 months}", "did you mean `onset` or `diagnosed_on`?"),
        ("duree: {min: 6 months}", "did you mean `onset` or `diagnosed_on`?"),
        ("alt: {max: 100}", "`myofind vocab facts` lists all"),
        ("rasch: {excluded: [now]}", "did you mean `rash`?"),
    ],
)
def test_a_fact_is_guessed_only_where_it_is_like_one(key: str, hint: str) -> None:
    text = FACTS.format(key)
    (finding,) = findings(text)
    assert finding.hint.startswith(hint)
    assert left(text) != ("rash" in hint)


def test_a_comma_missing_before_a_key_is_no_text_in_need_of_quotes() -> None:
    text = "sources:\n  - {ref: afm-2025 at: l. 1}\n  - {ref: afm-2025, at: l. 2}\n"
    finding = next(one for one in findings(text) if one.rule == "unreadable-yaml")
    assert (finding.message, finding.hint) == ("a comma is missing before `at:`", "write `, at: …`")


@pytest.mark.parametrize("parent", ["NCT00000001", "NCT00000007"])
def test_a_parent_that_could_not_be_read_is_no_unknown_parent(parent: str) -> None:
    broken = trial("title: Study: of two parts\n")
    extension = trial(f"title: The extension\ntitle_fr: La suite\nkind: extension\nextends: {parent}\n", 2)
    text = HEAD + "trials:\n" + broken + extension
    rules = {one.rule for one in check(read_registry(text.encode(), "x"), DAY).findings}
    assert "unreadable-yaml" in rules
    assert ("unknown-parent" in rules) == (parent == "NCT00000007")


@pytest.mark.parametrize(
    ("keys", "lines"),
    [
        ("  facts:\n  ild: required\n  pregnancy: excluded\n  mmt8: {below: 142}\n", "lines 17 to 19"),
        (
            "  facts:\n  cancer: excluded\n  any_of:\n    - {mmt8: {below: 142}}\n    - {cdasi_a: {min: 19}}\n",
            "line 17",
        ),
        ("  facts:\n    cancer:\n    excluded: {within: 5 years}\n", "line 18"),
        (
            "  facts:\n    chronic_infection:\n    excluded:\n      - hbv\n      - hcv\n    pregnancy: excluded\n",
            "lines 18 to 20",
        ),
        ("  autoantibodies:\n  required_any: [mda5]\n", "line 17"),
        ("  treatments:\n    - any: [rituximab]\n      excluded:\n      within: 6 months\n", "line 19"),
    ],
)
def test_keys_a_level_too_high_are_one_finding(keys: str, lines: str) -> None:
    text = "eligibility:\n  coverage: summary\n  subtypes: {admits: [dm]}\n" + keys
    finding = only(text, "empty-value")
    assert finding.hint == f"indent {lines} by 2 spaces"
    assert left(text)


@pytest.mark.parametrize("key", ["eligibility", "status", "countries", "record", "sites"])
def test_an_empty_key_is_told_without_quoting_nothing(key: str) -> None:
    finding = next(one for one in findings(f"{key}:\n") if one.rule == "empty-value")
    assert (finding.message, finding.path) == ("there is no value", (key,))
    assert "``" not in "".join(
        words for one in findings(f"{key}:\n") for words in (*both(one.words), *both(one.hint_words))
    )


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("sources:\n  - {ref: afm-2025, at: “https://example.org/x”}\n", 'at: "https://example.org/x"}'),
        ("design: {ratio: “1:1”}\n", 'ratio: "1:1"}'),
        ("start: ‘2025-05-17’\n", 'start: "2025-05-17"'),
        ("kind: «interventional»\n", 'kind: "interventional"'),
        ("countries: {listed: [“FR”]}\n", 'listed: ["FR"]}'),
        ("eligibility:\n  coverage: summary\n  subtypes: {admits: dm}\n  age: {min: “18”}\n", 'min: "18"}'),
    ],
)
def test_curly_quotes_around_a_value_become_straight(written: str, meant: str) -> None:
    (finding,) = findings(written)
    assert f"write `{meant.partition(': ')[2].rstrip(']}').lstrip('[')}`, in straight quotes" in finding.hint
    assert meant in fixed(written)


@pytest.mark.parametrize("dash", "–—−‑")
def test_a_dash_in_a_date_becomes_a_hyphen(dash: str) -> None:
    text = f"start: 2025{dash}05{dash}17\n"
    assert only(text, "malformed-date").hint == "write `2025-05-17`"
    assert "start: 2025-05-17\n" in fixed(text)


@pytest.mark.parametrize(
    ("about", "en", "severity"),
    [
        ("end", "The register ends in 2022-10 and starts in 2027-02.", "warning"),
        ("start", "Printed so: from February 2027 to October 2022.", "warning"),
        ("end", "The brochure gives June 2028 as the end; the register was kept.", "error"),
        ("end", "The register ends in October 2022, the brochure later.", "error"),
        ("title", "The register ends in 2022-10 and starts in 2027-02.", "error"),
    ],
)
def test_only_a_conflict_that_names_both_dates_excuses_swapped_ones(about: str, en: str, severity: str) -> None:
    text = f'start: 2027-02\nend: 2022-10\nconflicts:\n  - {{about: {about}, en: "{en}", fr: "Imprimé ainsi."}}\n'
    finding = next(one for one in findings(text) if one.rule == "reversed-dates")
    assert finding.severity == severity


AGE = "eligibility:\n  coverage: summary\n  subtypes: {{admits: [dm]}}\n  age: {}\n"


@pytest.mark.parametrize(
    ("written", "rule"),
    [
        ("18–75", "{min: 18, max: 75}"),
        ("between 18 and 75", "{min: 18, max: 75}"),
        ("entre 18 et 75 ans", "{min: 18, max: 75}"),
        ("≤ 75", "{max: 75}"),
        ("jusqu'à 17 ans", "{max: 17}"),
    ],
)
def test_an_age_in_words(written: str, rule: str) -> None:
    assert only(AGE.format(written), "wrong-type").hint == f"write `{rule}`"
    assert f"age: {rule}\n" in fixed(AGE.format(written))


@pytest.mark.parametrize("written", ["18 and 75", "between 75 and 18", "plus de 18 ans", "under 18"])
def test_an_age_of_no_or_several_readings_is_left(written: str) -> None:
    assert left(AGE.format(written))


def test_two_bounds_in_one_are_told_apart() -> None:
    finding = only(AGE.format("{min: 18-75}"), "malformed-span")
    assert finding.hint == "write the two bounds: `{min: 18, max: 75}`"
    assert left(AGE.format("{min: 18-75}"))


@pytest.mark.parametrize("listed", ["FR US ES", "FR; US; ES", "FR/US/ES", "FR; États-Unis; Espagne"])
def test_countries_without_their_commas(listed: str) -> None:
    text = f"countries: {{listed: [{listed}]}}\n"
    assert only(text, "unknown-country").hint == "put commas between them: `FR, US, ES`"
    assert "listed: [FR, US, ES]" in fixed(text)


@pytest.mark.parametrize(
    ("word", "several"),
    [
        ("closed", "`active_not_recruiting`, `completed`, `terminated`"),
        ("clos", "`active_not_recruiting`, `completed`, `terminated`"),
        ("fermé", "`active_not_recruiting`, `completed`, `terminated`"),
        ("active", "`recruiting`, `active_not_recruiting`"),
    ],
)
def test_a_status_in_a_word_of_several_readings(word: str, several: str) -> None:
    text = f"status:\n  - {{value: {word}, as_of: 2025-05-17, source: afm-2025}}\n"
    assert only(text, "unknown-value").hint == f"which is meant: {several}?"
    assert left(text)


def test_a_weight_in_pounds_is_told_in_kilograms() -> None:
    text = FACTS.format("weight: {max: 88 lb}")
    assert both(only(text, "malformed-number").hint_words) == ("in kg that is `39.9`", "en kg, c'est `39.9`")
    assert left(text)


def test_a_bound_with_its_sign_and_no_quotes() -> None:
    finding = only(AGE.format(">= 18"), "unreadable-yaml")
    assert finding.hint == "write a bound as `age: {min: 18}`"
    assert finding.position.line == 16
    assert left(AGE.format(">= 18"))
