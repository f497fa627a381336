"""What a value in another form means, where it has one reading: the hint that names it and the correction agree.

Each function gives the text to write, or none where nothing or several things may be meant: 23/07/2025 is one day,
03/04/2025 is two.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from myofind.domain.dates import Unread, first_day
from myofind.domain.register_numbers import REGISTERS, register_of
from myofind.domain.trial import PHASES
from myofind.domain.typed_times import MONTHS, read_days

_TRUE = frozenset({"true", "yes", "y", "on", "oui", "vrai", "ja", "si"})
_FALSE = frozenset({"false", "no", "n", "off", "non", "faux", "nein"})

_WORDS: dict[str, str] = {
    # recruitment: registers' words, then French
    "open": "recruiting", "recruiting_now": "recruiting", "currently_recruiting": "recruiting", "recruitment_ongoing": "recruiting",
    "active_recruiting": "recruiting", "ongoing_recruiting": "recruiting", "open_to_recruitment": "recruiting",
    "en_cours_de_recrutement": "recruiting", "recrutement_en_cours": "recruiting", "recrute": "recruiting",
    "recrutement_ouvert": "recruiting", "not_recruiting_yet": "not_yet_recruiting",
    "pas_encore_recrutant": "not_yet_recruiting", "recrutement_a_venir": "not_yet_recruiting", "a_venir": "not_yet_recruiting",
    "pas_encore_en_recrutement": "not_yet_recruiting", "recrutement_non_commence": "not_yet_recruiting",
    "en_preparation": "not_yet_recruiting", "sur_invitation": "enrolling_by_invitation", "by_invitation": "enrolling_by_invitation",
    "recrutement_sur_invitation": "enrolling_by_invitation", "ongoing_not_recruiting": "active_not_recruiting",
    "active_no_longer_recruiting": "active_not_recruiting", "actif_ne_recrute_plus": "active_not_recruiting",
    "recrutement_termine": "active_not_recruiting", "ne_recrute_plus": "active_not_recruiting",
    "en_cours_recrutement_termine": "active_not_recruiting", "termine": "completed", "finished": "completed", "acheve": "completed",
    "etude_terminee": "completed", "ouvert": "recruiting", "ouverte": "recruiting", "suspendu": "suspended", "suspendue": "suspended", "temporarily_halted": "suspended",
    "arrete": "terminated", "arretee": "terminated", "interrompu": "terminated", "stopped": "terminated", "retire": "withdrawn",
    "retiree": "withdrawn", "unknown_status": "unknown", "inconnu": "unknown", "statut_inconnu": "unknown",
    # sex
    "women": "female", "woman": "female", "femme": "female", "femmes": "female", "f": "female", "females": "female",
    "men": "male", "man": "male", "homme": "male", "hommes": "male", "m": "male", "males": "male",
    "both": "all", "tous": "all", "any": "all", "les_deux": "all",
    # kinds, comparators
    "interventionnel": "interventional", "interventionnelle": "interventional", "observationnel": "observational",
    "observationnelle": "observational", "registre": "registry", "patient_registry": "registry", "expanded": "extension",
    "placebo_comparator": "placebo", "active_comparator": "active", "no_intervention": "no_treatment",
    "standard_of_care": "usual_care", "soins_courants": "usual_care",
    # how much was read
    "complete": "full", "complet": "full", "integral": "full", "inclusions": "inclusion", "partiel": "partial",
    "partielle": "partial", "resume": "summary", "champs": "fields", "structured_fields": "fields",
    # when
    "current": "now", "currently": "now", "maintenant": "now", "en_cours": "now", "actuel": "now", "actuellement": "now",
    # how a fact counts
    "requis": "required", "exige": "required", "exclu": "excluded", "autorise": "allowed", "permis": "allowed",
}  # fmt: skip
"""Words of registers and of French texts, folded, for the word of the format; used only where the key takes that word."""

_CLOSED = (
    "closed", "close", "clos", "clot", "cloture", "ferme", "fermee", "recruitment_closed", "ended", "over", "fini",
    "finie",
)  # fmt: skip
_SEVERAL_WORDS: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(_CLOSED, ("active_not_recruiting", "completed", "terminated")),
    **dict.fromkeys(("active", "actif", "en_cours", "ongoing"), ("recruiting", "active_not_recruiting")),
}
"""Words of a closed list that others may mean; which of them only the source tells."""

_PHASES = {"i": "1", "ii": "2", "iii": "3", "iv": "4"}
_PHASE = re.compile(r"(?:phases?_?)?(early_1|early_phase_?1|0|[1-4]|iv|i{1,3})([ab])?")
_UNITS = {
    "year": "years", "years": "years", "yr": "years", "yrs": "years", "y": "years", "an": "years", "ans": "years", "annee": "years",
    "annees": "years", "y/o": "years", "yo": "years", "years old": "years", "years of age": "years", "ans revolus": "years",
    "month": "months", "months": "months", "mo": "months", "mos": "months", "mois": "months", "week": "weeks", "weeks": "weeks",
    "wk": "weeks", "wks": "weeks", "semaine": "weeks", "semaines": "weeks", "day": "days", "days": "days", "jour": "days",
    "jours": "days",
}  # fmt: skip


def folded(text: str) -> str:
    """A text without case, accents, or spaces at its edges."""
    flat = text.casefold()
    if not flat.isascii():
        flat = "".join(c for c in unicodedata.normalize("NFD", flat) if not unicodedata.combining(c))
    return " ".join(flat.split())


def boolean(text: str) -> str | None:
    """`true` or `false` for the ways people say yes and no."""
    word = folded(text)
    return "true" if word in _TRUE else "false" if word in _FALSE else None


def word(text: str, words: Sequence[str]) -> str | None:
    """The word of a closed list: written in another case, with spaces, as a register or a French text says it."""
    flat = re.sub(r"[^a-z0-9]+", "_", folded(text)).strip("_")
    if flat in words:
        return flat
    known = _WORDS.get(flat)
    if known in words:
        return known
    return phases(text)[0] if "early_1" in words and len(phases(text)) == 1 else None


def words_meant(text: str, words: Sequence[str]) -> tuple[str, ...]:
    """The words of a closed list of which one is meant; none where it is another list."""
    meant = _SEVERAL_WORDS.get(re.sub(r"[^a-z0-9]+", "_", folded(text)).strip("_"), ())
    return meant if set(meant) <= set(words) else ()


def phases(text: str) -> list[str]:
    """The phases a register's word names: `PHASE2`, `II`, `2/3`, `PHASE1|PHASE2`; none where it is not plain."""
    flat = folded(text).replace(" ", "_")
    parts = re.split(r"_?(?:/|\||,|-|&|\+|_and_|_et_|_to_)_?", re.sub(r"early_?phase", "early_phase", flat))
    numbers = []
    for part in parts:
        match = _PHASE.fullmatch(part)
        if not match:
            return []
        bare = match[1]
        numbers.append("early_1" if bare[0] in "e0" else _PHASES.get(bare, bare))
    follow = list(PHASES[PHASES.index(numbers[0]) :][:2])  # two phases of one study follow one another
    return numbers if numbers in (follow[:1], follow) else []


