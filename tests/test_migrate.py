"""A file of the first form becomes one of the second: the same trials, every comment, once and for all."""

from __future__ import annotations

import pytest

from myofind.diagnostics import InputError
from myofind.editing.migrate import migrated
from myofind.registry.read import read_registry

OLD = """\
# a comment at the top
registry:
  name: myositis-trials
  schema: 1                # the form of this file
  version: 2025.5.0
  as_of: 2025-05-17
  sources:
    afm-2025: {title: Avancées 2025, publisher: AFM-Téléthon, date: 2025-05-17, url: "https://example.org/2025"}
trials:
  # about the first
  - id: NCT00000001
    kind: interventional
    eligibility:
      coverage: summary
      subtypes: {admits: [dm]}   # dermatomyositis
      ild: required              # lung disease
      # how long
      duration: {min: 6 months, max: 5}
      onset_age:
        min: 18
      check_by_hand:
        - safe to exercise       # a note
        - "active disease, both"
        - {en: done already, fr: déjà fait}
    cohorts:
      - name: muscle
        eligibility: {refractory: required}
      - name: skin
        eligibility:
          refractory: excluded
          check_by_hand: only one note
    sources:
      - {ref: afm-2025, at: l. 1}
    conflicts:
      - {about: eligibility, note: "the sources disagree"}   # why
  - id: NCT00000002
    kind: registry
    eligibility: {subtypes: {admits: [pm]}, refractory: allowed, check_by_hand: [one, "two, three"]}
    sources:
      - {ref: afm-2025, at: l. 2}
"""


def carried(text: str) -> str:
    data = text.encode()
    return migrated(read_registry(data, "r.yaml"), data).decode()


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_the_same_trials_and_every_comment(newline: str, mark: str) -> None:
    old = mark + OLD.replace("\n", newline)
    new = carried(old)
    before, after = (read_registry(text.encode(), "r.yaml") for text in (old, new))
    assert not before.findings
    assert not after.findings
    assert after.registry().trials == before.registry().trials
    assert after.header == {**before.header, "schema": "2"}
    assert new.startswith(mark)
    comments = [
        "# a comment at the top",
        "# the form of this file",
        "# about the first",
        "# dermatomyositis",
        "# lung disease",
        "# how long",
        "# a note",
        "# why",
    ]
    for comment in comments:
        assert new.count(comment) == 1, comment
    for gone in ("onset_age", "duration", "note:"):
        assert gone not in new
    assert "facts: {ild: required, onset: {since: {min: 6 months, max: 5 years}, age: {min: 18 years}}}" in new
    assert new.count("\r\n") == (new.count("\n") if newline == "\r\n" else 0)


def test_a_second_time_changes_nothing() -> None:
    new = carried(OLD)
    assert carried(new) == new


def test_a_file_with_errors_is_left_alone() -> None:
    broken = OLD.replace("kind: registry", "kind: zorglub")
    assert carried(broken) == broken


def test_a_layout_that_cannot_be_edited_is_said() -> None:
    odd = OLD.replace(
        "{subtypes: {admits: [pm]}, refractory: allowed,",
        "{subtypes: {admits: [pm]}, # kept\n      refractory: allowed,",
    )
    with pytest.raises(InputError):
        carried(odd)


SECOND = OLD.replace("schema: 1 ", "schema: 2 ").replace(
    "      ild: required              # lung disease\n",
    "      ild: required              # lung disease\n      facts:\n        cancer: excluded         # now\n        pregnancy: excluded\n",
)


def test_what_is_left_of_the_first_form_in_a_file_of_the_second_is_carried_over_beside_what_stands_there() -> None:
    new = carried(SECOND)
    before, after = (read_registry(text.encode(), "r.yaml") for text in (SECOND, new))
    assert after.registry().trials == before.registry().trials
    assert "      ild:" not in new.replace("        ild:", "")
    for line in (
        "cancer: excluded         # now",
        "ild: required",
        "onset: {since: {min: 6 months",
        "pregnancy: excluded",
    ):
        assert new.count(line) == 1, line
    assert "# lung disease" in new
    assert carried(new) == new


def test_a_rule_that_stands_in_both_forms_is_left_to_an_editor() -> None:
    twice = SECOND.replace("        pregnancy: excluded\n", "        ild: excluded\n")
    new = carried(twice)
    assert "      ild: required" in new
    assert "        ild: excluded" in new
