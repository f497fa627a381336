"""Type every name of a vocabulary with every slip of one letter, and count what each is read as.

    python tools/slips.py                        the four kinds in full: every name, every deletion, insertion, substitution and swap
    python tools/slips.py subtypes countries     these kinds in full
    python tools/slips.py --quick                antibodies and drugs in full, a seeded share of the rest (one in 60): a minute on one core
    python tools/slips.py --quick --seed 7       another share
    python tools/slips.py --every 10             a share of one name in ten of every kind

The names of a synthetase that are put together from its amino acid (histidine-tRNA ligase, His-tRNA synthetase …) are a kind of their own here,
`enzymes`, read as antibodies. One line a kind goes to standard output: names, slips, and how many were refused (unknown or ambiguous), read as the same concept, or are
themselves a declared name of another. Exit 1, with every case, if one slip is read as another concept without being a declared name (the
declared name may stand with "anti", "Ac" or a word for "antibody" or "positive"); exit 0 otherwise.
"""

from __future__ import annotations

import argparse
import random
import runpy
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from multiprocessing import Pool
from pathlib import Path

from data_files import yaml_of

from myofind.names import rewriting
from myofind.names.compiled_files import read, span_index
from myofind.names.mentions import mentions, replaced
from myofind.names.normal import compact, words
from myofind.names.result_words import drop_positive
from myofind.names.vocabulary import KINDS, recognize, terms

ALPHABET = "abcdefghijklmnopqrstuvwxyz0123456789 -/+"
CHOICES = (*KINDS, "enzymes")
IN_FULL = ("antibodies", "drugs")
"""What `--quick` reads in full: these names are exact or refused, and never wrong."""
SHARE = 60
"""One name in this many of the other kinds, with `--quick`."""
COMPILER = Path(__file__).with_name("compile_names.py")
DATA = Path(__file__).resolve().parent.parent / "src" / "myofind" / "names" / "data" / "antibodies.yaml"


def slips(name: str) -> Iterator[str]:
    """Every string one slip away."""
    for at in range(len(name)):
        yield name[:at] + name[at + 1 :]
        for letter in ALPHABET:
            yield name[:at] + letter + name[at + 1 :]
    for at in range(len(name) - 1):
        yield name[:at] + name[at + 1] + name[at] + name[at + 2 :]
    for at in range(len(name) + 1):
        for letter in ALPHABET:
            yield name[:at] + letter + name[at:]


def names(kind: str) -> list[tuple[str, str]]:
    """Every name of a kind and its concept; the words for "not tested" and "seronegative" are no names of antibodies."""
    if kind == "enzymes":
        build = runpy.run_path(str(COMPILER))["enzyme_names"]
        held = yaml_of(DATA)["terms"]
        return [(name, term["id"]) for term in held for name in dict.fromkeys(build(*term.get("enzyme", ())))]
    return [
        (alias.removeprefix("="), term.id)
        for term in terms(kind)
        if term.klass != "status"
        for alias in dict.fromkeys((term.en, term.fr, *term.aliases))
    ]