def no_phase(text: str) -> bool:
    """Whether a text says that a study has no phase."""
    return folded(text).replace(" ", "") in ("n/a", "na", "notapplicable", "nonapplicable", "sansobjet", "none", "so")


def dates(text: str) -> list[str]:
    """The dates a text may mean, as the format writes them: as precise as the text, and days of the calendar."""
    flat = re.sub(r"[t ]\d\d:\d\d(:\d\d)?(\.\d+)?z?$", "", folded(text))
    figures = re.fullmatch(r"(\d{1,2})([/. -])(\d{1,2})[/. -](\d{4})", flat)
    if figures and int(figures[1]) <= 12 < int(figures[3]):  # the month stands first
        flat = f"{figures[3]}/{figures[1]}/{figures[4]}"
    try:
        days = read_days(re.sub(r"(?<=\d)[‐‑–—− ](?=\d)", "-", flat))
    except Unread as refusal:
        return sorted(reading for reading, _ in refusal.readings if _on_calendar(reading))
    day = days.first.isoformat()
    precise = day if days.first == days.last else day[:7] if days.first.month == days.last.month else day[:4]
    return [precise] if _on_calendar(precise) else []


def names_date(text: str, date: str) -> bool:
    """Whether a text names a date of the format, as precise or more: `2027-02`, `February 2027`, `en février 2027`."""
    year, *rest = date.split("-")
    flat = folded(text)
    if date in flat or not rest:
        return re.search(rf"(?<!\d){re.escape(date)}(?!\d)", flat) is not None
    words = [name for name, number in MONTHS.items() if number == int(rest[0])]
    return re.search(rf"\b(?:{'|'.join(words)}|0?{int(rest[0])}/)\W*(?:\d\d?,? )?{year}\b", flat) is not None


