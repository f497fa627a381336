"""`myofind validate` as an editor and a script meet it: exit codes, formats, options; real processes for the codes."""

from __future__ import annotations

import json
import re
import subprocess
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from myofind.checks import report_cache as kept
from myofind.checks.rule import documentation
from myofind.checks.run import check
from myofind.checks.table import RULES
from myofind.diagnostics import Diagnostic, Position
from myofind.files import yaml_nodes as source
from myofind.registry.read import read_registry
from myofind.writers import findings as screen
from tests.run import bytes_of
from tests.snippets import HEAD, trial, whole

HERE = Path(__file__).parent
DAY = date(2025, 6, 1)
CLEAN = whole("enrollment: 240\n")
STALE = whole("status:\n  - {value: recruiting, as_of: 2019-05-17, source: afm-2025}\n")
BROKEN = whole("enrolment: 240\n")


def run(
    *arguments: str, stdin: bytes = b"", cwd: Path | None = None, cache: Path | None = None
) -> subprocess.CompletedProcess[bytes]:
    env = {"XDG_CACHE_HOME": str(cache or "/nowhere"), "COLUMNS": "100"}
    code, out, err = bytes_of("validate", *arguments, stdin=stdin, env=env, cwd=cwd)
    return subprocess.CompletedProcess(arguments, code, out, err)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in {"clean": CLEAN, "stale": STALE, "broken": BROKEN}.items():
        (tmp_path / f"{name}.yaml").write_text(text, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["clean.yaml"], 0),
        (["stale.yaml"], 0),
        (["stale.yaml", "--strict"], 1),
        (["broken.yaml"], 1),
        (["clean.yaml", "broken.yaml"], 1),
        (["broken.yaml", "--ignore", "unknown-key,unknown-fact"], 0),
        (["broken.yaml", "--select", "stale-status"], 0),
        (["stale.yaml", "--select", "stale-status", "--strict"], 1),
        (["missing.yaml"], 2),
        (["clean.yaml", "--select", "unknown-kee"], 2),
        (["broken.yaml", "--select", ""], 2),
        (["broken.yaml", "--select", " , "], 2),
        (["broken.yaml", "--ignore", ""], 1),
        (["clean.yaml", "--format", "xml"], 2),
        (["clean.yaml", "--on", "2025-02-30"], 2),
        (["clean.yaml", "--yes"], 2),
        (["--explain", "no-such-rule"], 2),
    ],
)
def test_exit_codes(folder: Path, arguments: list[str], code: int) -> None:
    day = [] if "--on" in arguments else ["--on", "2025-06-01"]
    done = run(*arguments, *day, cwd=folder)
    assert done.returncode == code, done.stderr.decode()
    assert b"Traceback" not in done.stderr


def test_standard_input_is_a_file_like_any_other(folder: Path) -> None:
    done = run("-", "--on", "2025-06-01", stdin=BROKEN.encode(), cwd=folder)
    assert done.returncode == 1
    assert done.stdout.decode().startswith("<stdin>:18:5: error: `enrolment` is not a key of the trial [unknown-key]\n")
    assert run("-", stdin=b"\xff\xfe", cwd=folder).returncode == 1


def test_a_misspelt_rule_is_answered_with_the_nearest(folder: Path) -> None:
    done = run("--explain", "unknown-antibody", cwd=folder)
    assert "`unknown-autoantibody`" in done.stderr.decode()


def test_rules_and_explain_print_the_documentation(folder: Path) -> None:
    lines = run("--rules", cwd=folder).stdout.decode().splitlines()
    assert [line.split()[0] for line in lines] == [rule.name for rule in RULES]
    page = run("--explain", "stale-status", cwd=folder).stdout.decode()
    assert page.startswith(
        "stale-status (warning)\n\nA status that calls patients in was observed more than a year ago.\n"
    )
    assert "fails:\n  status:\n" in page
    rules = json.loads(run("--rules", "--format", "json", cwd=folder).stdout)
    assert set(rules[0]) == {"name", "severity", "fixable", "what", "why", "fails", "passes"}


def test_the_text_shows_the_line_and_a_caret(folder: Path) -> None:
    done = run("broken.yaml", "--on", "2025-06-01", cwd=folder)
    assert done.stdout.decode() == (
        "broken.yaml:18:5: error: `enrolment` is not a key of the trial [unknown-key]\n"
        "    18 |     enrolment: 240\n"
        "       |     ^\n"
        "  at trial NCT00000001, enrolment\n"
        "  help: did you mean `enrollment`?\n"
    )
    assert done.stderr.decode() == "broken.yaml: 1 trial, 1 error, 0 warnings\n"


