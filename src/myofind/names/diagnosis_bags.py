"""A diagnosis as the set of its telling words, with or without the antibodies among them."""

from collections.abc import Iterable, Sequence

from myofind.names.autoantibodies import named_with
from myofind.names.compiled_files import read, span_index
from myofind.names.diagnosis_words import diagnosis_words
from myofind.names.mentions import diagnosis_bag, mentions, replaced
from myofind.names.normal import word_set, words
from myofind.names.result_words import DENIALS, result_at, says_a_result
from myofind.names.subtypes import is_inflammatory

__all__ = [
    "antibodies_of",
    "kinds_within",
    "owner_beside_lung_disease",
    "owner_of_words",
    "owner_without_antibodies",
    "refined",
]


def owner_of_words(typed: str) -> str | None:
    """The owner of a diagnosis by its telling words, the antibodies among them."""
    return _bag_owner(diagnosis_bag(words(typed), span_index()))


def _bag_owner(bag: str) -> str | None:
    """The owner of a set of words; a cancer beside a diagnosis leaves the diagnosis what it is."""
    bags: dict[str, str] = read("bags_subtypes")
    owner = bags.get(bag)
    told = bag.split()
    if owner is None and "cancer" in told and "sine" not in told:
        owner = bags.get(" ".join(word for word in told if word != "cancer"))
    return owner if bag else None


def owner_beside_lung_disease(typed: str) -> str | None:
    """The owner of a diagnosis that lung disease is written with, as in `DM-ILD`; None where another word stands there."""
    typed_words = words(typed)
    if _denies_lungs(typed_words):
        return None
    plain = replaced(typed_words, mentions(typed_words, span_index()))
    told = set(diagnosis_words(word for word in plain if not word.startswith("@")))
    owner = _bag_owner(" ".join(sorted(told - {"ild", "rapid"}))) if "ild" in told else None
    return None if owner is None or owner[0] in "?|" else owner


_LUNGS = ("ild", "ilds", "pid")
_BEFORE_LUNGS = word_set("de d la une any rp rapidly rapidement progressive associated evidence")


def _denies_lungs(typed: list[str]) -> bool:
    """Does a denial stand right before the lung disease? `DM sans rash, sans PID` has none."""
    for at, word in enumerate(typed):
        before = [each for each in typed[:at] if each not in _BEFORE_LUNGS][-1:]
        if word in _LUNGS and not DENIALS.isdisjoint(before):
            return True
    return False


def kinds_within(typed: str, leaving: frozenset[str]) -> tuple[str, ...]:
    """The kinds of myositis that words of a text name, one or two words at a time; those of `leaving` are passed over."""
    typed_words = words(typed)
    plain = replaced(typed_words, mentions(typed_words, span_index()))
    keys: dict[str, str] = read("keys_subtypes")
    found: list[str] = []
    at = 0
    while at < len(plain):
        spans = (plain[at : at + 2], plain[at : at + 1])
        hits = ((span, keys.get("".join(span))) for span in spans)
        span, owner = next(((span, owner) for span, owner in hits if owner and owner not in leaving), ([], None))
        if owner and owner[0] not in "?|" and is_inflammatory(owner):
            found.append(owner)
        at += max(1, len(span))
    return tuple(dict.fromkeys(found))


def owner_without_antibodies(typed: str) -> str | None:
    """The owner of the diagnosis in a text that also names antibodies, which `myofind.names.diagnosis` reads."""
    typed_words = words(typed)
    found = mentions(typed_words, span_index())
    if not found:
        return None
    rest: list[str] = []
    for word in replaced(typed_words, found):
        if not word.startswith("@"):
            rest.append(word)
            continue
        while rest and rest[-1] in _BEFORE:
            rest.pop()
    kept: list[str] = []
    at = 0
    denied = len(rest) + len(found) < len(replaced(typed_words, found)) and bool(_DENIED & set(typed_words))
    while at < len(rest):
        result = result_at(rest, at)
        if result and says_a_result(rest[at], result[1]):
            denied = denied or result[0] != "positive"
            at += result[1]
        else:
            kept.append(rest[at])
            at += 1
    owner = _bag_owner(" ".join(sorted(set(diagnosis_words(kept)))))
    return refined(owner, (mention.id for mention in found)) if owner and not denied else owner


def antibodies_of(typed: Sequence[str]) -> frozenset[str]:
    """The antibodies that words name."""
    return frozenset(mention.id for mention in mentions(typed, span_index()))


def refined(owner: str, positive: Iterable[str]) -> str:
    """The subtype of its own that a disease is together with positive antibodies, or the disease."""
    told = set(positive)
    told |= {group for id in told for group in named_with(id)}
    narrow = {narrow for (broad, id), narrow in _REFINED.items() if broad == owner and id in told}
    return narrow.pop() if len(narrow) == 1 else owner


_DENIED = word_set("sans without no non not pas absence")
_REFINED = {
    ("imnm", "srp"): "imnm_srp",
    ("imnm", "hmgcr"): "imnm_hmgcr",
    ("dm", "mda5"): "dm_mda5",
    ("iim", "srp"): "imnm_srp",
    ("iim", "hmgcr"): "imnm_hmgcr",
    ("iim", "mda5"): "dm_mda5",
    ("iim", "ars_any"): "asys",
}
"""A diagnosis and a positive antibody, or a class of it, that are together a subtype of their own: antisynthetase syndrome is
the antibody together with myositis. Polymyositis stays what was typed, and a remark asks."""


_BEFORE = word_set(
    "anti ac anticorps antibody antibodies sans without no non not pas absence de d l des les et and und"
)
