"""`myofind diff`: what changed between two versions, and which verdicts flip for a patient because of what."""

from __future__ import annotations

import json
import random
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from myofind.domain.eligibility import assess
from myofind.domain.patient import Birth, Patient
from myofind.domain.trial import Eligibility
from myofind.editing.migrate import migrated
from myofind.registry.read import read_registry
from myofind.registry.versions import Version, compare, flips
from myofind.report.comparison import cohort_flips
from myofind.writers.changes import line
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
    assert read.findings == ()
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
            old_rule, new_rule = (
                one.eligibility.fact(part) if part in ("ild", "refractory") else getattr(one.eligibility, part)
                for one in (first, second)
            )
            assert old_rule != new_rule
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
        "Criteria changed (2)\n  NCT00000001 ONE  age: 18 to 75 → 18 to 40\n"
        "  NCT00000003 Efgartigimod in myositis, part 3  countries: + Germany\n\n"
        "Other facts (3)\n  NCT00000001 ONE  status: observations\n"
        "  NCT00000003 Efgartigimod in myositis, part 3  sponsor: not recorded → argenx\n"
        "  NCT00000007 Efgartigimod in myositis, part 7\n"
        "      number: NCT00000002 → NCT00000007\n"
        "      title: Efgartigimod in myositis, part 2 → Efgartigimod in myositis, part 7\n"
        "      French title: Efgartigimod dans les myosites actives, volet 2 → Efgartigimod dans les myosites actives, volet 7\n"
    )
    page = myofind(
        "diff", str(old), str(new), "--format", "markdown", "--profile", str(profile), "--on", "2025-06-01"
    ).out
    assert "- **NCT00000001 ONE**: age: 18 to 75 → 18 to 40\n" in page
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


def rules(text: str, rest: str = "") -> str:
    """A registry of schema 2 with one trial that has some criteria."""
    return (
        HEAD.replace("schema: 1", "schema: 2")
        + "trials:\n"
        + trial("eligibility:\n  coverage: summary\n  subtypes: {admits: [dm]}\n" + text + rest)
    )


@pytest.mark.parametrize(
    ("old", "new", "english", "french"),
    [
        ("  facts: {fvc: {min: 50}}\n", "  facts: {fvc: {min: 60}}\n", "FVC: ≥ 50 % → ≥ 60 %", "CVF : ≥ 50 % → ≥ 60 %"),
        ("", "  facts: {cancer: {excluded: {within: 5 years}}}\n", "cancer: not recorded → not within 5 years",
         "cancer : non renseigné → pas depuis 5 ans"),
        ("  treatments:\n    - {any: [rituximab], excluded: {within: 6 months}}\n", "  treatments:\n    - {any: [rituximab], excluded: {within: 12 months}}\n",
         "treatments: + no rituximab within 12 months; − no rituximab within 6 months",
         "traitements reçus : + pas de rituximab depuis 12 mois ; − pas de rituximab depuis 6 mois"),
        ("", "  any_of:\n    - {mmt8: {below: 142}}\n    - {cdasi_a: {min: 14}}\n", "one of: + MMT-8 < 142/150; + CDASI activity ≥ 14",
         "une condition parmi : + MMT-8 < 142/150 ; + activité CDASI ≥ 14"),
        ("", "  sex: female\n", "sex: not recorded → female", "sexe : non renseigné → femme"),
        ("  check_by_hand:\n    - {en: a, fr: b}\n", "  check_by_hand:\n    - {en: c, fr: d}\n", "check by hand: + c; − a", "à vérifier : + d ; − b"),
    ],
)  # fmt: skip
def test_rules_are_said_in_words(old: str, new: str, english: str, french: str) -> None:
    (moved,) = compare(version(rules(old)), version(rules(new))).moved
    assert [line(one) for one in moved.criteria] == [english]
    assert [line(one, "fr") for one in moved.criteria] == [french]


def test_coverage_contacts_and_cohorts_are_said_in_words() -> None:
    old = rules("", 'contacts:\n  - {where: FR, phone: "+33 1 23 45 67 89"}\n').replace(
        "      coverage: summary", "      coverage: full"
    )
    new = rules(
        "",
        "cohorts:\n  - {name: skin, eligibility: {facts: {cdasi_a: {min: 14}}}}\n"
        'contacts:\n  - {where: FR, phone: "+33 1 00 00 00 00", email: trials@example.org}\n',
    )
    (moved,) = compare(version(old), version(new)).moved
    assert {line(one) for one in moved.changes} == {
        "criteria read: from the full criteria → from a summary",
        "cohorts: + skin",
        "contacts: + +33 1 00 00 00 00, trials@example.org (France); − +33 1 23 45 67 89 (France)",
    }
    later = new.replace("min: 14", "min: 20").replace("email: trials@example.org", "email: study@example.org")
    (moved,) = compare(version(new), version(later)).moved
    assert [one.key for one in moved.criteria] == ["cohorts.skin.eligibility.facts.cdasi_a"]
    assert line(moved.criteria[0]) == "skin: CDASI activity: ≥ 14 → ≥ 20"
    assert line(moved.criteria[0], "fr") == "skin : activité CDASI : ≥ 14 → ≥ 20"


