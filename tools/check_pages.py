"""Pages in a real browser: no message, no request, nothing wider than the screen, all of it on paper, fit for everybody.

`python tools/check_pages.py [--pictures FOLDER] [--axe FILE]` writes the pages of ten patients in two languages, of lists,
trials, a cohort and a hostile registry, and opens each on a telephone, a desktop and on A4, in light and dark. Needs
Chromium, pdftotext, and axe-core's `axe.min.js` (found in the package axe-playwright-python where it is installed).
"""

from __future__ import annotations

import argparse
import importlib.util
import io
import json
import shlex
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from datetime import date
from itertools import chain
from pathlib import Path

from browser import Tab, tab
from hostile import TEXTS, store

from myofind.asking.profile import understand
from myofind.asking.typed import Typed
from myofind.report.answer import Wanted, answer
from myofind.report.trial_page import explanation, listing
from myofind.words.wording import Lang
from myofind.writers import as_html
from myofind.writers.layout import Layout

DAY = "2026-11-20"
PATIENTS = {
    "dm": "-s dm -a 45 -c FR",
    "mda5": "-s dm -a 38 -c FR -A mda5 --ild --sex female",
    "nearby": "-s ibm -a 60 -c BE",
    "child": "-s jdm -b 2009-03-12 -c FR",
    "ibm": "-s ibm -a 62 -c FR --sex male",
    "imnm": "-s imnm -a 50 -c DE -A 'hmgcr=positive' -T 'rituximab until 2026-09'",
    "asys": "-s asys -a 57 -c FR -c BE -A jo1 -A ro52 --ild --refractory",
    "pm": "-s pm -a 52 -c FR --also-as imnm",
    "several": "-s pm -s asys -a 70 -c US --no-ild",
    "toddler": "-s dm -a '18 months' -c FR --no-refractory",
    "all": "-s dm -a 45 -c FR -F 'no cancer' -T 'prednisone 15 mg since 2026-01' --explain --all --limit 40",
}
OTHERS = {
    "what-if": "match -s dm -a 45 -c FR --what-if mda5=positive --what-if refractory=yes",
    "why-not": "match -s dm -a 80 -c FR --why-not JASMINE",
    "drug": "match -s asys -a 57 -c FR --why-not efgartigimod",
    "show": "show JASMINE",
    "compare.en": "compare JASMINE TITAN BIRD -s dm -a 45 -c FR",
    "compare.fr": "compare JASMINE TITAN BIRD RAINBOW CATR-PAT --lang fr",
    "list": "list",
    "search": "search rituximab",
}
SCREENS = {"telephone": (360, 740, True), "desktop": (1280, 900, False)}

OPEN_ALL = "document.querySelectorAll('details').forEach(one => one.open = true)"
TOO_WIDE = """(() => { const page = document.documentElement;
  const wide = [...document.querySelectorAll('body *')].filter(one => one.getBoundingClientRect().right > innerWidth + 1);
  return page.scrollWidth > page.clientWidth ? wide.slice(0, 3).map(one => one.outerHTML.slice(0, 200)).concat(['scrolls']) : [];
})()"""
BROKEN = """[...document.querySelectorAll('thead th')].flatMap(head => [...head.childNodes].filter(one => one.nodeType === 3).flatMap(
  text => [...text.data.matchAll(/[^\\s-]+/g)].filter(word => { const range = document.createRange();
    range.setStart(text, word.index); range.setEnd(text, word.index + word[0].length);
    return new Set([...range.getClientRects()].map(one => one.top)).size > 1 && word[0].length < 20; }).map(word => word[0])))"""
"""Words of a table's head that are broken over two lines."""
ACTIVE = """[...document.querySelectorAll('*')].filter(one => ['SCRIPT', 'IFRAME', 'OBJECT', 'EMBED', 'FORM', 'IMG'].includes(one.tagName)
  || [...one.attributes].some(its => its.name.startsWith('on') || its.name === 'style')
  || (one.getAttribute('href') && !/^(https?:|mailto:|tel:|#|data:,$)/.test(one.getAttribute('href')))).map(one => one.outerHTML.slice(0, 200))"""