def _on_calendar(text: str) -> bool:
    try:
        return 1900 <= first_day(text).year <= 2100
    except ValueError:
        return False


_UNLIMITED = (
    "no limit", "no maximum", "unlimited", "aucune", "aucune limite", "sans limite", "pas de limite",
)  # fmt: skip


def span(text: str, *, unlimited: bool, bare: bool, whole: bool) -> str | None:
    """A length of time as the format writes it: `18 ans` is 18 years, `18,5 months` has a point."""
    flat = re.sub(r"^(?:>=|≥|=) ?| ?(?:and|or|et|ou) (?:over|older|more|above|plus)$|\+$", "", folded(text))
    if unlimited and flat in _UNLIMITED:
        return "none"
    match = re.fullmatch(r"(\d{1,3})(?:[.,](\d))?(?:[ -]?([a-z/ ]+?)s?\.?)?", flat)
    if not match:
        return None
    unit = _UNITS.get(match[3] or "years") or _UNITS.get(f"{match[3]}s")
    number = str(int(match[1])) + (f".{match[2]}" if match[2] not in (None, "0") else "")
    if (
        unit is None
        or (whole and "." in number)
        or (not match[3] and not bare)
        or (match[1][0] == "0" and len(match[1]) > 1)
    ):
        return None
    return number if bare and whole and unit == "years" else f"{number} {unit if number != '1' else unit[:-1]}"


def number(text: str) -> str | None:
    """A whole number with separators of thousands, or with what is counted behind it."""
    flat = re.sub(
        r"^(?:n ?= ?)|(?: ?(?:patients?|participants?|subjects?|people|personnes?|sujets?))$", "", folded(text)
    )
    if re.fullmatch(r"[1-9]\d{0,2}(?:[ ,.'\u202f]\d{3})+", flat) or re.fullmatch(r"[1-9]\d*", flat):
        return re.sub(r"\D", "", flat)
    match = re.fullmatch(r"([1-9]\d*)[.,]0+", flat)
    return match[1] if match else None


_BOUNDS = {
    "min": (">=", "≥", "at least", "minimum", "min", "au moins"),
    "above": (">", "more than", "over", "above", "plus de", "superieure a", "superieur a"),
    "max": ("<=", "≤", "at most", "up to", "maximum", "max", "au plus", "jusqu'a"),
    "below": ("<", "less than", "under", "below", "moins de", "inferieure a", "inferieur a"),
}
_DECIMAL = r"(\d{1,6}(?:[.,]\d{1,3})?)"


def decimal(text: str, units: frozenset[str] = frozenset()) -> str | None:
    """A number with a decimal comma, or with its own unit behind it; `units` are folded."""
    match = re.fullmatch(rf"{_DECIMAL}(?: ?(\D.*))?", folded(text))
    if match is None or (match[2] is not None and match[2] not in units):
        return None
    plain = f"{float(match[1].replace(',', '.')):.3f}".rstrip("0").rstrip(".")
    return plain if "," in match[1] or match[2] is not None else None


_AGES = (
    r"(?i)(?P<between>between|entre)? ?(?:≥|>=|from|de|à partir de|dès|at least|au moins)? ?(\d{1,3})(?: ?(?:years?|ans|y))?"
    r"(?: ?(-|–|to|à|and|et) ?(\d{1,3}|over|older|plus|above)(?: ?(?:years?|ans|y))?| ?(\+))?"
)


