"""The command line: the language of a run, and who reads the rest of the line."""

from __future__ import annotations

import os
import sys

from myofind.language import VARIABLE, UnknownLanguage, Words, language_of, locale_language, speak, worded


def run(arguments: list[str]) -> None:
    """Run one command, in the language it is asked in, and exit with its code.

    A plain `match` or `validate` is read without the framework of the commands, which takes longer to load than the answer
    to compute.
    """
    try:
        lang = language_of(arguments, os.environ)
    except UnknownLanguage as unknown:
        speak(locale_language(os.environ))
        sys.stderr.write(worded(_unknown(unknown.args[0])) + "\n")
        sys.exit(2)
    speak(lang)
    if arguments[:1] in (["match"], ["validate"]) and COMPLETION not in os.environ:
        from myofind.commands.plain_line import answered

        answered(arguments[0], arguments[1:], lang)
    from myofind.commands.application import run_command

    run_command(arguments, lang)


COMPLETION = "_MYOFIND_COMPLETE"
"""Set where a shell asks what may be typed next."""


def _unknown(value: str) -> Words:
    quoted = ascii(value[:40])
    return (
        f"myofind: {VARIABLE} takes en or fr; found {quoted}",
        f"myofind: {VARIABLE} admet en ou fr ; trouvé {quoted}",
    )