REFERENCES = """(() => { const ids = [...document.querySelectorAll('[id]')].map(one => one.id);
  const named = [...document.querySelectorAll('[aria-labelledby]')].flatMap(one => one.getAttribute('aria-labelledby').split(' '))
    .concat([...document.querySelectorAll('a[href^="#"]')].map(one => one.getAttribute('href').slice(1)));
  return [...ids.filter((one, at) => ids.indexOf(one) !== at), ...named.filter(one => !ids.includes(one))]; })()"""
AXE = """((where, options) => axe.run(where, {resultTypes: ['violations'], ...options}).then(found => found.violations.map(
  one => [one.id, one.impact, one.nodes.map(node => node.html.slice(0, 160)).slice(0, 3)])))"""
STRUCTURE = "document, {rules: {'color-contrast': {enabled: false}}}"
CONTRAST = """{include: [...document.querySelectorAll('header, .alarm, .facts, .box, details')].slice(0, 9)},
  {runOnly: ['color-contrast']}"""
"""Every colour of a page stands in its first parts; looking at each node of a long page would take minutes."""


def written(command: str) -> str:
    """What a command of the program prints, in this process."""
    from myofind.cli import run

    out, said = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(said):
        try:
            run(shlex.split(command))
        except SystemExit as leave:
            if leave.code:
                raise RuntimeError(f"{command}: {said.getvalue()}") from None
    return out.getvalue()


def pages(folder: Path, only: str) -> Iterator[Path]:
    """Every page whose name begins so, written into a folder."""
    cohort = folder / "patients.csv"
    cohort.write_text("id,subtype,age,country\np1,dm,45,FR\n<b>p2</b>,ibm,62,FR\np3,some kind,50,\n", encoding="utf-8")
    commands = {
        f"{name}.{lang}": f"match {typed} --lang {lang}" for name, typed in PATIENTS.items() for lang in ("en", "fr")
    }
    commands |= OTHERS | {"cohort": f"match --cohort {cohort}"}
    wanted = {
        name: f"{command} --on {DAY} --format html" for name, command in commands.items() if name.startswith(only)
    }
    texts = [(name, written(command)) for name, command in wanted.items()]
    for name, text in chain(texts, (one for one in hostile_pages() if one[0].startswith(only))):
        path = folder / f"{name}.html"
        path.write_text(text, encoding="utf-8")
        yield path


def hostile_pages() -> Iterator[tuple[str, str]]:
    """Pages of the hostile registry, and of a patient whose words are no better."""
    languages: tuple[Lang, ...] = ("en", "fr")
    for lang in languages:
        typed, day, layout = Typed(subtypes=("dm",), age="45", countries=("FR",)), date.fromisoformat(DAY), Layout(lang)
        profile, held = understand(typed, day, lang=lang), store()
        wanted = Wanted(everything=True, sources=True)
        others = profile._replace(readings=(TEXTS["title"], TEXTS["city"], TEXTS["note"]))
        whole = answer(held, profile, typed, day, wanted, others=others)
        yield f"hostile-answer.{lang}", as_html.answer(whole, layout)
        yield (
            f"hostile-trial.{lang}",
            as_html.explanation(explanation(held, profile, typed, held.index.ids, day), layout),
        )
        yield f"hostile-list.{lang}", as_html.listing(listing(held, held.trials(), day), layout)
        yield f"hostile-records.{lang}", as_html.cards(listing(held, held.trials(), day), layout)


def noise(page: Tab) -> Iterator[str]:
    """What a page says on the console, and every request beside the file itself."""
    for event in page.events:
        method, about = event.get("method", ""), event.get("params", {})
        if method in ("Runtime.consoleAPICalled", "Runtime.exceptionThrown", "Log.entryAdded"):
            yield f"{method}: {json.dumps(about)[:300]}"
        elif method == "Network.requestWillBeSent":
            url = about["request"]["url"]
            if about.get("type") != "Document" and not url.startswith("data:"):
                yield f"request: {url}"


