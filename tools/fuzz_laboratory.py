"""Change laboratory lines of known reading in many ways, and count what no change may do.

    python tools/fuzz_laboratory.py --examples 200000        a long run on one core: some minutes
    python tools/fuzz_laboratory.py --examples 2000 --seed 7

A change inserts an unknown word, misspells a word into none, doubles a piece, or drops or doubles a separator: after it no antibody may be
positive that was not, and none may be named that was not. A negation put before or after the only result or name of a line must turn the
result or refuse the line. Prints one line a kind of change (lines, read, refused, wrong); exit 1, with the lines, if one is wrong.
"""

from __future__ import annotations

import argparse
import random
from collections import Counter
from collections.abc import Iterator

from myofind.names.laboratory import read_results
from myofind.names.laboratory_line import line_of

NAMES = {
    "Jo-1": "jo1", "anti-Jo1": "jo1", "PL-7": "pl7", "anti-PL-12": "pl12", "SRP": "srp", "anti-HMGCR": "hmgcr", "MDA5": "mda5", "TIF1γ": "tif1g",
    "Mi-2": "mi2", "NXP2": "nxp2", "Ro52": "ro52", "SSA (Ro60)": "ro60", "PM/Scl-75": "pmscl75", "Ku": "ku", "cN-1A": "cn1a", "Ac anti-EJ": "ej",
    "Jo-1 Antibody, IgG": "jo1", "SRP-Antikörper": "srp", "anti-SAE1": "sae1",
}  # fmt: skip
RESULTS = {
    "positive": (
        "positive",
        "+",
        "++",
        "positif",
        "positiv",
        "detected",
        "strongly positive",
        "152 U/mL (N<20)",
        "25 (0-20)",
    ),
    "negative": (
        "negative",
        "-",
        "neg",
        "négatif",
        "negativ",
        "not detected",
        "(0)",
        "5 U/mL (N<20)",
        "non détecté",
        "nicht nachweisbar",
        "-ve",
    ),
    "borderline": (
        "+/-",
        "(+)",
        "borderline",
        "douteux",
        "grenzwertig",
        "12 U/mL (<10 négatif, 10-15 douteux, >15 positif)",
    ),
    "not_tested": ("not done", "?", "pending", "non fait", "ausstehend", "en attente"),
}
BEFORE = {
    "negative": ("no ", "pas d'", "absence of ", "negative for ", "kein ", "sans "),
    "positive": ("positive for ", "présence d'"),
}
SEPARATORS = (", ", "; ", " ; ", "\n", " | ", ",")
UNKNOWN = ("xyzzy", "qrst", "blorp", "42nd", "§", "foo", "était-il", "zzz9")
NEGATIONS = ("no", "not", "non", "pas", "sans", "without", "kein", "nicht", "aucun", "never")
CHANGES = ("insert", "misspell", "double", "drop", "double separator", "negate")


BLOT = {"Jo-1": "jo1", "PL-7": "pl7", "SRP": "srp", "Mi-2": "mi2", "OJ": "oj", "TIF1γ": "tif1g", "Ro52": "ro52"}
CUTS = ("cut-off 15", "seuil : 15", "N < 15", "négatif <10, limite 10-20, positif >20")


def blot(random: random.Random) -> tuple[str, dict[str, str], int]:
    """Values of a line blot and the one limit of all, in its title or at its end."""
    names = random.sample(list(BLOT), random.choice((2, 3)))
    reading = {BLOT[name]: random.choice(("positive", "negative")) for name in names}
    sign = random.choice((" ", " : ", " = "))
    values = (f"{name}{sign}{60 if reading[BLOT[name]] == 'positive' else 4}" for name in names)
    told, cut = random.choice(SEPARATORS).join(values), random.choice(CUTS)
    title = random.choice(("Myositis blot", "Dot myosite"))
    return random.choice((f"{title} ({cut}): {told}", f"{title}: {told} ({cut})")), reading, len(names)


