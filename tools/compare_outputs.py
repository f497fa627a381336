"""Outputs of the program as it was and as it is, byte by byte: `compare_outputs.py REVISION [--screens]`.

Forty patients in two languages and every format, and the other commands, are run in process by the program of a
revision and by the one in this folder, each in an interpreter of its own; what differs is printed.
"""

from __future__ import annotations

import argparse
import contextlib
import difflib
import io
import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent.parent
DAY = "2026-11-25"
FORMATS = ("json", "csv", "markdown")
LANGUAGES = ("en", "fr")

PATIENTS = (
    "-s dm -a 45 -c FR", "-s dm -a 45 -A mda5 --ild -c FR", "-s dm -b 1981-06-30 -c US --sex female", "-s dm -a 80 -c FR",
    "-s dm -a 45 -c FR --all", "-s dm -a 45 -c FR --near", "-s dm -a 45 -c FR --studies", "-s dm -a 45 --explain -c FR",
    "-s jdm -b 2012-05-02 -c FR", "-s jdm -a 9 -c GB -A nxp2", "-s imnm -a 55 -A hmgcr -c FR --refractory",
    "-s imnm -a 60 -A srp -c CN --no-refractory", "-s imnm -b 2009-03-12 -c FR", "-s ibm -a 71 -c FR",
    "-s ibm -b 1950-11-20 -c US --status any", "-s asys -a 50 -A jo1 --ild -c FR --refractory",
    "-s asys -a 38 -A pl7 -A ro52 -c DE", "-s pm -a 62 -c FR", "-s pm -a 62 -c FR --also-as asys --also-as imnm",
    "-s pm -a 62 -A jo1 -c FR", "-s iim -a 45", "-s cadm -a 44 -A mda5 -c JP", "-s dm_mda5 -a 44 -c CN --ild",
    "-s overlap -a 33 -A u1rnp -c FR", "-s dm -s pm -a 47 -c FR", "-s statin_tox -a 66 -c FR", "-a 45 -c FR",
    "-A srp=negative -A hmgcr=negative -s imnm -a 41 -c US", "-s dm -a 45 -c IS", "-s dm -b 2009-01-15 -c FR --onset 2020-03",
    "-s jdm -a 20 --onset 12y -c FR", "-s dm -a 45 -c FR --what-if mda5=positive", "-s dm -a 45 -c FR --what-if age=80",
    "-s dermatomyosits -a 45 -c FR --what-if subtype=polymyosits", "-s dm -a 45 -c FR -c DE --limit 5",
    "-s ibm -a 71 -c FR --limit 0 --status closed", "-s dm -a 45 -c FR --status recruiting", "-s asys -a 90 -c LU -A ej",
    "-s dm -b 1951-12-20 -c FR -A tif1g --refractory", "-s pm -b 2009-06-01 -c US --sex male --no-ild --also-as dm",
)  # fmt: skip

OTHERS = (
    "match -s dm -a 45 -c FR --why-not {first}", "match -s ibm -b 1950-11-20 -c FR --why-not {second}",
    "match -s jdm -b 2010-01-15 -c FR --why-not efgartigimod", "match -s dm -b 2009-01-15 --why-not anifrolumab",
    "match -s imnm -a 50 --why-not NCT05979441", "match --cohort {cohort}", "match --explain-order", "list", "list --country FR --status open",
    "list --kind registry", "show efgartigimod", "show {first}", "search dermatomyositis", "search xyzzyx",
)  # fmt: skip

COHORT = 'id,subtype,age,country,antibodies\na,dm,45,FR,mda5 +\nb,nonsense,45,FR,\nc,imnm,45,US,\n=d,ibm,71,FR,\n"e,f",pm,62,,jo1 +\ng,dermatomyosits,9,GB,\n'