def findings(page: Tab, path: Path, axe: str, pictures: Path | None) -> Iterator[str]:
    """What is wrong with a page."""
    page.media()
    for screen, (width, height, mobile) in SCREENS.items():
        page.size(width, height, mobile)
        page.open(path)
        yield from noise(page)
        if pictures:
            page.picture(pictures / f"{path.stem}.{screen}.png", 2600 if mobile else 1500)
        for state in ("folded", "open"):
            yield from (f"too wide, {screen}, {state}: {one}" for one in page.evaluate(TOO_WIDE))
            yield from (f"broken, {screen}, {state}: {one}" for one in page.evaluate(BROKEN))
            page.evaluate(OPEN_ALL)
    page.evaluate(f"{axe}; 0")
    yield from (f"accessibility: {one}" for one in page.evaluate(f"{AXE}({STRUCTURE})"))
    for scheme in ("light", "dark"):
        page.media(scheme=scheme)
        yield from (f"contrast, {scheme}: {one}" for one in page.evaluate(f"{AXE}({CONTRAST})"))
    if pictures:
        page.picture(pictures / f"{path.stem}.dark.png", 4000)
    page.media()
    yield from (f"active: {one}" for one in page.evaluate(ACTIVE))
    yield from (f"reference: {one}" for one in page.evaluate(REFERENCES))
    yield from on_paper(page, path, pictures)


def on_paper(page: Tab, path: Path, pictures: Path | None) -> Iterator[str]:
    """What is folded on the screen is open on paper, and the first sheet ends before the trials in full."""
    page.open(path)
    hidden = page.evaluate("[...document.querySelectorAll('details')].map(one => one.lastElementChild.textContent)")
    print_to = (pictures or path.parent) / f"{path.stem}.pdf"
    page.paper(print_to)
    text = subprocess.run(["pdftotext", "-raw", str(print_to), "-"], capture_output=True, text=True, check=True).stdout
    sheets = [_squeezed(sheet) for sheet in text.split("\f")]
    whole = "".join(sheets)
    for part in hidden:
        words = _squeezed(part)
        for piece in (words[:12], words[-12:]):
            if piece not in whole:
                yield f"not on paper: {piece}"
    last = page.evaluate("(document.getElementById('settle')?.parentElement.innerText) || ''")
    if last and not path.name.startswith("hostile") and _squeezed(last) not in sheets[0]:
        yield "the first sheet does not hold what to settle"


def _squeezed(text: str) -> str:
    """Letters and digits only: paper breaks lines, repeats heads and numbers sheets."""
    return "".join(one for one in text if one.isalnum())


def axe_source(named: str | None) -> str:
    """The text of axe-core: the file named, or that of an installed package."""
    if named:
        return Path(named).read_text(encoding="utf-8")
    found = importlib.util.find_spec("axe_playwright_python")
    if found is None or not found.submodule_search_locations:
        raise SystemExit(
            "axe-core is needed: name it with --axe, or install axe-playwright-python without its dependencies"
        )
    return (Path(found.submodule_search_locations[0]) / "axe.min.js").read_text(encoding="utf-8")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("--pictures", type=Path, help="keep pictures and printed pages in this folder")
    parser.add_argument("--axe", help="axe-core's axe.min.js")
    parser.add_argument("--only", default="", help="pages whose name begins so")
    asked = parser.parse_args()
    axe, wrong, count = axe_source(asked.axe), 0, 0
    if asked.pictures:
        asked.pictures.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, tab() as page:
        for path in pages(Path(folder), asked.only):
            count += 1
            problems = list(dict.fromkeys(findings(page, path, axe, asked.pictures)))
            wrong += len(problems)
            for problem in problems:
                print(f"{path.name}: {problem}")
    print(f"{count} pages opened, {wrong} findings")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
