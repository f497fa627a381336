"""What a text is that stands in a field which does not read it, and the option to type it with: `rituximab` as a subtype is `-T "rituximab"`.

A text is tried with the reader of every other field; nothing of it becomes a fact. Only a refusal asks, so the readers are imported here alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date

from myofind.asking.small_words import NOT_KNOWN
from myofind.asking.tokens import name_words
from myofind.diagnostics import InputError, shown
from myofind.domain.dates import Unread
from myofind.domain.patient import OTHER, InDoubt
from myofind.names.normal import normal_form, word_set, words
from myofind.names.result_words import DENIALS
from myofind.names.vocabulary import ids, resolve
from myofind.records import NamedTuple

__all__ = [
    "APART",
    "OF_A_RELATIVE",
    "RULED_OUT",
    "Elsewhere",
    "beside",
    "elsewhere",
    "part_elsewhere",
    "says_nothing",
    "typed_with",
    "what_to_type",
]


class Elsewhere(NamedTuple):
    """An option and the text it reads, with what that text is in English and French."""

    option: str
    text: str
    what: tuple[str, str]
    more: tuple[str, str] = ("", "")
    """What else to say of it."""


_LONGEST = 120
_IN = re.compile(r"(?i)^(?:from|in|en|au|aux|à|a|de|du|near|aus|bei)\s+(?:la\s+|le\s+|l')?")
"""What may stand before a place."""
_UNDER = re.compile(
    r"(?i)^(?:(?:currently|now|actuellement|derzeit)\s+)?(?:(?:treated|traité|traitée|traite|traitee|behandelt)\s+(?:with|by|par|avec|mit)\s+|under\s+|receiving\s+"
    r"|sous traitement (?:par|de)\s+|with\s+|avec\s+)"
)
"""What says that a drug is taken now."""
_NOW = re.compile(r"(?i)^(?:now|currently|actuellement|maintenant|jetzt)\s+")
"""What may stand before an age."""
_SINCE = re.compile(r"(?i)^(?:since|for|depuis|seit|vor|from)\s+")
_NOTHING = (
    NOT_KNOWN
    | {"", "n a", "en cours", "en cours de bilan", "en attente", "a preciser", "non renseigne", "non connu"}
    | {"not known", "not available", "keine angabe", "nicht bekannt"}
    | word_set("na none nc nr nd aucun aucune tbd pending unklar sans missing null")
)
"""Texts, in the normal form, that say that nothing is known."""
_PANEL = word_set("dot blot immunodot lineblot panel euroline bilan elisa antibody antibodies anticorps antikorper")
_NO_ANTIBODY = frozenset(("ab_unknown", "seroneg"))
"""What the vocabulary of antibodies says of a result as a whole."""
_DENYING = DENIALS | {
    "r",
    "rule",
    "but",
    "naive",
    "naif",
    "naiv",
    "refractory",
    "refractaire",
    "resistant",
    "failed",
    "echec",
    "failure",
}
"""Words that deny what stands beside them, or say that a drug failed: no command is proposed for it then."""
_DOUBTING = word_set(
    "suspicion suspected suspecte suspectee possible possibly probable probably probablement risk risque doute doubt likely presumed verdacht vermutet moglich fraglich"
    " confirmed confirmee confirme unclear incertain incertaine discute discutee eliminer exclure unlikely peut maybe perhaps question bilan pending attente"
)
"""Words that doubt what stands beside them."""
_NOT_TAKEN = word_set(
    "envisage envisagee envisages planned prevu prevue prevus scheduled propose proposee proposed considered consider candidate candidat eligible awaiting geplant refuse refusee refused declined"
)
"""Words that say of a drug that it is only planned, or was refused: no command is proposed for it then."""
_PART = re.compile(r"[^\s,;()/]+")


def typed_with(option: str, text: str) -> str:
    """A part of a command: `-T "MTX now"`, quotes only where the shell needs them."""
    return f'{option} "{text}"' if re.search(r"[^\w.=%-]", text) else f"{option} {text}"


def what_to_type(other: Elsewhere, before: str = "") -> tuple[str, str]:
    """What a text is and the part of a command that reads it, after a part that is read already."""
    command = " ".join(filter(None, (before, typed_with(other.option, other.text))))
    en, fr = other.what
    name = shown(other.text, 40)
    return f"`{name}` is {en}: write `{command}`{other.more[0]}", f"`{name}` : {fr} ; écrire `{command}`{other.more[1]}"


RULED_OUT = (
    "name the disease the patient has, without those ruled out",
    "nommer la maladie du patient, sans celles écartées",
)
OF_A_RELATIVE = (
    "name only what the patient has: a disease of a relative is asked for by no trial",
    "nommer seulement ce qu'a le patient : la maladie d'un parent n'est demandée par aucun essai",
)
_RELATIVES = word_set(
    "mother father parent parents sister brother sibling siblings cousin aunt uncle grandmother grandfather son daughter relative relatives twin family familial"
    " mere pere soeur frere fratrie cousine tante oncle fils fille jumeau jumelle famille familiaux familiale mutter vater schwester bruder familie"
)
"""Words for a relative, whose disease is not the patient's."""
APART = (
    'give what stands beside it apart: a fact as `-F cancer`, an antibody as `-A "Jo-1 +"`, a treatment as `-T "rituximab until 2024-05"`; leave out the rest',
    'donner à part ce qui est à côté : une donnée comme `-F cancer`, un anticorps comme `-A "Jo-1 +"`, un traitement comme `-T "rituximab jusqu\'en 2024-05"`',
)


