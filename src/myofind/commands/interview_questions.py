"""How each fact is asked for on a terminal: the question, what it explains, and what its answer adds to the facts typed."""

from __future__ import annotations

import re
from collections.abc import Callable

from myofind.advice.asked import Question
from myofind.asking.profile_keys import yes_no
from myofind.asking.typed import Profile, Typed
from myofind.diagnostics import InputError, shown
from myofind.language import Pair
from myofind.names.facts import FACTS, Row
from myofind.names.vocabulary import label
from myofind.records import NamedTuple
from myofind.words.advice import fact
from myofind.words.wording import Lang, pick


class Put(NamedTuple):
    """A question as it is put, what `?` explains, and what its answer adds to the facts."""

    text: Pair
    about: Pair
    add: Callable[[Typed, str, Lang], Typed]


def put(topic: str, asked: Profile, lang: Lang) -> Put:
    """How a topic is asked for: a fact by its key, `panel` for all antibodies, `therapy` for all treatments."""
    if topic in _PUT:
        return _PUT[topic]
    kind, _, id = topic.partition(".")
    if kind == "autoantibodies":
        return _antibody(id, fact(topic, asked.patient, lang))
    if kind == "treatments":
        return _treatment(id)
    return _of_table(topic)


def topic_of(question: Question, settled: set[str]) -> str:
    """What a question is about, as it is asked: onset once in whichever form; antibodies and treatments first together."""
    if question.kind in ("onset", "onset_age"):
        return "onset"
    if question.kind == "autoantibodies" and "panel" not in settled:
        return "panel"
    if question.kind == "treatments" and "therapy" not in settled:
        return "therapy"
    return question.fact


def _antibody(id: str, name: str) -> Put:
    called = f"{name[:1].upper()}{name[1:]} (+ / -)"
    return Put(
        (called, called),
        (
            "+ for positive, - for negative; empty if it was not tested or is not known.",
            "+ pour positif, - pour négatif ; vide si non testé ou non connu.",
        ),
        lambda facts, typed, lang: facts._replace(antibodies=(*facts.antibodies, f"{id}={_sign(typed, lang)}")),
    )


def _sign(typed: str, lang: Lang) -> str:
    word = typed.strip().lower()
    if word in ("+", "p", "pos", "positive", "positif", "y", "yes", "o", "oui"):
        return "positive"
    if word in ("-", "−", "–", "n", "neg", "nég", "negative", "négatif", "negatif", "no", "non"):
        return "negative"
    raise InputError(pick(lang, f"`{shown(typed, 20)}`: +, -, or empty", f"`{shown(typed, 20)}` : +, -, ou rien"))


def _treatment(drug: str) -> Put:
    return Put(
        (
            f"{label('drugs', drug)} (never, now, until 2026-05)",
            f"{label('drugs', drug, 'fr')} (jamais, en cours, jusqu'en 2026-05)",
        ),
        (
            "Write never, now, since a date, or until a date: trials ask how long ago it was stopped.",
            "Écrire jamais, en cours, depuis une date, ou jusqu'à une date : les essais demandent depuis quand il est arrêté.",
        ),
        lambda facts, typed, _: facts._replace(treatments=(*facts.treatments, _taken(drug, typed))),
    )


def _taken(drug: str, typed: str) -> str:
    """A treatment as `-T` reads it, by its id, since not every label is read beside other words."""
    word = typed.strip().lower()
    if word in ("never", "no", "n", "jamais", "non"):
        return f"never {drug}"
    if word in ("now", "yes", "y", "en cours", "oui", "o"):
        return f"{drug} now"
    return f"{drug} until {typed}" if re.fullmatch(r"[\d/.-]+", word) else f"{drug} {typed}"


def _of_table(id: str) -> Put:
    """A fact of the table: its question, and what may be answered."""
    row = FACTS[id]
    english, french = _accepted(row)
    return Put(
        (f"{row.question[0]} ({english})", f"{row.question[1]} ({french})"),
        _about(row),
        lambda facts, typed, lang: facts._replace(facts=(*facts.facts, f"{pick(lang, row.en, row.fr)}={typed}")),
    )


def _accepted(row: Row) -> Pair:
    """What may be answered, in a few words."""
    match row.kind:
        case "yes_no":
            return ("yes/no, or a year", "oui/non, ou une année") if row.dated else ("yes/no", "oui/non")
        case "choice":
            return " / ".join(value.en for value in row.values), " / ".join(value.fr for value in row.values)
        case "number":
            low, high = (f"{bound:g}" for bound in row.range)
            top = str(row.scale[0]) if row.scale else high
            unit, french = (f" {one}" if one else "" for one in row.unit)
            return f"{low} to {top}{unit}", f"{low} à {top}{french}"
        case "span":
            return "6 weeks", "6 semaines"
        case "day":
            return ("2025-03, or never", "2025-03, ou jamais") if row.never else ("2025-03", "2025-03")


def _about(row: Row) -> Pair:
    """What is explained of a fact: how it is measured or dated, and what is presumed where nothing is answered."""
    parts = {
        "number": ("A number; another unit or scale is written with it.", "Un nombre ; une autre unité ou échelle s'écrit avec lui."),
        "day": ("A date, as precise as it is known, or a time ago.", "Une date, aussi précise que connue, ou un délai (il y a 6 mois)."),
        "span": ("A length of time, or since a date.", "Une durée, ou depuis une date."),
        "yes_no": ("Yes or no.", "Oui ou non."),
        "choice": ("One of these words.", "Un de ces mots."),
    }  # fmt: skip
    english, french = parts[row.kind]
    if row.usual is not None:
        english += f" If empty, the usual answer is presumed: {row.because[0]}."
        french += f" Si vide, la réponse habituelle est présumée : {row.because[1]}."
    return english, french


