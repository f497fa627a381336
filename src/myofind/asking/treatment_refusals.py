"""Why a typed treatment is not read, and what to type: the whole of it wherever it is known."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from myofind.asking.small_words import NEVER as SMALL_NEVER
from myofind.asking.small_words import RELATIVES
from myofind.asking.tokens import Text, Token, Unnamed, fold, name_words, refusal, write_one_of
from myofind.asking.treatment_doses import PREDNISONE
from myofind.asking.treatment_words import DOUBT, FAILED, INSTEAD, NOT_GIVEN, NOT_NOW, NOW, PLANNED, THEN, WHEN
from myofind.diagnostics import Ambiguous, InputError, shown
from myofind.domain.treatment_facts import STEROID, of_class
from myofind.language import LANGUAGES, Pair, Words, worded
from myofind.names.vocabulary import Resolution, label, resolve

__all__ = [
    "beside_only",
    "goes_on",
    "how_long",
    "last_course",
    "no_drug",
    "paused",
    "puzzled",
    "shared_word",
    "skin",
    "which_drug",
    "which_time",
]

_UNTREATED = frozenset(("untreated", "naive", "naif", "traite", "traitee", "treated"))


def no_drug(typed: str) -> InputError:
    """That a text names no drug; the nearest names, or the fact that is meant."""
    words = [word for word in re.split(r"[\s=]+", typed) if word]
    small = NOT_NOW | SMALL_NEVER | NOW | WHEN.keys()
    hint = ("`myofind vocab drugs` lists the names", "`myofind vocab drugs` donne les noms")
    told = bool(_UNTREATED.intersection(name_words(typed)))
    if told:
        hint = (
            'write `-F "never treated"`, or `-T "no other"` where nothing is taken now',
            'écrire `-F "jamais traité"`, ou `-T "pas d\'autre"` si rien n\'est pris actuellement',
        )
    else:
        first = next((word for word in words if fold(word) not in small), typed)
        near = ", ".join(f"`{one}`" for one in resolve("drugs", first).suggestions)
        hint = (f"did you mean {near}?", f"peut-être {near} ?") if near else hint
    message = (
        f"`{shown(typed)}` names no drug of the vocabulary",
        f"`{shown(typed)}` ne nomme aucun médicament du vocabulaire",
    )
    return refusal(*message, hint) if told else Unnamed(message, hint, typed=typed, field="treatments")


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


def _form(kind: str, drug: str, days: str = "") -> Pair:
    """What to type of a drug, in English and French."""
    en, fr = {
        "now": ("{0} now", "{0} actuellement"),
        "bare": ("{0}", "{0}"),
        "since": ("{0} since {1}", "{0} depuis {1}"),
        "changed": ("{0} changed {1}", "{0} modifié {1}"),
        "until": ("{0} until {1}", "{0} jusqu'en {1}"),
        "stopped": ("{0} stopped", "{0} arrêté"),
        "ended": ("{0} stopped {1}", "{0} arrêté {1}"),
        "never": ("never {0}", f"jamais {'d’' if drug[:1] in 'aeiouh' else 'de '}{{0}}".replace("’", "'")),
        "no": ("no {0}", "sans {0}"),
    }[kind]
    return en.format(drug, days), fr.format(drug, days)


def which_time(typed: str, drug: str, days: str, *, past: bool, never: bool = False, ago: bool = False) -> InputError:
    """That nothing says whether a treatment began or ended then; with `never`, whether it was ever taken before.

    `days` are a day, a month or a year, or with `ago` the words of a time.
    """
    texts = [_form("ended" if ago else "until", drug, days)]
    if never:
        texts.insert(0, _form("never", drug))
    if not past:
        texts.append(_form("since", drug, days))
    if never:
        message = ("was it taken before, or never?", "pris auparavant, ou jamais ?")
    elif past:
        message = (f"is {days} the last time it was taken?", f"{days}, est-ce la dernière prise ?")
    else:
        message = (
            f"is {days} the last time it was taken, or its beginning?",
            f"{days}, est-ce la dernière prise ou le début ?",
        )
    said = (f"`{shown(typed)}`: {message[0]}", f"`{shown(typed)}` : {message[1]}")
    readings = tuple((worded(text), worded(text)) for text in texts)
    if len(texts) < 2:
        return InputError(said, write_one_of(texts))
    return Ambiguous(said, write_one_of(texts), field="treatments", typed=typed, readings=readings)


def goes_on(typed: str, drug: str, days: str) -> InputError:
    """That the last time of a drug given at intervals does not say whether it goes on."""
    texts = [_form("now", drug), _form("until", drug, days)]
    return Ambiguous(
        (
            f"`{shown(typed)}`: does it go on, or did it end then?",
            f"`{shown(typed)}` : se poursuit-il, ou a-t-il pris fin alors ?",
        ),
        write_one_of(texts),
        field="treatments",
        typed=typed,
        readings=tuple((worded(text), worded(text)) for text in texts),
    )


def last_course(typed: str, drug: str) -> InputError:
    """That a number of courses says neither whether a treatment goes on, nor when the last one was."""
    return refusal(
        f"`{shown(typed)}`: does it go on, or when was the last?",
        f"`{shown(typed)}` : se poursuit-il, ou de quand date la dernière fois ?",
        write_one_of([_form("now", drug), _form("until", drug, "2026-05")]),
    )


def beside_only(drug: str) -> InputError:
    """That a drug is named apart from those that are said to be the only ones."""
    return refusal(
        f"{label('drugs', drug)} stands beside what is said to be the only treatment",
        f"{label('drugs', drug, 'fr')} s'ajoute à ce qui est dit le seul traitement",
        ("name them all together, or leave out the word `only`", "les nommer tous ensemble, ou retirer le mot `seul`"),
    )


def skin(typed: str, drug: str) -> InputError:
    """That a drug is put on the skin, while rules of trials speak of the drug taken."""
    return refusal(
        f"`{shown(typed)}`: on the skin; trials ask for the drug taken",
        f"`{shown(typed)}` : sur la peau ; les essais demandent le médicament pris",
        (
            f"leave it out, or write `{drug}` if it is taken too",
            f"ne pas le donner, ou écrire `{drug}` s'il est pris aussi",
        ),
    )


def how_long(typed: str, drug: str, words: str) -> InputError:
    """That a length of time does not say whether a treatment lasts, nor when it ended."""
    plain = re.sub(r"^(?:for|pendant|wahrend|x)\s+", "", words)
    texts = [_form("until", drug, "2026-05")]
    if not re.match(r"(?:within|dans|au cours|in the (?:last|past)|over)\b", plain):
        texts.insert(0, _form("since", drug, plain))
    return refusal(
        f"`{shown(typed)}`: for `{shown(words, 30)}`, and is it still taken?",
        f"`{shown(typed)}` : pendant `{shown(words, 30)}`, et est-il encore pris ?",
        write_one_of(texts),
    )


def paused(typed: str, drug: str, words: str) -> InputError:
    """That a length of time does not say whether a pause goes on."""
    length = re.sub(r"^(?:for|pendant|x)\s+", "", words)
    return refusal(
        f"`{shown(typed)}`: is it taken again?", f"`{shown(typed)}` : est-il repris ?",
        write_one_of([_form("now", drug), (f"{drug} stopped {length} ago", f"{drug} arrêté depuis {length}")]),
    )  # fmt: skip


def shared_word(typed: str, parts: Sequence[str], whole: Sequence[str]) -> InputError:
    """That nothing says whether what stands beside one treatment of a list is said of the others too; `whole` says it of all."""
    readings = ("; ".join(whole), "; ".join(parts))
    return Ambiguous(
        (
            f"`{shown(typed)}`: does what is said of one treatment also hold for the others?",
            f"`{shown(typed)}` : ce qui est dit d'un traitement vaut-il aussi pour les autres ?",
        ),
        write_one_of(readings),
        field="treatments",
        typed=typed,
        readings=tuple((text, text) for text in readings),
    )


_EXCEPT = frozenset(("sauf", "hormis", "excepte", "except", "hors", "ausser"))
"""What takes a drug out of those that are named: no help joins the two."""


def puzzled(text: Text, token: Token, drug: str, others: Sequence[str]) -> InputError:
    """That a word beside a drug is not understood, and what may be typed of that drug."""
    word, typed = shown(token.text, 20), shown(text.typed)
    id = resolve("drugs", drug, exact=True).id or ""
    said = set(others)
    if RELATIVES & said:
        from myofind.asking.fact_refusals import of_a_relative

        return of_a_relative(text)
    second = _second_drug(others)
    if second is not None:
        after, before = (
            tuple(f"{stopped}; {taken}" for stopped in _form("stopped", old))
            for old, taken in ((drug, second), (second, drug))
        )
        texts: list[Words] = [*([] if (THEN | INSTEAD) & said else [f"{drug} + {second}"]), (after[0], after[1])]
        if INSTEAD & said or not THEN & said:
            texts.append((before[0], before[1]))
        apart = (
            f"part the two, and say it of each: `{drug}: no, {second}: yes`",
            f"séparer les deux, et le dire de chacun : `{drug} : non, {second} : oui`",
        )
        return refusal(
            f"`{typed}` names two treatments: what holds of each?",
            f"`{typed}` cite deux traitements : qu'en est-il de chacun ?",
            apart
            if (NOT_NOW | SMALL_NEVER | _EXCEPT) & said or re.search(r"[±∓?]|\+\s?/\s?-", text.typed)
            else write_one_of(texts),
        )
    if FAILED & said:
        return _failed(typed, drug, id, denied=bool((NOT_NOW | SMALL_NEVER) & said))
    if (NOT_GIVEN | PLANNED) & said or DOUBT & said:
        return _not_given(typed, token, drug, said)
    following = text.folded[token.end :].lstrip()[:1]
    timed = re.match(
        r"\s*(?:[/x]|d|j|h|jours?|days?|heures?|hours?|ans?|years?|mois|months?|sem\w*|weeks?|fois|times|tage?|wochen?|monate?|jahre?)(?![a-z])",
        text.folded[token.end :],
    )
    number = re.fullmatch(r"(?!20[0-9]{2})[1-9][0-9]{0,3}(?:[.,][0-9]+)?", token.text)
    if number and not timed and following not in tuple("/-.→>"):
        return refusal(
            f"`{typed}`: `{word}` has no unit", f"`{typed}` : `{word}` sans unité", write_one_of([f"{drug} {word} mg"])
        )
    accepted = [_form("bare", drug), _form("since", f"{drug} 15 mg" if id in PREDNISONE else drug, "2026-01")]
    if id and of_class(id, STEROID):
        accepted.append(_form("changed", drug, "2026-10"))
    accepted += [_form("until", drug, "2026-05"), *(_form(kind, drug) for kind in ("stopped", "never", "no"))]
    en, fr = _listed(accepted)
    return refusal(
        f"`{typed}`: `{word}` is not understood",
        f"`{typed}` : `{word}` n'est pas compris",
        (f"accepted: {en}", f"acceptés : {fr}"),
    )


def _second_drug(others: Iterable[str]) -> str | None:
    """Another drug among the words beside one."""
    for word in others:
        known = resolve("drugs", word, exact=True).id if len(word) > 1 and word.isalpha() and word not in WHEN else None
        if known not in (None, "placebo", "standard_of_care"):
            return word
    return None


def _failed(typed: str, drug: str, id: str, *, denied: bool) -> InputError:
    steroid = bool(id) and of_class(id, STEROID)
    count = ("steroids failed", "échec des corticoïdes") if steroid else ("1 drug failed", "1 médicament en échec")
    en, fr = _listed([_form("stopped", drug), _form("now", drug)])
    if denied:
        return refusal(
            f"`{typed}`: that it did not fail does not say whether it is still taken",
            f"`{typed}` : qu'il n'a pas échoué ne dit pas s'il est encore pris",
            (f"write one of {en}", f"écrire l'un de {fr}"),
        )
    return refusal(
        f"`{typed}`: that it failed does not say whether it is still taken",
        f"`{typed}` : l'échec ne dit pas s'il est encore pris",
        (
            f'write one of {en}, and count what failed beside: `-F "{count[0]}"`',
            f'écrire l\'un de {fr}, et compter les échecs à part : `-F "{count[1]}"`',
        ),
    )


def _not_given(typed: str, token: Token, drug: str, said: set[str]) -> InputError:
    telling = NOT_GIVEN | PLANNED | DOUBT
    word = shown(token.text if token.text in telling else sorted(telling & said)[0], 20)
    en, fr = _listed([_form(kind, drug) for kind in ("no", "never", "stopped")])
    if DOUBT & said:
        what = ("what is not known is not typed", "ce qui n'est pas connu ne se donne pas")
    elif PLANNED & said:
        what = ("what is only planned is not typed", "ce qui n'est que prévu ne se donne pas")
    else:
        what = ("whether it was taken is to be said", "il faut dire s'il a été pris")
    return refusal(
        f"`{typed}`: `{word}` does not say whether it is or was taken",
        f"`{typed}` : `{word}` ne dit pas s'il est ou a été pris",
        (f"{what[0]}; as it is now: {en}", f"{what[1]} ; actuellement : {fr}"),
    )


def _listed(texts: Iterable[Pair]) -> Pair:
    en, fr = zip(*texts, strict=True)
    return ", ".join(f"`{text}`" for text in en), ", ".join(f"`{text}`" for text in fr)