def test_without_a_file_the_one_checked_is_named_and_another_in_the_folder_too(folder: Path) -> None:
    (folder / "data").mkdir()
    (folder / "data" / "trials.yaml").write_text(CLEAN, encoding="utf-8")
    told = run("--on", "2025-06-01", "--select", "empty-file", cwd=folder).stderr.decode()
    assert re.search(r"data/trials\.yaml: \d+ trials, 0 errors", told)
    assert "data/trials.yaml in this folder is another file: `myofind validate data/trials.yaml` checks it" in told
    named = run("data/trials.yaml", "--on", "2025-06-01", "--lang", "fr", cwd=folder).stderr.decode()
    assert named == "data/trials.yaml : 1 essai, 0 erreur, 0 avertissement\n"


def test_json_has_the_promised_keys(folder: Path) -> None:
    done = run("broken.yaml", "stale.yaml", "--format", "json", "--on", "2025-06-01", cwd=folder)
    found = json.loads(done.stdout)
    assert found["summary"] == {"errors": 1, "warnings": 1}
    assert found["diagnostics"][0] == {
        "rule": "unknown-key", "severity": "error", "file": "broken.yaml", "line": 18, "column": 5,
        "trial": "NCT00000001", "path": "enrolment", "message": "`enrolment` is not a key of the trial",
        "hint": "did you mean `enrollment`?",
    }  # fmt: skip


def test_github_annotations_escape_what_would_end_them() -> None:
    finding = Diagnostic(
        "stray-space", "warning", "a,b:c.yaml", Position(3, 4), None, (), ("100 %\nof it",) * 2, ("a\rb",) * 2
    )
    assert (
        screen.github([finding])
        == "::warning file=a%2Cb%3Ac.yaml,line=3,col=4,title=stray-space::100 %25%0Aof it; a%0Db\n"
    )


