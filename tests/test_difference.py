"""`myofind diff`: what changed between two versions, and which verdicts flip for a patient because of what."""

from __future__ import annotations

import json
import random
from datetime import date
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from myofind.domain.eligibility import assess
from myofind.domain.patient import Birth, Patient
from myofind.domain.trial import Eligibility
from myofind.registry.read import read_registry
from myofind.registry.versions import Version, compare, flips
from tests.run import myofind
from tests.snippets import HEAD, trial

DAY = date(2025, 6, 1)

OLD = HEAD + "trials:\n" + (
    trial("acronym: ONE\nstatus:\n  - {value: recruiting, as_of: 2025-03-01, source: afm-2025}\neligibility:\n  coverage: summary\n  subtypes: {admits: [dm]}\n  age: {min: 18, max: 75}\n", 1)
    + trial("ids: {isrctn: ISRCTN00000002}\n", 2)
    + trial("countries: {listed: [FR], complete: true}\n", 3)
    + trial("", 4)
)  # fmt: skip
NEW = HEAD.replace("2025.5.0", "2025.6.0") + "trials:\n" + (
    trial("acronym: ONE\nstatus:\n  - {value: completed, as_of: 2025-05-17, source: afm-2025}\n  - {value: recruiting, as_of: 2025-03-01, source: afm-2025}\n"
          "eligibility:\n  coverage: summary\n  subtypes: {admits: [dm]}\n  age: {min: 18, max: 40}\n", 1)
    + trial("countries: {listed: [FR, DE], complete: true}\nsponsor: argenx\n", 3)
    + trial("", 5)
    + trial("ids: {isrctn: ISRCTN00000002}\n", 7)
)  # fmt: skip


def version(text: str) -> Version:
    read = read_registry(text.encode(), "x")
    assert read.errors == ()
    return Version(read.header, {p["id"]: p for p in read.plain}, {t.id: t for t in read.registry().trials})


def test_each_kind_of_change_is_said() -> None:
    found = compare(version(OLD), version(NEW))
    assert [one.id for one in found.added] == ["NCT00000005"]
    assert [one.id for one in found.retired] == ["NCT00000004"]
    assert [(m.trial.id, m.old_id) for m in found.moved] == [
        ("NCT00000001", "NCT00000001"), ("NCT00000003", "NCT00000003"), ("NCT00000007", "NCT00000002")
    ]  # fmt: skip
    first = found.moved[0]
    assert first.status is not None
    assert (first.status.old, first.status.new) == ("recruiting", "completed")
    assert [(c.key, c.old, c.new) for c in first.criteria] == [
        ("eligibility.age", {"min": 18, "max": 75}, {"min": 18, "max": 40})
    ]
    assert [one.key for one in found.moved[1].changes] == ["countries.listed", "sponsor"]
    assert [(c.key, c.new) for c in found.header] == [("version", "2025.6.0")]


def test_a_version_differs_in_nothing_from_itself_whatever_the_order() -> None:
    head, _, rest = OLD.partition("trials:\n")
    chunks = rest.split("  - id")[1:]
    for seed in range(5):
        random.Random(seed).shuffle(chunks)
        shuffled = head + "trials:\n" + "".join("  - id" + chunk for chunk in chunks)
        found = compare(version(OLD), version(shuffled))
        assert (found.added, found.retired, found.moved, found.header, found.same) == ((), (), (), (), 4)


def test_the_two_directions_mirror_each_other() -> None:
    there, back = compare(version(OLD), version(NEW)), compare(version(NEW), version(OLD))
    assert [one.id for one in there.added] == [one.id for one in back.retired]
    assert {(m.old_id, m.trial.id) for m in there.moved} == {(m.trial.id, m.old_id) for m in back.moved}


def fifty(country: str = "DE") -> Patient:
    return Patient(("dm",), Birth(date(1975, 1, 1), date(1975, 1, 1)), countries=(country,))


def test_a_flipped_verdict_names_the_field() -> None:
    found = {
        flip.trial.id: (flip.old, flip.new, flip.fields) for flip in flips(version(OLD), version(NEW), fifty(), DAY)
    }
    assert found["NCT00000001"] == ("match", "excluded", ("eligibility.age",))
    assert found["NCT00000003"] == ("excluded", "match", ("countries",))
    assert found["NCT00000004"] == ("match", None, ())
    assert found["NCT00000005"] == (None, "match", ())
    assert set(found) == {"NCT00000001", "NCT00000003", "NCT00000004", "NCT00000005"}


RULES = (
    "subtypes: {admits: [dm]}",
    "subtypes: {admits: [pm]}",
    "age: {min: 18}",
    "age: {min: 60}",
    "sex: male",
    "ild: required",
    "refractory: excluded",
)


