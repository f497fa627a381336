"""What is said of the times of a treatment in many ways is said in one: until, no longer, never yet, a span of years."""

from __future__ import annotations

import re

from myofind.asking.tokens import LONGEST
from myofind.domain.onsets import in_figures

__all__ = ["one_wording", "with_bullets"]

_MARKS = str.maketrans("", "", "®™")
_FRENCH_UNTIL = re.compile(r"(?i)jusqu'?\s*(?:en|a|à|au|a la|à la)?\s+|jusqu(?=\s)")
_NO_LONGER = re.compile(
    r"(?i)\bno longer(?: on| taking)?\b|\bnicht mehr\b|(?:n'est|ne (?:prend|recoit|reçoit))\s+plus(?: sous)?\b|\bd/c'?d?(?![a-z])"
)
_NONE_LEFT = re.compile(
    r"(?i)(?:\A|(?<=[,;(\n]))(?P<space>\s*)(?:(?:(?:il n'y a|(?:il |elle )?n'(?:a|est)|ne (?:prend|re[cç]oit)) +)plus|plus(?=[^,;\n]*\b(?:depuis|since|seit)\b)) +(?:sous +|aucune? +|de +|du +|d')(?![0-9])"
)
"""`plus de MTX depuis 2024`, `n'a plus de corticoïdes`: it was taken before, and is no more. `plus de MTX` alone may be more of it."""
_NOT_ON = re.compile(
    r"(?i)\b(?:(?:is |does )?not (?:currently )?(?:on|taking|take|receiving)|(?:n'est|ne (?:prend|re[cç]oit)) pas(?: (?:sous|de|d'))?)(?:\s+|(?<='))"
)
"""`not on MTX`, `ne prend pas de MTX`: it is not taken now."""
_HAD = re.compile(
    r"(?i)\b(?:(?:a|ont|has|had|have) +)?(?:d[ée]j[aà]|already) +(?:re[cç]u\w*|eu|pris|had|received|taken)\b(?: +(?:d[ue]s?|de la|par)\b)?|\b(?:a|ont) +pris\b(?: +du\b)?"
    r"|\b(?:was|were|had been) +(?:on|taking|treated (?:with|by))\b|\b[ée]tait +(?:sous|trait[ée]e? par)\b|\b(?:prenait|recevait)\b(?: +du\b)?|\bused to (?:take|be on|receive|have)\b|\ba +[ée]t[ée] +(?:sous|trait[ée]e? par)\b"
)
"""`a déjà eu des IgIV`, `was on MTX`, `était sous MTX`: it was taken once."""
_NEVER_WAS = re.compile(
    r"(?i)\b(?:was|were) never (?:on|given|treated (?:with|by))\b|\bn'(?:a|ont) jamais [ée]t[ée] (?:sous|trait[ée]e?s? par)\b"
)
_WAS = re.compile(
    r"(?i)\b(?:was|were|has been|have been|a [ée]t[ée]|ont [ée]t[ée])\s+(?=(?:started|begun|stopped|discontinued|ended|held|paused|increased|reduced|decreased|changed|introduced|initiated|restarted|resumed"
    r"|arr[eê]t|stopp|suspendu|interrompu|d[ée]but|introdui|instaur|repris|augment|diminu|major|modifi)\w*)"
)
"""`MTX was stopped`: what follows says it."""
_ALREADY_ON = re.compile(r"(?i)\b(?:d[ée]j[aà]|already) +(?=(?:sous|on|taking|receiving)\b)")
_BEFORE_ON = re.compile(
    r"(?i)\b(previously|formerly|anciennement|auparavant|pr[ée]c[ée]demment|ant[ée]rieurement) +(?:on|taking|sous|treated (?:with|by)|trait[ée]e? par)\b"
)
_IMMUNOSUPPRESSANTS = re.compile(
    r"(?:(?i:\b(?:aucun|sous|un|des|les|autres?|no|never|jamais|ni|sans|other)\s+|\bd['’])|(?i:\A)(?=IS\b(?!\s*[a-zA-Z])))\bIS\b"
)
"""`pas d'IS`, `sous IS`: the usual abbreviation, in capitals and behind a word that no verb follows."""
_ON_HOLD = re.compile(r"(?i)\bon +hold\b")
_CONTRA = re.compile(r"(?i)\bcontra-(?=indicat)")
_STATUS_POST = re.compile(r"(?i)(?<![\w/])(?:s/p|status[ -]post|etat apres|état après|z\. ?n\.)\s+")
_RATHER_THAN_AGAIN = re.compile(
    r"(?i)(?P<ended>\b(?:stop\w*|arr[eê]t\w*|discontinu\w*|suspend\w*|interromp\w*|abgesetzt|beendet|until|jusqu\S*)\b.*?)[,;(\s]+(?:and |et |mais |but )?(?:never|not|non|pas|jamais)\s+(?:been\s+)?(?:restarted|resumed|repris\w*|r[eé]introdui\w*|taken again)\b\)?"
)
"""That what had ended was not taken again."""
_MONTH = r"(?:jan|f[eé]v|feb|mar|m[aä]r|a[vp]r|ma[iy]|jui|jun|jul|ao[uû]|aug|sep|o[ck]t|nov|d[eé][cz])[a-zéûä]*\.?"
_DATE = rf"(?:{_MONTH}\s+|(?:[0-9]{{1,2}}[/.]){{1,2}})?(?:19|20)[0-9]{{2}}(?:-[0-9]{{2}}){{0,2}}(?![0-9/])"
_MONTHS_OF = re.compile(
    rf"(?i)(?:\b(?:from|de|du|von)\s+)?\b(?P<first>{_MONTH})\s*(?:-|–|\bto\b|à|\ba\b|\bau\b|\bbis\b)\s*(?P<last>{_MONTH})\s+(?P<year>(?:19|20)[0-9]{{2}})(?![0-9/-])"
)
"""`de janvier à juin 2023`: one year for both months."""
_PART = r"(?:the\s+)?(?:(?:early|late|mid|début|fin|mi|milieu|courant|anfang|mitte|ende)(?:\s+(?:of|de))?|(?:beginning|start|end)\s+of)[\s-]+"
_PARTS = re.compile(
    rf"(?i)(?<![\w-])(?P<part>{_PART})?(?P<first>{_DATE})(?P<joint>\s*(?:-|–|→|->|\bto\b|à|\ba\b|\bau\b|\bbis\b|\buntil\b)\s*)(?P<other>{_PART})?(?P<last>{_DATE})"
)
"""`from early 2020 to late 2021`: of the years which part is not used."""
_GOING_ON = r"(?:present|pr[eé]sent|now|today|ongoing|en cours|aujourd'hui|ce jour|actuellement|heute|jetzt|laufend)\b"
_SPAN = re.compile(
    rf"(?i)(?:\b(?:since|from|depuis|de|du|von|seit)\s+(?:le\s+)?)?(?<![0-9/.-])(?P<first>{_DATE})\s*(?:-|–|→|->|\bto\b|à|\ba\b|\bau\b|\bbis\b|\buntil\b)\s*(?P<last>{_DATE}|{_GOING_ON})"
)
"""`from 2020 to 2024`, `de mars 2020 à 2024`, `2020-2024`: when a treatment began, and when it ended."""
_NEVER_YET = re.compile(
    r"(?i)\b(?:(?:no|not|pas|aucune?|sans|without|keine?[rn]?)\s+(?:d[e'’]\s*)?(?:prior|previous|previously|earlier|past|history of|ant[eé]c[eé]dents?(?:\s+d[e'’])?"
    r"|vorherige\w*|fr[uü]here\w*)|not yet(?: had| received)?|pas encore(?:\s+(?:eu|re[cç]u|pris))?(?:\s+d[e'’u])?|noch (?:nie|nicht|keine?[rn]?))(?:\s+|(?<=['’])|\Z)"
)
_STRENGTH = re.compile(r"(?<=[^\W\d_])\s+(?:5|10|20)\s?%")
"""The strength of a solution after its brand: `Octagam 10 %`."""
_FREE = re.compile(r"(?i)(?<![\w-])(?P<drug>[^\W\d_]+)[- ](?:free|frei)\b")