def beside(typed: str, piece: str, diagnosis: str, day: date) -> tuple[str, str]:
    """What to type instead of a piece of a text that stands with a diagnosis and is no part of it.

    Nothing is proposed for it where another part of the text might deny it.
    """
    other = elsewhere(piece, day, leaving=("-s",))
    if other is not None and _DENYING.isdisjoint(words(typed.replace(piece, " "))) and not _doubted(typed, piece):
        return what_to_type(other, typed_with("-s", diagnosis))
    said = words(piece)
    if not _RELATIVES.isdisjoint(said):
        return OF_A_RELATIVE
    named = any(resolve("subtypes", word, exact=True).id is not None for word in said)
    denied = not _DENYING.isdisjoint(said) if named else set(said) <= DENIALS | {"rule", "out", "r", "o", "but"}
    return RULED_OUT if denied else APART


def _doubted(typed: str, piece: str) -> bool:
    """Does a word doubt a piece of a text? One before the disease doubts the disease."""
    before, _, after = typed.partition(piece)
    near = words(after)
    for word in reversed(words(before)):
        if resolve("subtypes", word, exact=True).id is not None:
            break
        near.append(word)
    return not _DOUBTING.isdisjoint(near)


def elsewhere(text: str, day: date, *, leaving: Iterable[str] = ()) -> Elsewhere | None:
    """The first option that reads a text, of those not left out; None where none does."""
    plain = text.strip(" ,;:()[]")
    if not plain or len(plain) > _LONGEST:
        return None
    left = frozenset(leaving)
    return next((found for found in _readings(plain, day) if found.option not in left), None)


_MOST_PARTS = 12
"""Parts of lists that are looked at for what belongs to another option."""


def part_elsewhere(texts: Iterable[str], day: date) -> Elsewhere | None:
    """Of lists of treatments the first part that names no drug and is a fact, an antibody or a disease: `no cancer` in `MTX; no cancer`."""
    from myofind.asking.treatment_drugs import companion, named_drug
    from myofind.asking.treatment_words import NEVER_OTHER, NO_OTHER

    parts = [
        part.strip() for text in texts for part in re.split(r"[,;\n]", text) if part.strip() not in ("", text.strip())
    ]
    for part in parts[:_MOST_PARTS]:
        if name_words(part) in NO_OTHER | NEVER_OTHER or named_drug(part) or companion(part):
            continue
        other = elsewhere(part, day, leaving=("-T",))
        if other is not None and other.option in ("-F", "-A", "-s"):
            return other
    return None


def says_nothing(text: str) -> bool:
    """Does a text say that nothing is known, as `n/a`, `?`, `en cours de bilan`?"""
    return normal_form(text) in _NOTHING


def _readings(text: str, day: date) -> Iterator[Elsewhere]:
    yield from _person(text, day)
    if resolve("subtypes", text, exact=True).id is not None:
        yield Elsewhere("-s", text, ("a disease", "une maladie"))
    place = _IN.sub("", text)
    named = (len(place) > 2 or place.isupper()) and len(place) > 1 and _DENYING.isdisjoint(words(place))
    if named and resolve("countries", place, exact=True).id is not None:
        yield Elsewhere("-c", place, ("a country or a place", "un pays ou un lieu"))
    yield from _antibody(text)
    yield from _treatment(text, day)
    yield from _fact(text, day)
    yield from _beginning(text, day)


def _reads(read: Callable[..., object], *arguments: object) -> bool:
    """Does a reader make something of a text?"""
    try:
        return bool(read(*arguments))
    except (InputError, Unread):
        return False