def test_sarif_is_valid(folder: Path) -> None:
    schema = json.loads((HERE / "fixtures" / "sarif-2.1.0-part.json").read_text())
    done = run("broken.yaml", "stale.yaml", "clean.yaml", "--format", "sarif", "--on", "2025-06-01", cwd=folder)
    log = json.loads(done.stdout)
    jsonschema.validate(log, schema)
    rules = log["runs"][0]["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == [rule.name for rule in RULES]
    for result in log["runs"][0]["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
    assert len(log["runs"][0]["results"]) == 2


def test_a_path_with_spaces_and_accents_is_a_valid_address() -> None:
    finding = Diagnostic("stray-space", "error", "données à moi/trials.yaml", Position(1, 1), None, (), ("x", "x"))
    log = json.loads(screen.sarif([finding], RULES))
    jsonschema.validate(log, json.loads((HERE / "fixtures" / "sarif-2.1.0-part.json").read_text()))


def of(text: str, **more: Any) -> list[tuple[str, int]]:
    return [(f.rule, f.position.line) for f in check(read_registry(text.encode(), "x"), DAY, **more).findings]


def test_every_finding_in_one_run_also_around_trials_that_are_not_yaml() -> None:
    text = HEAD + "trials:\n"
    text += trial('title: "never closed\n', 1) + trial("enrolment: 240\n", 2)
    text += trial("title: [a list\n", 3) + trial("comparator: placebos\n", 4)
    assert of(text) == [("unreadable-yaml", 10), ("unknown-key", 27), ("unreadable-yaml", 29), ("unknown-value", 41)]


def test_no_echo_of_what_could_not_be_read() -> None:
    # The unknown subtype leaves `admits` empty; that nobody fits, or that the list is empty, is not said again.
    assert of(whole("eligibility:\n  subtypes: {admits: [dermatomyosite]}\n  duration: {min: 90 years}\n")) == [
        ("unknown-subtype", 14)
    ]
    assert [rule for rule, _ in of(whole("title_fr:\n"))] == ["empty-value"]


def test_an_independent_defect_of_the_same_trial_is_found_too() -> None:
    text = whole(
        "eligibility:\n  subtypes: {admits: [dmx]}\n  age: {min: 75, max: 18}\n  autoantibodies: {required_any: [foo, jo1, jo1]}\n"
    )
    assert [rule for rule, _ in of(text)] == [
        "unknown-subtype",
        "reversed-bounds",
        "unknown-autoantibody",
        "repeated-item",
    ]
    (repeated,) = [f for f in check(read_registry(text.encode(), "x"), DAY).findings if f.rule == "repeated-item"]
    assert text.splitlines()[15][repeated.position.column - 1 :].startswith(
        "jo1]}"
    )  # the place as written, not as read


def test_a_trial_that_admits_no_myositis_is_spared_the_witness() -> None:
    assert of(whole("eligibility:\n  subtypes: {admits: [not_iim]}\n  duration: {min: 90 years}\n")) == []
    beside = whole(
        "eligibility:\n  subtypes: {admits: [dm, diabetes]}\n  age: {max: 60}\n  duration: {min: 90 years}\n"
    )
    assert [rule for rule, _ in of(beside)] == ["nobody-fits"]


def test_an_extension_is_judged_without_roll_over() -> None:
    assert of(HEAD + "trials:\n" + trial("", 1) + trial("kind: extension\nextends: NCT00000001\n", 2)) == []


def test_latin_1_is_refused_at_the_byte() -> None:
    data = whole("sponsor: Hôpital\n").encode("latin-1")
    (finding,) = check(read_registry(data, "x"), DAY).findings
    assert finding.rule == "not-utf8"
    assert finding.position.line == 7  # the first accent of the file is in the header


def test_a_file_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(source, "MAX_BYTES", 100)
    assert of(CLEAN) == [("file-too-large", 1)]


def test_changed_content_needs_a_higher_version_at_a_release_only() -> None:
    old = read_registry(CLEAN.encode(), "old")
    changed = CLEAN.replace("240", "241")
    assert of(changed, old=old) == []
    assert of(changed, old=old, stage="shipped") == []
    assert of(changed, old=old, stage="release") == [("version-not-raised", 4)]
    assert of(changed.replace("2025.5.0", "2025.4.9"), old=old, stage="release") == [("version-not-raised", 4)]
    assert of(changed.replace("2025.5.0", "2025.5.1"), old=old, stage="release") == []
    earlier = read_registry(CLEAN.replace("2025.5.0", "2024.9.0").encode(), "old")
    assert of(changed.replace("2025.5.0", "2024.10.0"), old=earlier, stage="release") == []
    assert of(CLEAN, old=old, stage="release") == []
    assert of(CLEAN + "# a comment\n", old=old, stage="release") == []


@pytest.mark.parametrize(
    ("before", "after", "jump"),
    [(240, 2400, True), (240, 24, True), (240, 265, False), (5, 20, False), (30, 100, True)],
)
def test_an_abrupt_jump_of_enrollment_is_a_warning(before: int, after: int, jump: bool) -> None:
    old = read_registry(CLEAN.replace("240", str(before)).encode(), "old")
    text = CLEAN.replace("240", str(after))
    assert of(text, old=old) == ([("abrupt-enrollment", 16)] if jump else [])
    explained = text + '    conflicts:\n      - {about: enrollment, note: "More sites were opened."}\n'
    assert of(explained, old=old) == []


def test_a_draft_is_an_error_at_a_release_and_in_the_shipped_registry() -> None:
    text = whole("draft: true\n").encode()
    severities = [
        [finding.severity for finding in check(read_registry(text, "x"), DAY, stage=stage).findings]
        for stage in ("editing", "shipped", "release")
    ]
    assert severities == [["warning"], ["error"], ["error"]]


def test_release_is_an_option(folder: Path) -> None:
    (folder / "draft.yaml").write_text(whole("draft: true\n"), encoding="utf-8")
    assert run("draft.yaml", "--on", "2025-06-01", cwd=folder).returncode == 0
    assert run("draft.yaml", "--on", "2025-06-01", "--release", cwd=folder).returncode == 1


def test_errors_come_before_warnings() -> None:
    text = HEAD + "trials:\n" + STALE.partition("trials:\n")[2] + trial("enrolment: 240\n", 2)
    assert of(text) == [("unknown-key", 30), ("stale-status", 14)]


def test_a_kept_report_says_the_same_and_is_not_believed_when_damaged(folder: Path) -> None:
    cache = folder / "cache"
    first = run("broken.yaml", "--on", "2025-06-01", cwd=folder, cache=cache)
    again = run("broken.yaml", "--on", "2025-06-01", cwd=folder, cache=cache)
    (file,) = (cache / "myofind").glob("report-*")
    assert (again.returncode, again.stdout, again.stderr) == (first.returncode, first.stdout, first.stderr)
    file.write_bytes(file.read_bytes().replace(b"error", b"notes"))
    damaged = run("broken.yaml", "--on", "2025-06-01", cwd=folder, cache=cache)
    assert (damaged.returncode, damaged.stdout) == (first.returncode, first.stdout)
    (folder / "broken.yaml").write_text(CLEAN, encoding="utf-8")
    assert run("broken.yaml", "--on", "2025-06-01", cwd=folder, cache=cache).returncode == 0
    stale = run("stale.yaml", "--on", "2019-06-01", "--ignore", "future-date,future-status", cwd=folder, cache=cache)
    later = run("stale.yaml", "--on", "2025-06-01", cwd=folder, cache=cache)
    assert b"stale-status" not in stale.stdout
    assert b"stale-status" in later.stdout


def test_the_key_of_a_kept_report_depends_on_everything() -> None:
    keys = {
        kept.key_of(b"a", "x"),
        kept.key_of(b"b", "x"),
        kept.key_of(b"a", "y"),
        kept.key_of(b"a", "x", "z"),
        kept.key_of(b"a", "x", old=b"c"),
    }
    assert len(keys) == 5


def test_the_page_of_rules_lists_and_explains_each_as_it_is() -> None:
    page = (HERE.parent / "docs" / "rules.md").read_text(encoding="utf-8")
    listed = re.findall(r"(?m)^\| \[`(.+)`\]\(#(.+)\) \| (\w+) \| (fix)? \|", page)
    assert listed == [(rule.name, rule.name, rule.severity, "fix" if rule.fixable else "") for rule in RULES]
    assert re.findall(r"(?m)^## `(.+)`$", page) == [rule.name for rule in RULES]
    for rule in RULES:
        about = documentation(rule)
        assert (
            f"](#{rule.name}) | {rule.severity} | {'fix' if rule.fixable else ''} | {about.what.replace('|', chr(92) + '|')} |\n"
            in page
        )
        assert all(about), rule.name
        assert rule.check is None or rule.check.__doc__ == about.what


def test_the_pre_commit_hooks_run(folder: Path) -> None:
    import yaml

    hooks = yaml.safe_load((HERE.parent / ".pre-commit-hooks.yaml").read_text())
    codes = {}
    for hook in hooks:
        program, command, *options = hook["entry"].split()
        assert (program, command) == ("myofind", "validate")
        codes[hook["id"]] = run(*options, "clean.yaml", "broken.yaml", cwd=folder).returncode
        assert hook["language"] == "python"
        assert __import__("re").search(hook["files"], "data/trials.yaml")
    assert codes == {"myofind-validate": 1, "myofind-validate-fix": 0}


@pytest.mark.parametrize("old", [b"", b"trials: [", "é".encode("latin-1"), BROKEN.encode()])
def test_an_earlier_version_that_cannot_be_read_is_refused_and_named(folder: Path, old: bytes) -> None:
    (folder / "old.yaml").write_bytes(old)
    ran = run("clean.yaml", "--against", "old.yaml", cwd=folder)
    assert ran.returncode == 2
    assert ran.stdout == b""
    assert ran.stderr.startswith(b"myofind: old.yaml:")
    assert b"`myofind validate old.yaml`" in ran.stderr


def test_the_earlier_version_may_be_a_folder(folder: Path) -> None:
    (folder / "released").mkdir()
    (folder / "released" / "trials.yaml").write_text(CLEAN, encoding="utf-8")
    assert run("clean.yaml", "--against", "released", cwd=folder).returncode == 0
    assert run("released", cwd=folder).returncode == 0
    assert b"no file at `empty/trials.yaml`" in run("empty/", cwd=_made(folder / "empty").parent).stderr


def _made(folder: Path) -> Path:
    folder.mkdir()
    return folder


@pytest.mark.parametrize("arguments", [["/dev/null"], ["clean.yaml", "--against", "/dev/null"]])
def test_what_is_no_file_is_called_so_and_standard_input_named(folder: Path, arguments: list[str]) -> None:
    ran = run(*arguments, cwd=folder)
    assert ran.returncode == 2
    assert b"not a regular file" in ran.stderr
    assert b"- for standard input" in ran.stderr