_OPEN_END = re.compile(
    r"(?i)(?P<before>\b(?:until|till|since|from|depuis|seit|bis|ab|en|in|du|au|to|stop\w*|arr[eê]t\w*)\s+)?(?<![0-9/.-])(?P<first>(?:19|20)[0-9]{2})\s?[-–](?=\s*(?:[),;]|\Z))"
)
"""`MMF (2023-)`: since 2023, and still."""
_NO_DOSE = re.compile(r"(?i)\s*(?P<drug>[^\W\d_][^\d,;]*?)\s*[:=]?\s*0\s*mg(?:\s*/\s*(?:d|j|day|jour|tag))?\s*")
"""`prednisone 0 mg`: none is taken."""
_BULLETS = re.compile(r"(?m)^[ \t]*[-–•*](?=\S)")


def with_bullets(typed: str) -> str:
    """A list of which every line begins with a dash, which is then no sign of what stands behind it; a line of `1) MTX 2) AZA` as lines."""
    lines = [line for line in typed.splitlines() if line.strip()]
    if len(lines) > 1 and all(_BULLETS.match(line) for line in lines):
        return _BULLETS.sub("- ", typed)
    numbers = re.findall(r"(?<!\S)([1-9])[.)](?=\s)", typed)
    if (
        len(lines) == 1
        and len(numbers) > 1
        and typed.lstrip()[0] == "1"
        and numbers == [*map(str, range(1, len(numbers) + 1))]
    ):
        return re.sub(r"(?<!\S)(?=[1-9][.)]\s)", "\n", typed).strip()
    return typed


