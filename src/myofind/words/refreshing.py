"""What a refresh says beside its changes, and of itself, in English and French."""

from __future__ import annotations

from collections.abc import Sequence

from myofind.words.wording import STATUSES, Lang, in_english, in_french, pick

_REMARKS: dict[str, tuple[str, str]] = {
    "held_by": ("the registry holds what {0} said on {1}", "le registre tient ce que {0} disait le {1}"),
    "conflict": ("the registry records a conflict: {0}", "le registre note un désaccord : {1}"),
    "both_numbers": ("the registry has both numbers: merge the two entries", "le registre a les deux numéros : réunir les deux fiches"),
    "parent_moved": (
        "the register answers with a new number, and other trials extend the old one: change all by hand",
        "la base répond sous un nouveau numéro, et d'autres essais prolongent l'ancien : tout changer à la main",
    ),
    "number_moved": (
        "the register answers to the old number with the new one; move the entry to its place by number",
        "la base répond à l'ancien numéro sous le nouveau ; déplacer la fiche à sa place par numéro",
    ),
    "complete": ("now a complete list", "liste désormais complète"),
    "countries_first": ("the countries come first: see there", "les pays d'abord : voir là"),
    "other_number": ("the record names another number: check which is meant", "la fiche donne un autre numéro : vérifier lequel est le bon"),
    "same_day": ("{0} says otherwise of the same day", "{0} dit autre chose du même jour"),
    "lapsing": (
        "last verified in {0}: after two years the register calls it unknown",
        "vérifié pour la dernière fois en {0} : après deux ans, la base le dit inconnu",
    ),
    "site_named": ("named: {0}", "nommé : {0}"),
    "ruled_out": ("`not_in` rules {all} out; decide by hand", "`not_in` exclut {all} ; à trancher à la main"),
    "text_changed": ("{text} changed since it was read{since}", "{text} a changé depuis la lecture{since}"),
    "last_known": ("last known as {known}{verified}", "dernier statut connu : {known}{verified}"),
    "site_status": ("{0}: {before} → {after}", "{0} : {before} → {after}"),
    "site_new": ("new: {0}{status}", "nouveau : {0}{status}"),
    "site_gone": ("no longer listed: {0}", "plus sur la liste : {0}"),
}  # fmt: skip

_TEXTS = {
    "title": ("the title", "le titre"), "conditions": ("the list of conditions", "la liste des maladies"), "criteria": ("the criteria text", "le texte des critères"),
}  # fmt: skip


def remark(code: str, words: Sequence[str], lang: Lang) -> str:
    """A remark beside a change."""
    if code not in _REMARKS:
        return "".join(words)
    parts = {"all": ", ".join(words)}
    if code == "text_changed":
        parts["text"] = pick(lang, *_TEXTS[words[0]])
        parts["since"] = words[1] and pick(lang, " on ", " du ") + words[1]
    elif code == "last_known":
        parts["known"] = STATUSES[words[0]][1] if lang == "fr" and words[0] in STATUSES else words[0]
        parts["verified"] = words[1] and pick(lang, ", not verified since ", ", sans vérification depuis ") + words[1]
    elif code == "site_status":
        parts["before"], parts["after"] = (_status(word, lang) for word in words[1:])
    elif code == "site_new":
        parts["status"] = words[1] and f", {_status(words[1], lang)}"
    return pick(lang, *_REMARKS[code]).format(*words, **parts)


def _status(word: str, lang: Lang) -> str:
    if not word:
        return pick(lang, "no status", "sans statut")
    return word if lang == "en" else STATUSES[word][1]


MARKS: dict[str, tuple[str, str]] = {
    "change": ("", ""),
    "confirm": ("same status, later day", "même statut, plus tard"),
    "past": ("of an earlier day", "d'un jour antérieur"),
    "flag": ("to judge", "à juger"),
    "held": ("held back", "retenu"),
    "older": ("older", "plus ancien"),
}
"""What kind of change it is."""


def counted(n: dict[str, int], lang: Lang) -> str:
    """How much was read and what came of it."""
    if lang == "en":
        return (
            f"{in_english(n['read'], 'record')} read: {in_english(n['drifted'], 'trial')} drifted, {in_english(n['changes'], 'fact')} to write, "
            f"{n['to_judge']} to judge, {n['held']} held back, {in_english(n['confirmed'], 'status', 'statuses')} confirmed"
            + (f", {in_english(n['past'], 'status', 'statuses')} of an earlier day" if n["past"] else "")
            + (f", {n['older']} older than the registry" if n["older"] else "")
        )
    return (
        f"{in_french(n['read'], 'fiche lue', 'fiches lues')} : {in_french(n['drifted'], 'essai a changé', 'essais ont changé')}, "
        f"{in_french(n['changes'], 'fait à écrire', 'faits à écrire')}, {n['to_judge']} à juger, {in_french(n['held'], 'retenu', 'retenus')}, "
        f"{in_french(n['confirmed'], 'statut confirmé', 'statuts confirmés')}"
        + (f", {in_french(n['past'], 'statut', 'statuts')} d'un jour antérieur" if n["past"] else "")
        + (f", {in_french(n['older'], 'plus ancien', 'plus anciens')} que le registre" if n["older"] else "")
    )


def absent(count: int, lang: Lang) -> str:
    """Trials with a number of which the input has no record."""
    return pick(
        lang,
        f"{in_english(count, 'trial')} with an NCT number not in the input",
        f"{in_french(count, 'essai', 'essais')} avec numéro NCT sans fiche dans ce qui a été lu",
    )


def unlisted(count: int, first: str, lang: Lang) -> str:
    """Records of trials the registry lacks."""
    return pick(
        lang,
        f"{in_english(count, 'record')} of trials the registry lacks ({first}): see `myofind draft`",
        f"{in_french(count, 'fiche', 'fiches')} d'essais absents du registre ({first}) : voir `myofind draft`",
    )


def written(count: int, lang: Lang) -> str:
    """What was written."""
    if not count:
        return pick(lang, "nothing to write", "rien à écrire")
    return pick(lang, f"written: {in_english(count, 'trial')}", f"écrit : {in_french(count, 'essai', 'essais')}")
