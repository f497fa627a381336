"""The language the program speaks: what `--lang` says, else MYOFIND_LANG, else the locale, else English."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

Lang = Literal["en", "fr"]
LANGUAGES: tuple[Lang, ...] = ("en", "fr")
VARIABLE = "MYOFIND_LANG"
LOCALE = ("LC_ALL", "LC_MESSAGES", "LANG")
"""The variables of the locale; the first that is set decides."""

Words = str | tuple[str, str]
"""A text that is the same in both languages, or the English and the French one."""

Pair = tuple[str, str]
"""The English and the French text."""

_RUN: dict[str, Lang] = {"lang": "en"}


class UnknownLanguage(ValueError):
    """MYOFIND_LANG names a language the program does not speak; `args[0]` is its value."""


def language_of(arguments: Sequence[str], environment: Mapping[str, str]) -> Lang:
    """The language of a run, from its command line and environment.

    A `--lang` that names no language is refused by the command itself. Raises UnknownLanguage for MYOFIND_LANG.
    """
    typed = _option(arguments)
    if typed is not None:
        return "fr" if typed == "fr" else "en"
    chosen = environment.get(VARIABLE, "")
    if not chosen:
        return locale_language(environment)
    named = next((one for one in LANGUAGES if _is_of(chosen, one)), None)
    if named is None:
        raise UnknownLanguage(chosen)
    return named


def locale_language(environment: Mapping[str, str]) -> Lang:
    """French where the locale is (`fr`, `fr_FR.UTF-8`, `fr_CA`), else English; C and POSIX are English."""
    value = next((environment[name] for name in LOCALE if environment.get(name)), "")
    return "fr" if _is_of(value, "fr") else "en"


def _is_of(value: str, lang: Lang) -> bool:
    """Whether a language or a locale is of a language: `fr`, `fr_FR.UTF-8`, `fr-CA`."""
    return value.lower().replace("-", "_").partition(".")[0].partition("_")[0] == lang


def _option(arguments: Sequence[str]) -> str | None:
    """The last value of `--lang` on a command line, before the command reads it."""
    typed = None
    for at, word in enumerate(arguments):
        if word == "--":
            break
        if word in ("--lang", "-l"):
            typed = arguments[at + 1] if at + 1 < len(arguments) else None
        elif word.startswith("--lang="):
            typed = word.removeprefix("--lang=")
        elif word.startswith("-l") and word[2:] in LANGUAGES:
            typed = word[2:]
    return typed


def speak(lang: Lang) -> None:
    """Say from now on what has both languages in this one."""
    _RUN["lang"] = lang


def spoken() -> Lang:
    """The language of this run; English where nothing was said."""
    return _RUN["lang"]


def both(words: Words) -> Pair:
    """Words as the English and the French text."""
    return (words, words) if isinstance(words, str) else words


def pick(lang: Lang, en: str, fr: str) -> str:
    """The text of a language. What has two texts is said through here: a further language begins in this place."""
    match lang:
        case "en":
            return en
        case "fr":
            return fr


def worded(words: Words) -> str:
    """Words in the language of this run."""
    return words if isinstance(words, str) else pick(spoken(), *words)


def picks(lang: Lang, *texts: tuple[str, str]) -> list[str]:
    """Several texts in a language, each given in English and in French."""
    return [pick(lang, *text) for text in texts]