def _person(text: str, day: date) -> Iterator[Elsewhere]:
    from myofind.asking.profile_keys import read_sex
    from myofind.domain import ages

    text = _NOW.sub("", text)
    year = re.fullmatch(r"[0-9]{4}", text)
    if not year and any(char.isdigit() for char in text) and _reads(ages.read_age, text, day):
        yield Elsewhere("-a", text, ("an age", "un âge"), _or_length(text))
    dated = re.search(r"[0-9]{4}.*[0-9]|[0-9].*[0-9]{4}", text)
    if dated and _reads(ages.read_birth_date, text, day):
        yield Elsewhere("-b", text, ("a date", "une date"), (" if it is the birth", " si c'est la naissance"))
    if len(text) > 1 and _reads(read_sex, text):
        yield Elsewhere("--sex", read_sex(text) or text, ("a sex", "un sexe"))


def _or_length(text: str) -> tuple[str, str]:
    """What else to say of an age that may as well be how long the disease lasts: `2 ans`."""
    if not re.fullmatch(r"(?i)[0-9]{1,2} ?(?:ans?|mois|years?|yrs?|months?|jahre?|monate?)", text):
        return "", ""
    return (
        f' if it is the age, `--onset "{text} ago"` if it began then',
        f" si c'est l'âge, `--onset \"il y a {text}\"` si elle a commencé alors",
    )


def _antibody(text: str) -> Iterator[Elsewhere]:
    from myofind.names.compiled_files import span_index
    from myofind.names.laboratory import read_results
    from myofind.names.mentions import mentions

    typed = words(text)
    if resolve("antibodies", text, exact=True).id == "seroneg":
        yield Elsewhere("-A", text, ("a result of antibodies", "un résultat d'anticorps"))
        return
    if _PANEL.isdisjoint(typed) and any(resolve("subtypes", word, exact=True).id for word in typed):
        return  # a disease that is denied
    named = (
        mentions(typed, span_index()) or resolve("antibodies", text, exact=True).id in ids("antibodies") - _NO_ANTIBODY
    )
    found = read_results(text) if named or not _PANEL.isdisjoint(typed) else None
    if found and found.results and not found.problems:
        yield Elsewhere("-A", text, ("an antibody", "un anticorps"))


def _drugs(text: str, day: date) -> bool:
    from myofind.asking.typed_treatments import read_treatments

    return any(treatment.drug != OTHER for treatment in read_treatments((text,), day).treatments)


def _treatment(text: str, day: date) -> Iterator[Elsewhere]:
    what = ("a treatment", "un traitement")
    for typed in dict.fromkeys((text, _UNDER.sub("", text))):
        if _reads(_drugs, typed, day):
            yield Elsewhere("-T", typed, what)
    parts = [match[0] for match in _PART.finditer(text)] if _NOT_TAKEN.isdisjoint(words(text)) else []
    spans = (" ".join(parts[at:end]) for at in range(len(parts)) for end in range(min(len(parts), at + 3), at, -1))
    drug = next((span for span in spans if len(span) > 2 and resolve("drugs", span, exact=True).id is not None), None)
    if drug is not None:
        more = (
            ", with `since 2024-05`, `until 2026-05` or `never` as it was",
            ", avec `depuis 2024-05`, `jusqu'en 2026-05` ou `jamais` selon le cas",
        )
        yield Elsewhere("-T", drug, what, more)


def _is_fact(text: str, day: date) -> bool:
    from myofind.asking.typed_facts import read_facts

    return _reads(lambda: read_facts((text,), day, None).values)


def _fact(text: str, day: date) -> Iterator[Elsewhere]:
    if _is_fact(text, day) and (_DOUBTING.isdisjoint(words(text)) or not _makes_a_fact_of_doubt(text, day)):
        yield Elsewhere("-F", text, ("a fact", "une donnée"))


def _makes_a_fact_of_doubt(text: str, day: date) -> bool:
    """Would a text that holds a word of doubt be read as a fact that is beyond doubt?"""
    from myofind.asking.typed_facts import read_facts

    return any(not isinstance(value, InDoubt) for value in read_facts((text,), day, None).values.values())


def _beginning(text: str, day: date) -> Iterator[Elsewhere]:
    from myofind.domain.onsets import read_onset

    if not _reads(read_onset, text, day, None):
        return
    length = _SINCE.sub("", text)
    ago = f"{length} ago" if re.match(r"(?i)(?:for|since)\s", text) else f"il y a {length}"
    forms = (f"diagnosed {each}" for each in (length, ago, text))
    diagnosed = next((typed for typed in forms if _is_fact(typed, day)), "")
    if diagnosed:
        option = typed_with("-F", diagnosed)
        more = (
            f" if it began then, `{option}` if the diagnosis was then",
            f" si elle a commencé alors, `{option}` si le diagnostic date d'alors",
        )
        yield Elsewhere("--onset", text, ("a time", "une date ou un délai"), more)
