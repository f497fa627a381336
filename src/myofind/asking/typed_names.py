"""A typed name of a subtype, an antibody or a country leads to its id, or is refused with what was meant."""

from __future__ import annotations

import re
from datetime import date
from typing import Literal

from myofind.diagnostics import Ambiguous, InputError, shown
from myofind.names.vocabulary import Resolution, label, resolve
from myofind.words.wording import Lang, listing, pick

Named = Literal["subtypes", "antibodies", "countries"]
"""The fields of `Typed` that hold names."""

_KINDS: dict[Named, tuple[str, str]] = {
    "subtypes": ("subtype", "sous-type"), "antibodies": ("autoantibody", "auto-anticorps"),
    "countries": ("country", "pays"),
}  # fmt: skip
_NOT_DENIED: dict[Named, tuple[str, str]] = {
    "subtypes": ("name the disease the patient has, without those ruled out; ", "nommer la maladie du patient, sans celles écartées ; "),
    "countries": ("name with -c the countries the patient can go to; ", "nommer par -c les pays où le patient peut aller ; "),
}  # fmt: skip
_OPTIONS: dict[Named, str] = {"subtypes": "-s", "antibodies": "-A", "countries": "-c"}
_LEFT_OUT: dict[Named, tuple[str, str]] = {
    "subtypes": ("leave -s out where the disease is not known, or write `-s myositis` where its kind is not", "omettre -s si la maladie n'est pas connue, ou écrire `-s myosite` si son type ne l'est pas"),
    "antibodies": ("leave -A out where nothing is known", "omettre -A si rien n'est connu"),
    "countries": ("leave -c out: trials everywhere are then shown", "omettre -c : les essais de tous les pays sont alors montrés"),
}  # fmt: skip
_NO_COUNTRY = (
    "name the countries, each with -c; without -c trials everywhere are shown",
    "nommer les pays, chacun par -c ; sans -c, les essais de tous les pays sont montrés",
)
_DOUBT = (
    ("cannot be read", "ne peut être lu"),
    ("must be confirmed", "est à confirmer"),
    ("has more than one reading", "se lit de plusieurs façons"),
)
"""What is said of an ambiguous name with no reading, one, or several."""


def _choice(kind: str, one: str, lang: Lang) -> str:
    """What to type for a reading: the name of a country, since its code may be what was ambiguous; else the id."""
    name = label(kind, one, lang)
    return f"`{name}` ({one})" if kind == "countries" else f"`{one}` ({name})"


def _typed_again(kind: str, one: str) -> str:
    """How a reading is typed beyond doubt: a country by its name, since its code may be what was ambiguous."""
    return label(kind, one) if kind == "countries" else one


def accepted(found: Resolution, slips: list[str], kind: Named, text: str, lang: Lang, day: date | None = None) -> str:
    """The id that a name of a text leads to; raises InputError, or Ambiguous with the text of each reading.

    With the day of evaluation, a text that another field would read is told by what it is.
    """
    typed, what = shown(found.typed or text), pick(lang, *_KINDS[kind])
    if found.id is not None:
        if found.outcome == "accepted" or found.place:
            name = label(found.kind, found.id, lang)
            slips.append(pick(lang, f"read `{typed}` as {name}", f"`{typed}` : lu comme {name}"))
        return found.id
    names = pick(lang, f"`myofind vocab {found.kind}` lists the names", f"`myofind vocab {found.kind}` donne les noms")
    if found.outcome == "ambiguous":
        several = listing((_choice(found.kind, one, lang) for one in found.candidates), lang)
        from myofind.words.reading_notes import why

        doubt, reason = _DOUBT[min(2, len(found.candidates))], why(found, lang)
        message = pick(lang, f"`{typed}` as {what} {doubt[0]}: {reason}", f"`{typed}` ({what}) {doubt[1]} : {reason}")
        hint = pick(lang, f"which is meant: {several}?", f"lequel est-ce : {several} ?") if several else names
        if kind == "countries" and not several:
            hint = pick(lang, *_NO_COUNTRY)
        if len(found.candidates) < 2 or found.typed not in text:
            raise InputError(message, hint)
        meant_texts = tuple(
            (text.replace(found.typed, _typed_again(found.kind, one), 1), f"{label(found.kind, one, lang)} ({one})")
            for one in found.candidates
        )
        raise Ambiguous(message, hint, field=kind, typed=text, readings=meant_texts)
    unknown = pick(lang, f"`{typed}` is not a known {what}", f"`{typed}` n'est pas connu ({what})")
    from myofind.asking.other_fields import elsewhere, says_nothing, what_to_type

    if says_nothing(found.typed):
        raise InputError(unknown, pick(lang, *_LEFT_OUT[kind]))
    inside = _inside(found) if found.why != "denied" else ()
    other = elsewhere(found.typed, day, leaving=(_OPTIONS[kind],)) if day is not None and not inside else None
    if other is not None and (found.why != "denied" or kind == "subtypes"):
        raise InputError(unknown, pick(lang, *what_to_type(other)))
    if found.why == "denied":
        raise InputError(unknown, pick(lang, *_NOT_DENIED.get(kind, ("", ""))) + names)
    near = listing((f"`{one}` ({label(found.kind, one, lang)})" for one in inside or found.suggestions), lang)
    meant = pick(lang, f"did you mean {near}? ", f"peut-être {near} ? ") if near else ""
    raise InputError(unknown, meant + names)


def _inside(found: Resolution) -> tuple[str, ...]:
    """The countries that words of an unknown text name: `near Paris`, `France only`."""
    if found.kind != "countries" or re.search(_SEVERAL, found.typed):
        return ()
    every = [word for word in re.split(r"[\s,;:()/]+", found.typed) if word]
    codes = all(len(word) == 2 and word.isupper() for word in every)
    said = every if codes else [word for word in every if len(word) > 2]
    spans = (" ".join(said[at : at + length]) for length in (3, 2, 1) for at in range(len(said) - length + 1))
    named = (resolve("countries", span, exact=True).id for span in spans)
    return tuple(dict.fromkeys(id for id in named if id is not None))[:3]


def countries(text: str, exact: bool) -> list[Resolution]:
    """The countries a text names, several where signs part them.

    A place before a comma may be in what follows it: `London, Ontario` has two readings and stays one, ambiguous name.
    """
    names: list[Resolution] = []
    for item in filter(None, (" ".join(each.split()) for each in text.split(";"))):
        whole = resolve("countries", item, exact=True)
        if whole.id is not None:
            names.append(whole)
            continue
        parts = [resolve("countries", part, exact=exact) for part in filter(None, re.split(_SEVERAL, item))]
        unclear = bool(whole.candidates) and (whole.why != "several" or not all(part.id for part in parts))
        listed = "," in item
        if len(parts) < 2 or (not listed and (unclear or not all(part.id for part in parts))):
            names.append(whole if whole.candidates else resolve("countries", item, exact=exact))
        elif (
            ("," in item or "/" in item)
            and any(part.place for part in parts[:-1])
            and len({part.id for part in parts}) > 1
        ):
            names.append(whole)
        else:
            names += parts
    return names


_SEVERAL = r"(?i)\s*,\s*|\s*/\s*|\s+(?:and|et|und|or|ou|oder)\s+"
"""What stands between countries: a name that holds it itself is read whole."""