def one_wording(typed: str) -> str:
    """The text with one wording of "until", of "no longer", of "never yet" and of a span of years."""
    if len(typed) > LONGEST:
        return typed
    if (none := _NO_DOSE.fullmatch(typed)) is not None:
        return f"no {none['drug']}"
    typed = _MONTHS_OF.sub(r"\g<first> \g<year> - \g<last> \g<year>", typed.translate(_MARKS))
    typed = _PARTS.sub(
        lambda span: f"{span['first']}{span['joint']}{span['last']}" if span["part"] or span["other"] else span[0],
        typed,
    )
    plain = _FRENCH_UNTIL.sub("until ", _STRENGTH.sub("", typed.replace("’", "'")))
    plain = _STATUS_POST.sub("prior ", _RATHER_THAN_AGAIN.sub(r"\g<ended>", plain))
    plain = _NONE_LEFT.sub(r"\g<space>stopped ", _IMMUNOSUPPRESSANTS.sub(_in_full, plain))
    plain = _ALREADY_ON.sub("", _WAS.sub("", _NEVER_WAS.sub("never", plain)))
    plain = _BEFORE_ON.sub(r"\1", _HAD.sub("received", plain))
    plain = _CONTRA.sub("contra", _NO_LONGER.sub("stopped", _NOT_ON.sub("no ", _ON_HOLD.sub("hold", plain))))
    plain = in_figures(_FREE.sub(r"no \g<drug>", _NEVER_YET.sub("never ", plain)))
    return _OPEN_END.sub(lambda end: end[0] if end["before"] else f"since {end['first']}", _SPAN.sub(_between, plain))


def _in_full(found: re.Match[str]) -> str:
    return found[0].removesuffix("IS") + "immunosuppresseur"


def _between(span: re.Match[str]) -> str:
    ended = "" if re.fullmatch(_GOING_ON, span["last"], re.IGNORECASE) else f" until {span['last']}"
    return f"since {span['first']}{ended}"