@settings(max_examples=60)
@given(st.sets(st.sampled_from(RULES)), st.sets(st.sampled_from(RULES)), st.booleans(), st.booleans())
def test_the_fields_named_are_the_cause(old: set[str], new: set[str], ild: bool, male: bool) -> None:
    def of(rules: set[str]) -> Version:
        one_a_key = {rule.split(":")[0]: rule for rule in sorted(rules)}
        ordered = [one_a_key[key] for key in ("subtypes", "age", "sex", "ild", "refractory") if key in one_a_key]
        return version(
            HEAD
            + "trials:\n"
            + trial("eligibility:\n  coverage: summary\n" + "".join(f"  {rule}\n" for rule in ordered))
        )

    patient = fifty()._replace(ild=ild, sex="male" if male else "female", refractory=True)
    before, after = of(old), of(new)
    (first,), (second,) = before.trials.values(), after.trials.values()
    found = list(flips(before, after, patient, DAY))
    assert bool(found) == (assess(patient, first, DAY).verdict != assess(patient, second, DAY).verdict)
    for flip in found:
        assert flip.fields
        rules = first.eligibility
        for field in flip.fields:
            part = field.removeprefix("eligibility.").removeprefix("facts.")
            assert getattr(first.eligibility, part) != getattr(second.eligibility, part)
            rules = with_rule(rules, part, second.eligibility)
        # All the fields named, put into the old trial, give the new verdict.
        assert assess(patient, first._replace(eligibility=rules), DAY).verdict == flip.new


def with_rule(rules: Eligibility, part: str, other: Eligibility) -> Eligibility:
    """Rules with one of them taken from other rules."""
    if part in Eligibility._fields:
        return rules._replace(**{part: getattr(other, part)})
    facts = dict(rules.facts)
    facts.pop(part, None)
    facts.update({fact: rule for fact, rule in other.facts if fact == part})
    return rules._replace(facts=tuple(sorted(facts.items())))


def test_the_command_in_its_three_forms(tmp_path: Path) -> None:
    old, new, profile = (tmp_path / name for name in ("old.yaml", "new.yaml", "p.yaml"))
    old.write_text(OLD, encoding="utf-8")
    new.write_text(NEW, encoding="utf-8")
    profile.write_text("birth_date: 1975-01-01\ncountry: DE\n", encoding="utf-8")
    done = myofind("diff", str(old), str(new), "--on", "2025-06-01")
    assert done.code == 0
    assert done.out == (
        "myositis-trials: 2025.5.0 (2025-05-17) → 2025.6.0 (2025-05-17)\n"
        "1 added, 1 retired, 3 changed (1 in status, 2 in criteria), 0 unchanged\n\n"
        "Added (1)\n  NCT00000005 Efgartigimod in myositis, part 5\n\n"
        "Retired (1)\n  NCT00000004 Efgartigimod in myositis, part 4\n\n"
        "Status moved (1)\n  NCT00000001 ONE  recruiting → completed\n\n"
        "Criteria changed (2)\n  NCT00000001 ONE  eligibility.age: min 18, max 75 → min 18, max 40\n"
        "  NCT00000003 Efgartigimod in myositis, part 3  countries.listed: + DE\n\n"
        "Other facts (3)\n  NCT00000001 ONE  status: observations\n"
        "  NCT00000003 Efgartigimod in myositis, part 3  sponsor: not recorded → argenx\n"
        "  NCT00000007 Efgartigimod in myositis, part 7\n"
        "      id: NCT00000002 → NCT00000007\n"
        "      title: Efgartigimod in myositis, part 2 → Efgartigimod in myositis, part 7\n"
        "      title_fr: Efgartigimod dans les myosites actives, volet 2 → Efgartigimod dans les myosites actives, volet 7\n"
    )
    page = myofind(
        "diff", str(old), str(new), "--format", "markdown", "--profile", str(profile), "--on", "2025-06-01"
    ).out
    assert "- **NCT00000001 ONE**: eligibility.age: min 18, max 75 → min 18, max 40\n" in page
    assert "- **NCT00000003 Efgartigimod in myositis, part 3**: excluded → possible: countries\n" in page
    plain = json.loads(
        myofind("diff", str(old), str(new), "--format", "json", "--profile", str(profile), "--on", "2025-06-01").out
    )
    assert plain["counts"] == {
        "added": 1,
        "retired": 1,
        "status_moved": 1,
        "criteria_changed": 2,
        "changed": 3,
        "same": 0,
    }
    assert {one["id"]: one["because"] for one in plain["verdicts"]}["NCT00000001"] == ["eligibility.age"]


def test_what_cannot_be_read_exits_2(tmp_path: Path) -> None:
    good, bad = tmp_path / "good.yaml", tmp_path / "bad.yaml"
    good.write_text(OLD, encoding="utf-8")
    bad.write_text("trials: [", encoding="utf-8")
    assert myofind("diff", str(good), str(bad)).code == 2
    assert myofind("diff", str(good), str(tmp_path / "none.yaml")).code == 2
    assert myofind("diff", str(good), str(good), "--format", "csv").code == 2