def share(kind: str, every: int, seed: int) -> list[tuple[str, str]]:
    """One name in `every`, the same ones for the same seed."""
    every_name = names(kind)
    if every <= 1:
        return every_name
    return random.Random(f"{seed} {kind}").sample(every_name, -(-len(every_name) // every))


def declared(kind: str, name: str, typed: str, id: str) -> bool:
    """Is this string a name of this concept in the table itself, whatever generic word stands with it?

    In a diagnosis of several words, so is a string whose changed word is itself a declared short name ("juvenile PM", "juvenile DM").
    """
    keys = read(f"keys_{kind}")
    if kind == "subtypes" and any(word in keys for word in set(words(typed)) - set(words(name))):
        return True
    if keys.get(compact(typed), "").lstrip("@") == id:
        return True
    if kind == "antibodies":
        rest, positive = drop_positive(words(typed))
        key = rewriting.antibody_key(rest)
        wanted = [key.base, "!" + key.base, key.base + "+"] if positive or key.marked else [key.base]
        return any(keys.get(one) == id for one in wanted) or keys.get("=" + compact(typed)) == id
    if kind == "countries":
        bags = read("bags_countries")
        owners = keys.get(rewriting.country_key(words(typed))), bags.get(rewriting.country_bag(words(typed)))
        return id in [owner.lstrip("@") for owner in owners if owner]
    typed_words = words(typed)
    rest = [word for word in replaced(typed_words, mentions(typed_words, span_index())) if not word.startswith("@")]
    while (rest and rest[-1] in ("anti", "ac", "anticorps", "a")) or (rest and rest[-1].startswith("+")):
        rest.pop()
    while rest and rest[0] in ("anti", "ac"):
        del rest[0]
    return bool(keys.get("".join(rest)) == id)


def count(job: tuple[str, str, str]) -> tuple[Counter[str], list[str]]:
    """The outcomes of every slip of one name, and the wrong ones."""
    kind, name, id = job
    kind = "antibodies" if kind == "enzymes" else kind
    counts: Counter[str] = Counter()
    wrong = []
    for typed in set(slips(name)):
        found = recognize(kind, typed)
        if found is None:
            counts["unknown"] += 1
        elif found.id is None:
            counts["ambiguous"] += 1
        elif found.id == id:
            counts[f"same ({found.outcome})"] += 1
        elif found.outcome == "exact" and declared(kind, name, typed, found.id):
            counts["a declared name of another"] += 1
        else:
            counts["WRONG"] += 1
            wrong.append(f"{name} ({id}) typed `{typed}` is read as {found.id} ({found.outcome})")
    return counts, wrong


def run(kind: str, chosen: Sequence[tuple[str, str]], processes: int | None) -> list[str]:
    """Count one kind, print its line, and give the wrong ones."""
    start = time.perf_counter()
    total: Counter[str] = Counter()
    wrong: list[str] = []
    jobs = [(kind, name, id) for name, id in chosen]
    with ExitStack() as stack:
        results: Iterable[tuple[Counter[str], list[str]]] = map(count, jobs)
        if processes != 1:
            results = stack.enter_context(Pool(processes)).imap_unordered(count, jobs, chunksize=8)
        for counts, bad in results:
            total += counts
            wrong += bad
    outcomes = ", ".join(f"{what} {n}" for what, n in sorted(total.items()) if what != "WRONG")
    print(
        f"{kind}: {len(jobs)} of {len(names(kind))} names, {total.total()} slips, wrong {len(wrong)}: {outcomes}"
        f" [{time.perf_counter() - start:.0f} s]",
        flush=True,
    )
    return sorted(wrong)


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "kinds", nargs="*", metavar="KIND", help=f"{', '.join(CHOICES)}; all of them when none is given"
    )
    parser.add_argument("--quick", action="store_true", help=f"{' and '.join(IN_FULL)} in full, a share of the others")
    parser.add_argument("--every", type=int, default=1, metavar="N", help="one name in N of every kind")
    parser.add_argument("--seed", type=int, default=0, help="which share")
    parser.add_argument("--jobs", type=int, default=None, metavar="N", help="processes, one a core when not given")
    options = parser.parse_args(arguments)
    for kind in options.kinds:
        if kind not in CHOICES:
            parser.error(f"unknown kind `{kind}`: {', '.join(CHOICES)}")
    wrong: list[str] = []
    for kind in options.kinds or CHOICES:
        every = options.every
        if options.quick:
            every = 1 if kind in IN_FULL else SHARE
        wrong += run(kind, share(kind, every, options.seed), options.jobs)
    for line in wrong:
        print(line)
    print(f"wrong: {len(wrong)}")
    return 1 if wrong else 0


if __name__ == "__main__":
    raise SystemExit(main())
