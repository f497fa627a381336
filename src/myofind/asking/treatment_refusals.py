"""Why a typed treatment is not read, and what to type: the whole of it wherever it is known."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from myofind.asking.small_words import NEVER as SMALL_NEVER
from myofind.asking.tokens import Text, Token, fold, name_words, refusal, write_one_of
from myofind.asking.treatment_doses import PREDNISONE
from myofind.asking.treatment_words import DOUBT, FAILED, NEVER, NOT_GIVEN, NOT_NOW, NOW, PLANNED, THEN, WHEN
from myofind.diagnostics import Ambiguous, InputError, shown
from myofind.domain.treatment_facts import STEROID, of_class
from myofind.language import LANGUAGES
from myofind.names.vocabulary import Resolution, label, resolve

__all__ = ["no_drug", "puzzled", "shared_time", "which_drug", "which_time"]

_UNTREATED = frozenset(("untreated", "naive", "naif", "traite", "traitee", "treated"))


def no_drug(typed: str) -> InputError:
    """That a text names no drug; the nearest names, or the fact that is meant."""
    words = [word for word in re.split(r"[\s=]+", typed) if word]
    small = NOT_NOW | SMALL_NEVER | NOW | WHEN.keys()
    hint = ("`myofind vocab drugs` lists the names", "`myofind vocab drugs` donne les noms")
    if _UNTREATED.intersection(name_words(typed)):
        hint = (
            'write `-F "never treated"`, or `-T "no other"` where nothing is taken now',
            'écrire `-F "jamais traité"`, ou `-T "pas d\'autre"` si rien n\'est pris actuellement',
        )
    else:
        first = next((word for word in words if fold(word) not in small), typed)
        near = ", ".join(f"`{one}`" for one in resolve("drugs", first).suggestions)
        hint = (f"did you mean {near}?", f"peut-être {near} ?") if near else hint
    return refusal(
        f"`{shown(typed)}` names no drug of the vocabulary",
        f"`{shown(typed)}` ne nomme aucun médicament du vocabulaire",
        hint,
    )


def which_drug(typed: str, doubtful: Resolution) -> InputError:
    """A question where the name of a drug has more than one reading."""
    names = [", ".join(f"`{one}` ({label('drugs', one, lang)})" for one in doubtful.candidates) for lang in LANGUAGES]
    message = (
        f"`{shown(doubtful.typed)}` has more than one reading",
        f"`{shown(doubtful.typed)}` se lit de plusieurs façons",
    )
    hint = (f"which is meant: {names[0]}?", f"lequel est-ce : {names[1]} ?")
    folded = fold(typed)
    if len(doubtful.candidates) < 2 or folded.count(doubtful.typed) != 1:
        return InputError(message, hint)
    readings = tuple(
        (folded.replace(doubtful.typed, label("drugs", one)), f"{label('drugs', one)} ({one})")
        for one in doubtful.candidates
    )
    return Ambiguous(message, hint, field="treatments", typed=typed, readings=readings)


def which_time(typed: str, drug: str, days: str, *, past: bool, never: bool = False) -> InputError:
    """That nothing says whether a treatment began or ended then; with `never`, whether it was ever taken before."""
    texts = [*([f"never {drug}"] if never else []), f"{drug} until {days}", *([] if past else [f"{drug} since {days}"])]
    if never:
        message = (
            f"`{shown(typed)}`: was it taken before, or never?",
            f"`{shown(typed)}` : pris auparavant, ou jamais ?",
        )
    else:
        message = (
            f"`{shown(typed)}`: is {days} the last time it was taken, or its beginning?",
            f"`{shown(typed)}` : {days}, dernière prise ou début ?",
        )
    hint = write_one_of(texts)
    if len(texts) < 2:
        return refusal(
            f"`{shown(typed)}`: is {days} the last time it was taken?",
            f"`{shown(typed)}` : {days}, est-ce la dernière prise ?",
            hint,
        )
    return Ambiguous(message, hint, field="treatments", typed=typed, readings=tuple((text, text) for text in texts))


def shared_time(typed: str, parts: Sequence[str]) -> InputError:
    """That nothing says whether the time of the last treatment of a list is that of the others too."""
    last = parts[-1]
    at = min(match.start() for word in WHEN if (match := re.search(rf"(?<![a-z]){re.escape(word)}(?![a-z])", last)))
    told = WHEN.keys() | NOW | NOT_NOW | NEVER
    all_of_them = "; ".join(part if told & set(name_words(part)) else f"{part} {last[at:]}" for part in parts)
    readings = (all_of_them, "; ".join(parts))
    return Ambiguous(
        (
            f"`{shown(typed)}`: does what is said of the last treatment also hold for the others?",
            f"`{shown(typed)}` : ce qui est dit du dernier traitement vaut-il aussi pour les autres ?",
        ),
        write_one_of(readings),
        field="treatments",
        typed=typed,
        readings=tuple((text, text) for text in readings),
    )


def puzzled(text: Text, token: Token, drug: str, others: Sequence[str]) -> InputError:
    """That a word beside a drug is not understood, and what may be typed of that drug."""
    word, typed = shown(token.text, 20), shown(text.typed)
    id = resolve("drugs", drug, exact=True).id or ""
    said = set(others)
    second = _second_drug(others)
    if second is not None:
        joined = THEN & said
        texts = (f"{drug} stopped; {second}",) if joined else (f"{drug} + {second}", f"{drug} stopped; {second}")
        return refusal(
            f"`{typed}` names two treatments: what holds of each?",
            f"`{typed}` cite deux traitements : qu'en est-il de chacun ?",
            write_one_of(texts),
        )
    if FAILED & said:
        return _failed(typed, drug, id)
    if (NOT_GIVEN | PLANNED) & said or DOUBT & said:
        return _not_given(typed, token, drug, said)
    if (
        token.text.replace(",", "").replace(".", "").isdigit()
        and len(token.text) < 5
        and not token.text.startswith("20")
    ):
        return refusal(
            f"`{typed}`: `{word}` has no unit", f"`{typed}` : `{word}` sans unité", write_one_of([f"{drug} {word} mg"])
        )
    steroid = of_class(id, STEROID) if id else False
    example = f"{drug} 15 mg since 2026-01" if steroid and id in PREDNISONE else f"{drug} since 2026-01"
    changed = [f"{drug} changed 2026-10"] if steroid else []
    accepted = [drug, example, *changed, f"{drug} until 2026-05", f"{drug} stopped", f"never {drug}", f"no {drug}"]
    return refusal(
        f"`{typed}`: `{word}` is not understood",
        f"`{typed}` : `{word}` n'est pas compris",
        (f"accepted: {_listed(accepted)}", f"acceptés : {_listed(accepted)}"),
    )


def _second_drug(others: Iterable[str]) -> str | None:
    """Another drug among the words beside one."""
    for word in others:
        if len(word) > 1 and word.isalpha() and word not in WHEN and resolve("drugs", word, exact=True).id is not None:
            return word
    return None


def _failed(typed: str, drug: str, id: str) -> InputError:
    steroid = bool(id) and of_class(id, STEROID)
    count = ("steroids failed", "échec des corticoïdes") if steroid else ("1 drug failed", "1 médicament en échec")
    texts = _listed((f"{drug} stopped", f"{drug} now"))
    return refusal(
        f"`{typed}`: that it failed does not say whether it is still taken",
        f"`{typed}` : l'échec ne dit pas s'il est encore pris",
        (
            f'write one of {texts}, and count what failed beside: `-F "{count[0]}"`',
            f'écrire l\'un de {texts}, et compter les échecs à part : `-F "{count[1]}"`',
        ),
    )


def _not_given(typed: str, token: Token, drug: str, said: set[str]) -> InputError:
    telling = NOT_GIVEN | PLANNED | DOUBT
    word = shown(token.text if token.text in telling else sorted(telling & said)[0], 20)
    texts = _listed((f"no {drug}", f"never {drug}", f"{drug} stopped"))
    if DOUBT & said:
        what = ("what is not known is not typed", "ce qui n'est pas connu ne se donne pas")
    elif PLANNED & said:
        what = ("what is only planned is not typed", "ce qui n'est que prévu ne se donne pas")
    else:
        what = ("whether it was taken is to be said", "il faut dire s'il a été pris")
    return refusal(
        f"`{typed}`: `{word}` does not say whether it is or was taken",
        f"`{typed}` : `{word}` ne dit pas s'il est ou a été pris",
        (f"{what[0]}; as it is now: {texts}", f"{what[1]} ; actuellement : {texts}"),
    )


def _listed(texts: Iterable[str]) -> str:
    return ", ".join(f"`{text}`" for text in texts)