def test_what_sources_disagree_about_is_said_in_words() -> None:
    old, new = (
        rules("", f"conflicts:\n  - {{about: eligibility, note: {many} pages differ}}\n") for many in ("two", "six")
    )
    (moved,) = compare(version(old), version(new)).moved
    (change,) = moved.changes
    assert line(change) == "sources disagree: + criteria: six pages differ; − criteria: two pages differ"
    french = "désaccords des sources : + critères : six pages differ ; − critères : two pages differ"
    assert line(change, "fr") == french


def test_a_file_carried_over_to_the_second_form_says_the_same() -> None:
    old = (
        HEAD
        + "trials:\n"
        + trial(
            "eligibility:\n  coverage: summary\n  subtypes: {admits: [dm]}\n  ild: required\n  duration: {max: 5}\n  check_by_hand: [safe to exercise]\n"
            "conflicts:\n  - {about: eligibility, note: two pages differ}\n"
        )
    )
    new = migrated(read_registry(old.encode(), "x"), old.encode()).decode()
    assert new != old
    found = compare(version(old), version(new))
    assert (found.moved, found.same) == ((), 1)


COHORT = (
    "id,birth_date,country,subtype\nP1,1975-01-01,DE,dm\nP2,2000-01-01,FR,dm\nP3,1975-01-01,DE,dm\nP4,nonsense,DE,dm\n"
)


def test_a_table_of_patients_tells_what_flips_for_how_many(tmp_path: Path) -> None:
    old, new, table = (tmp_path / name for name in ("old.yaml", "new.yaml", "c.csv"))
    old.write_text(OLD, encoding="utf-8")
    new.write_text(NEW, encoding="utf-8")
    table.write_text(COHORT, encoding="utf-8")
    asked = ["diff", str(old), str(new), "--cohort", str(table), "--on", "2025-06-01"]
    done = myofind(*asked)
    assert done.code == 0
    head, _, rest = done.out.partition("\n\n")
    assert head.splitlines()[1].startswith("1 added, 1 retired, 3 changed")
    assert rest.startswith(
        "Verdicts that flip for 3 of 3 patients (4)\n"
        "  NCT00000004 Efgartigimod in myositis, part 4  match → (not there): the trial was retired; 3 patients (P1, P2, P3)\n"
        "  NCT00000005 Efgartigimod in myositis, part 5  (not there) → match: the trial is new; 3 patients (P1, P2, P3)\n"
        "  NCT00000001 ONE  match → excluded: age; 2 patients (P1, P3)\n"
        "  NCT00000003 Efgartigimod in myositis, part 3  excluded → match: countries; 2 patients (P1, P3)\n"
    )
    assert "c.csv:5: " in done.err
    plain = json.loads(myofind(*asked, "--format", "json").out)
    assert plain["patients"] == {"compared": 3, "flipped": 3}
    assert {one["id"]: (one["old"], one["new"], one["count"]) for one in plain["cohort"]}["NCT00000001"] == (
        "match",
        "excluded",
        2,
    )
    french = myofind(*asked, "--lang", "fr").out
    assert "Verdicts qui basculent pour 3 patients sur 3 (4)" in french
    assert "l'essai est nouveau" in french


def test_the_flips_of_a_table_are_those_of_its_patients_one_by_one() -> None:
    rng = random.Random(5)
    patients = [
        (str(n), Patient((rng.choice(("dm", "pm", "ibm")),), Birth(day, day), countries=(rng.choice(("FR", "DE")),)))
        for n in range(60)
        for day in (date(rng.randint(1940, 2015), 1, 1),)
    ]
    found = cohort_flips(version(OLD), version(NEW), patients, DAY)
    one_by_one = [
        (flip.trial.id, flip.old, flip.new, flip.fields)
        for _, patient in patients
        for flip in flips(version(OLD), version(NEW), patient, DAY)
    ]
    counted = {(told.trial.id, *told[1:]): number for told, number, _ in found.flips}
    assert counted == Counter(one_by_one)
    assert found.patients == 60