def _yes_no(typed: str, lang: Lang) -> bool:
    told = yes_no(typed)
    if told is None:
        said = shown(typed, 20)
        raise InputError(pick(lang, f"`{said}`: yes, no, or empty", f"`{said}` : oui, non, ou rien"))
    return told


def _age(facts: Typed, text: str) -> Typed:
    """An age or a birth date: whatever looks like a date, or a year, is one."""
    if re.search(r"\d{4}|\d\s*[-/.]\s*\d|[a-zéû]{3,}\s+\d{4}", text):
        return facts._replace(birth_date=text, age=None)
    return facts._replace(age=text, birth_date=None)


_PUT: dict[str, Put] = {
    "subtypes": Put(
        ("Diagnosis (dm, imnm, asys, ibm, pm, jdm …)", "Diagnostic (dm, imnm, asys, ibm, pm, jdm …)"),
        (
            "Any usual name, English or French, or a code (M33.1): dermatomyositis, amyopathic dermatomyositis, necrotizing myopathy, "
            "antisynthetase syndrome, inclusion body myositis, juvenile dermatomyositis. `myofind vocab subtypes` lists all.",
            "Tout nom usuel, français ou anglais, ou un code (M33.1) : dermatomyosite, dermatomyosite amyopathique, myopathie nécrosante, "
            "syndrome des antisynthétases, myosite à inclusions, dermatomyosite juvénile. `myofind vocab subtypes` les donne tous.",
        ),
        lambda facts, text, _: facts._replace(subtypes=(text,)),
    ),
    "age": Put(
        ("Age or birth date (45, 6 months, 1971-03-12)", "Âge ou date de naissance (45, 6 mois, 1971-03-12)"),
        (
            "A birth date lets the answer say on which day a trial opens or closes. It is never printed back.",
            "Une date de naissance permet de dire quel jour un essai s'ouvre ou se ferme. Elle n'est jamais réaffichée.",
        ),
        lambda facts, text, _: _age(facts, text),
    ),
    "panel": Put(
        ("Autoantibodies (Jo-1 +, Ro52 +, SRP neg)", "Auto-anticorps (Jo-1 +, Ro52 +, SRP neg)"),
        (
            "A laboratory line as it is printed: each antibody with positive, negative, borderline or not tested. An antibody can open "
            "or close trials, suggest another diagnosis, or call for an urgent search (MDA5: lung; TIF1-gamma, NXP2: cancer).",
            "Une ligne de laboratoire telle quelle : chaque anticorps avec positif, négatif, douteux ou non fait. Un anticorps peut ouvrir "
            "ou fermer des essais, suggérer un autre diagnostic, ou imposer une recherche urgente (MDA5 : poumon ; TIF1-gamma, NXP2 : cancer).",
        ),
        lambda facts, text, _: facts._replace(antibodies=(*facts.antibodies, text)),
    ),
    "therapy": Put(
        ("Treatments (prednisone 15 mg since 2026-01, rituximab until 2026-05)",
         "Traitements (prednisone 15 mg depuis 2026-01, rituximab jusqu'en 2026-05)"),
        (
            "Present and past ones, with commas between: a drug with now, since or until a date, or never before it; end with "
            "`no other` if the list is complete.",
            "Présents et passés, séparés par des virgules : un médicament avec en cours, depuis ou jusqu'à une date, ou jamais devant ; "
            "finir par `aucun autre` si la liste est complète.",
        ),
        lambda facts, text, _: facts._replace(treatments=(*facts.treatments, text)),
    ),
    "countries": Put(
        ("Country", "Pays"),
        (
            "Where the patient can go; several with commas. A town or a province may be given.",
            "Où le patient peut aller ; plusieurs avec des virgules. Une ville ou une province convient.",
        ),
        lambda facts, text, _: facts._replace(countries=(text,)),
    ),
    "sex": Put(
        ("Sex (female/male)", "Sexe (femme/homme)"),
        ("Some trials take one sex only.", "Certains essais ne prennent qu'un sexe."),
        lambda facts, text, _: facts._replace(sex=text),
    ),
    "ild": Put(
        ("Interstitial lung disease (yes/no)", "Pneumopathie interstitielle (oui/non)"),
        (
            "Seen on a CT scan, now or in the past. With anti-MDA5 or an antisynthetase antibody it can be an emergency.",
            "Vue au scanner, actuelle ou passée. Avec un anti-MDA5 ou une antisynthétase, elle peut être une urgence.",
        ),
        lambda facts, text, lang: facts._replace(ild=_yes_no(text, lang)),
    ),
    "refractory": Put(
        ("Refractory to usual treatment (yes/no)", "Réfractaire aux traitements habituels (oui/non)"),
        (
            "Failure of, intolerance to, or contra-indication of usual treatments.",
            "Échec, intolérance ou contre-indication des traitements habituels.",
        ),
        lambda facts, text, lang: facts._replace(refractory=_yes_no(text, lang)),
    ),
    "onset": Put(
        ("Onset (2024-03, 6 months ago, at 12 years)", "Début (2024-03, il y a 6 mois, à 12 ans)"),
        (
            "When the disease began: a date, a time ago, or an age.",
            "Quand la maladie a commencé : une date, un délai, ou un âge.",
        ),
        lambda facts, text, _: facts._replace(onset=text),
    ),
}  # fmt: skip
"""The questions with words of their own."""