def line(random: random.Random) -> tuple[str, dict[str, str], int]:
    """A line, its right reading, and how many names it holds."""
    if random.random() < 0.15:
        return blot(random)
    chosen: list[str] = []
    reading: dict[str, str] = {}
    names = list(NAMES.items())
    random.shuffle(names)
    for name, id in names[: random.choice((1, 1, 1, 2, 3))]:
        if id in reading:
            continue
        result = random.choice(list(RESULTS))
        if result in BEFORE and random.random() < 0.15:
            text = random.choice(BEFORE[result]) + name
        else:
            text = name + random.choice((" ", " : ", " ", " = ")) + random.choice(RESULTS[result])
        chosen.append(text)
        reading[id] = result
    return random.choice(SEPARATORS).join(chosen), reading, len(chosen)


def changed(text: str, change: str, random: random.Random) -> str:
    """The line with one change of a kind."""
    parts = text.split(" ")
    at = random.randrange(len(parts))
    if change == "double" and any(separator.strip(" ") in parts[at][:-1] for separator in SEPARATORS):
        return text
    if change == "insert":
        return " ".join([*parts[:at], random.choice(UNKNOWN), *parts[at:]])
    if change == "misspell":
        word = parts[at]
        place = random.randrange(len(word)) if word else 0
        letter = random.choice("qxzwjk")
        parts[at] = word[:place] + letter + word[place + random.choice((0, 1)) :]
        return " ".join(parts)
    if change == "double":
        return " ".join([*parts[: at + 1], *parts[at:]])
    if change == "negate":
        return (
            " ".join([*parts[:at], random.choice(NEGATIONS), *parts[at:]])
            if random.random() < 0.7
            else f"{text} {random.choice(NEGATIONS)}"
        )
    places = [place for place, char in enumerate(text) if char in ",;|\n:=()"]
    if not places:
        return text
    place = random.choice(places)
    return text[:place] + (text[place] if change == "double separator" else "") + text[place + (change == "drop") :]


def wrong(base: dict[str, str], text: str, change: str, names: int) -> str:
    """What is wrong with the reading of a changed line; nothing if it is right or refused."""
    found = read_results(text)
    if found.problems:
        return ""
    reading = {result.id: result.result for result in found.results}
    new = set(reading) - set(base)
    if new:
        return f"new names {sorted(new)}" if change != "misspell" or not _declared(text, new) else ""
    turned = [id for id, result in reading.items() if result == "positive" and base[id] != "positive"]
    if turned and not (change == "negate" and all(base[id] == "negative" for id in turned)):
        return f"positive now: {turned}"
    if change == "negate" and names == 1 and reading == base and set(base.values()) <= {"positive", "negative"}:
        return "a negation changed nothing"
    return ""


def _declared(text: str, new: set[str]) -> bool:
    """Is the misspelled word itself a name of the vocabulary?"""
    return any(item.kind == "name" and item.value in new for item in line_of(text))


def run(examples: int, seed: int) -> Iterator[tuple[str, str, str, str]]:
    """Change, line, changed line and what is wrong (or `read`, `refused`), for every example."""
    source = random.Random(seed)
    for _ in range(examples):
        text, reading, names = line(source)
        first = read_results(text)
        if first.problems or {one.id: one.result for one in first.results} != reading:
            yield "base", text, text, "refused" if first.problems else f"read as {first.results}"
            continue
        change = source.choice(CHANGES)
        after = changed(text, change, source)
        fault = wrong(reading, after, change, names)
        yield change, text, after, fault or ("refused" if read_results(after).problems else "read")


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--examples", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args(arguments)
    counts: dict[str, Counter[str]] = {}
    faults = []
    for change, text, after, outcome in run(options.examples, options.seed):
        kind = outcome if outcome in ("read", "refused") else "wrong"
        counts.setdefault(change, Counter())[kind] += 1
        if kind == "wrong":
            faults.append(f"{change}: {text!r} -> {after!r}: {outcome}")
    for change, counted in sorted(counts.items()):
        print(
            f"{change}: {counted.total()} lines, read {counted['read']}, refused {counted['refused']}, wrong {counted['wrong']}"
        )
    for fault in faults[:40]:
        print(fault)
    return 1 if faults else 0


if __name__ == "__main__":
    raise SystemExit(main())