def ages(text: str) -> str | None:
    """The bounds that an age in words stands for: `18-75`, `18 ans et plus`, `≥ 18`."""
    match = re.fullmatch(_AGES, text.strip())
    if match is None:
        return _oldest(text)
    low, link, high = match[2], match[3], match[4]
    if match["between"]:
        whole = high is not None and high.isdigit() and link in ("and", "et") and int(low) < int(high)
        return f"{{min: {low}, max: {high}}}" if whole else None
    if high is None or not high.isdigit():
        return f"{{min: {low}}}" if link in (None, "and", "et") else None
    return f"{{min: {low}, max: {high}}}" if int(low) < int(high) and link not in ("and", "et") else None


def _oldest(text: str) -> str | None:
    """An upper bound of age in words, included: `≤ 75`, `jusqu'à 75 ans`."""
    match = re.fullmatch(r"(?:≤|<=|up to|at most|jusqu'a|au plus) ?(\d{1,3})(?: ?(?:years?|ans|y))?", folded(text))
    return f"{{max: {match[1]}}}" if match else None


def bounds(text: str, units: frozenset[str] = frozenset()) -> str | None:
    """A bound as the format writes it: `>= 50 %` is `{min: 50}`, `50-80` has two ends."""
    flat = folded(text)
    ends = re.fullmatch(rf"{_DECIMAL} ?(?:-|–|to|a) ?{_DECIMAL}(?: ?(\D.*))?", flat) if flat[:1].isdigit() else None
    if match := ends:
        low, high = (decimal(end + (match[3] or ""), units) or end for end in match.groups()[:2])
        known = match[3] is None or match[3] in units
        return f"{{min: {low}, max: {high}}}" if known and float(low) <= float(high) else None
    for key, words in _BOUNDS.items():
        word = next((word for word in words if flat.startswith(word)), "")
        bound = flat.removeprefix(word).removeprefix(" ")
        if word and bound[:1].isdigit():
            number = decimal(bound, units) or (bound if re.fullmatch(_DECIMAL, bound) else None)
            return f"{{{key}: {number}}}" if number else None
    return None


def telephone(text: str, pattern: str) -> str | None:
    """A number in international form: with 00 for +, with points, or with the (0) that is not dialled from abroad."""
    flat = re.sub(r"^(?:tel|phone|telephone)\.? ?:? ?", "", " ".join(text.lower().split()))
    plain = re.sub(r"[ ./-]*\(0\)[ ./-]*", " ", re.sub(r"^00 ?", "+", flat))
    plain = " ".join(re.sub(r"[./()–—-]", " ", plain).split())
    return plain if plain.startswith("+") and plain != text and re.fullmatch(pattern, plain) else None


def mail(text: str, pattern: str) -> str | None:
    """An electronic address in its link, in angle brackets, or with its signs in words."""
    plain = re.sub(r"^mailto:|^<|>$", "", text.strip())
    plain = re.sub(r" ?(?:\[at\]|\(at\)) ?", "@", plain, flags=re.IGNORECASE).rstrip(".;,")
    plain = re.sub(r" ?(?:\[dot\]|\(dot\)) ?", ".", plain, flags=re.IGNORECASE)
    return plain if plain != text and re.fullmatch(pattern, plain) else None


def study_number(text: str, register: str | None = None) -> str | None:
    """The register's number that a text holds: in an address, in lower case, with spaces, or with O for 0."""
    numbers = set()
    for key, known in REGISTERS.items():
        if register in (None, key) and key not in ("nl", "id_rcb"):
            numbers |= {match[0] for match in re.finditer(rf"(?<![A-Za-z0-9-])(?:{known.shape})(?![A-Za-z0-9-])", text)}
    if not numbers and register in (None, "nct"):
        match = re.search(r"(?<![a-z0-9])nct[ -]?([0-9o]{8})(?![0-9a-z])", text.strip(), re.IGNORECASE)
        numbers = {"NCT" + re.sub("[oO]", "0", match[1])} if match else set()
    if not numbers and re.search(r"[–—−]", text):
        return study_number(re.sub(r"[–—−]", "-", text), register)
    (only,) = numbers if len(numbers) == 1 else (None,)
    return only if only is not None and (register is None or register_of(only) == register) else None