def commands(folder: Path, screens: bool) -> list[tuple[list[str], dict[str, str]]]:
    """Every command line, with the environment it is run in."""
    cohort = folder / "cohort.csv"
    cohort.write_text(COHORT, encoding="utf-8")
    lines = [f"match {patient}" for patient in PATIENTS]
    lines += [line.format(first="JASMINE", second="NCT06455449", cohort=cohort) for line in OTHERS]
    chosen: list[tuple[list[str], dict[str, str]]] = []
    for line in lines:
        for lang in LANGUAGES:
            words = [*line.split(), "--lang", lang, *([] if "--explain-order" in line else ["--on", DAY])]
            chosen += [([*words, "--format", form], {}) for form in FORMATS]
            if screens:
                chosen.append((words, {}))
                chosen += [(words, {"COLUMNS": str(wide)}) for wide in (40, 80, 100, 140)]
                chosen.append((words, {"COLUMNS": "100", "FORCE_COLOR": "1", "TERM": "xterm-256color"}))
    older = folder / "older.yaml"
    for form in ("table", "markdown", "json"):
        profile = folder / "profile.yaml"
        profile.write_text("subtype: dm\nage: 45\ncountry: FR\n", encoding="utf-8")
        registry = str(folder / "trials.yaml")
        chosen.append((["diff", str(older), registry, "--format", form], {}))
        chosen.append((["diff", str(older), registry, "--format", form, "--profile", str(profile), "--on", DAY], {}))
    return chosen


def older(text: str) -> str:
    """An earlier registry: some statuses, ages and trials otherwise, some missing."""
    head, *trials = text.split("\n  - id: ")
    earlier = [
        trial.replace("min: 18", "min: 16").replace("value: recruiting", "value: not_yet_recruiting")
        if place % 5 == 0
        else trial.replace("complete: false", "complete: true")
        for place, trial in enumerate(trials)
        if place % 11
    ]
    return "\n  - id: ".join([head, *earlier])


def worker(source: Path, work: Path) -> None:
    """Run every command with the program at `source` and print what came out as JSON."""
    sys.path.insert(0, str(source))
    from myofind.cli import run

    results = []
    for words, environment in json.loads((work / "commands.json").read_text(encoding="utf-8")):
        for name in ("COLUMNS", "FORCE_COLOR", "TERM"):
            os.environ.pop(name, None)
        os.environ.update(environment)
        out, err, code = io.StringIO(), io.StringIO(), 0
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            try:
                run(words)
            except SystemExit as leave:
                code = leave.code if isinstance(leave.code, int) else 1
        text = re.sub(r"\x1b\]8;id=\d+;", "\x1b]8;;", out.getvalue())  # rich numbers its links at random
        results.append([code, text, err.getvalue()])
    json.dump(results, sys.stdout)


def outputs(source: Path, work: Path) -> list[list[object]]:
    """What the program at `source` says to every command."""
    environment = {
        **os.environ, "MYOFIND_REGISTRY": str(work / "trials.yaml"), "XDG_CACHE_HOME": str(work / "cache"), "PYTHONPATH": "",
        "MYOFIND_DEBUG": "1",
    }  # fmt: skip
    done = subprocess.run(
        [sys.executable, __file__, "--worker", str(source), str(work)],
        capture_output=True,
        env=environment,
        check=False,
    )
    if done.returncode:
        sys.exit(done.stderr.decode())
    results: list[list[object]] = json.loads(done.stdout)
    return results


def main() -> int:
    """Compare and report; exit code 1 where anything differs."""
    if sys.argv[1:2] == ["--worker"]:
        worker(Path(sys.argv[2]), Path(sys.argv[3]))
        return 0
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("revision", help="the revision to compare with")
    parser.add_argument("--screens", action="store_true", help="also the screens, at several widths")
    parser.add_argument("--most", type=int, default=5, help="differences printed")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        archive = subprocess.run(
            ["git", "-C", str(HERE), "archive", options.revision, "src"], capture_output=True, check=True
        )
        subprocess.run(["tar", "x", "-C", str(work)], input=archive.stdout, check=True)
        text = (HERE / "data" / "trials.yaml").read_text(encoding="utf-8")
        (work / "trials.yaml").write_text(text, encoding="utf-8")
        (work / "older.yaml").write_text(older(text), encoding="utf-8")
        chosen = commands(work, options.screens)
        (work / "commands.json").write_text(json.dumps(chosen), encoding="utf-8")
        before, after = outputs(work / "src", work), outputs(HERE / "src", work)
    differing = 0
    for (words, environment), old, new in zip(chosen, before, after, strict=True):
        if old == new:
            continue
        differing += 1
        if differing <= options.most:
            print(f"== {' '.join(words)} {environment or ''}: exit {old[0]} and {new[0]}")
            for name, one, other in (("stdout", old[1], new[1]), ("stderr", old[2], new[2])):
                lines = difflib.unified_diff(
                    str(one).splitlines(), str(other).splitlines(), name, name, lineterm="", n=1
                )
                print("\n".join(list(lines)[:30]))
    print(f"{len(chosen)} outputs compared, {differing} differ")
    return 1 if differing else 0


if __name__ == "__main__":
    sys.exit(main())
