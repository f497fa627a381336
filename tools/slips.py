"""Type every name of a vocabulary with every slip of one letter, and count what each is read as.

    python tools/slips.py antibodies            every alias, every deletion, insertion, substitution and swap
    python tools/slips.py subtypes --every 10   every tenth alias

Exit 1 if one slip is read as another concept without being, itself, a declared name (the declared name may stand with "anti", "Ac" or a
word for "antibody" or "positive"). Counts go to standard output.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator
from multiprocessing import Pool

from myofind.names import canon
from myofind.names.matching import mentions, replaced
from myofind.names.normal import compact, words
from myofind.names.signs import drop_positive
from myofind.names.store import read
from myofind.names.vocabulary import _read, span_index, terms

ALPHABET = "abcdefghijklmnopqrstuvwxyz0123456789 -/+"


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
    return [
        (alias.removeprefix("="), term.id)
        for term in terms(kind)
        if term.klass != "status"
        for alias in dict.fromkeys((term.en, term.fr, *term.aliases))
    ]


def declared(kind: str, name: str, typed: str, id: str) -> bool:
    """Is this string a name of this concept in the table itself, whatever generic word stands with it?

    In a diagnosis of several words, so is a string whose changed word is itself a declared short name ("juvenile PM", "juvenile DM").
    """
    keys = read(f"keys_{kind}")
    if kind == "subtypes" and any(word in keys for word in set(words(typed)) - set(words(name))):
        return True
    if keys.get(compact(typed)) == id:
        return True
    if kind == "antibodies":
        rest, positive = drop_positive(words(typed))
        key = canon.antibody_key(rest)
        wanted = [key.base, "!" + key.base, key.base + "+"] if positive or key.marked else [key.base]
        return any(keys.get(one) == id for one in wanted) or keys.get("=" + compact(typed)) == id
    if kind == "countries":
        bags = read("bags_countries")
        return id in (keys.get(canon.country_key(words(typed))), bags.get(canon.country_bag(words(typed))))
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
    counts: Counter[str] = Counter()
    wrong = []
    for typed in set(slips(name)):
        found = _read(kind, typed, False)
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


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("kind", choices=("antibodies", "subtypes", "countries", "drugs"))
    parser.add_argument("--every", type=int, default=1)
    options = parser.parse_args()
    jobs = [(options.kind, name, id) for name, id in names(options.kind)[:: options.every]]
    total: Counter[str] = Counter()
    wrong: list[str] = []
    with Pool() as pool:
        for counts, bad in pool.imap_unordered(count, jobs, chunksize=8):
            total += counts
            wrong += bad
    print(
        f"{options.kind}: {len(jobs)} names, {total.total()} slips: "
        + ", ".join(f"{what} {n}" for what, n in sorted(total.items()))
    )
    for line in sorted(wrong):
        print(line)
    return 1 if wrong else 0


if __name__ == "__main__":
    raise SystemExit(main())
