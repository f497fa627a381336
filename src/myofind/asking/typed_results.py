"""Results of antibodies as typed: two of one antibody, a class against its member, what was said with one diagnosis."""

from collections.abc import Iterable

from myofind.asking.typed_names import accepted
from myofind.diagnostics import InputError, shown
from myofind.domain.patient import Result
from myofind.names import autoantibodies as ab
from myofind.names.laboratory_values import Refusal
from myofind.names.normal import words
from myofind.names.result_words import DENIALS
from myofind.names.vocabulary import label, resolve
from myofind.words.reading_notes import worded
from myofind.words.wording import RESULTS, Lang, pick


def add_result(
    results: dict[str, Result], one: str, result: Result, lang: Lang, *, with_diagnosis: bool = False
) -> None:
    """Add a result to those given; raises InputError for an antibody that has another, telling whether the diagnosis said this one."""
    earlier = results.get(one)
    if earlier is not None and earlier != result:
        if "not_tested" in (earlier, result):
            result = earlier if result == "not_tested" else result
        else:
            name, first, second = (
                label("antibodies", one, lang),
                *(pick(lang, *RESULTS[each]) for each in (earlier, result)),
            )
            if with_diagnosis:
                raise InputError(
                    pick(
                        lang,
                        f"{name} is given as {first}, and as {second} with the diagnosis",
                        f"{name} : {first}, mais {second} avec le diagnostic",
                    ),
                    pick(lang, "correct the result or the diagnosis", "corriger le résultat ou le diagnostic"),
                )
            raise InputError(
                pick(lang, f"{name} is given as {first} and as {second}", f"{name} : à la fois {first} et {second}"),
                pick(lang, "give one result an antibody", "donner un seul résultat par anticorps"),
            )
    results[one] = result


def refuse(text: str, problems: tuple[Refusal, ...], lang: Lang) -> None:
    """Raise InputError for the first thing in a laboratory text that cannot be read."""
    for problem in problems:
        if problem.name is not None:
            accepted(problem.name, [], "antibodies", text, lang)
        _check_result(text, lang)
        reason = worded(problem.code, problem.arguments, lang)
        raise InputError(
            pick(
                lang,
                f"`{shown(text)}` cannot be read: {shown(reason, 200)}",
                f"`{shown(text)}` ne peut être lu : {shown(reason, 200)}",
            ),
            pick(lang, *_hint(problem)),
        )


_OF_A_VALUE = frozenset(
    ("value_without_limit", "limit_without_value", "bands_unclear", "outside_bands", "number_unclear", "several_limits", "units_differ", "lone_comparison",
     "doubtful_number", "flag_contradicts", "question_beside_number")
)  # fmt: skip
_OF_NAMES = frozenset(("no_result", "unclear_list", "either"))


def _hint(problem: Refusal) -> tuple[str, str]:
    """What to type instead of a line that is not read, with its own names where the refusal knows them."""
    names = [shown(name, 20) for name in problem.arguments[0].split(", ")][:3] if problem.arguments else []
    if problem.code in _OF_NAMES and names:
        each = [
            (f"{name} {en}", f"{name} {fr}")
            for name in names
            for en, fr in (("positive", "positif"), ("negative", "négatif"))
        ][:4]
        en, fr = (", ".join(f"`{text}`" for text in texts) for texts in zip(*each, strict=True))
        return f"say it of each: {en}", f"le dire de chacun : {fr}"
    if problem.code in _OF_A_VALUE:
        return (
            "write the result in words (`Jo-1 positive`), or one value with the laboratory's own limit (`Jo-1 15 U/mL (N < 20)`)",
            "écrire le résultat en toutes lettres (`Jo-1 positif`), ou une valeur avec le seuil du laboratoire (`Jo-1 15 U/mL (N < 20)`)",
        )
    if problem.code == "unread" and names:
        word = shown(problem.arguments[0], 30)
        if (elsewhere := _of_another_field(problem.arguments[0])) is not None:
            return elsewhere
        return (
            f"`{word}` could change what the line says; give each antibody with its result alone: `Jo-1 positive, SRP negative`",
            f"`{word}` pourrait changer le sens ; donner chaque anticorps avec son seul résultat : `Jo-1 positif, SRP négatif`",
        )
    if problem.code == "panel_positive":
        return ("name the antibody: `Jo-1 positive`", "nommer l'anticorps : `Jo-1 positif`")
    if problem.code == "no_name" and DENIALS.intersection(words(" ".join(problem.arguments))):
        return (
            "say of what: `panel negative` for the usual antibodies, `Jo-1 negative` for one",
            "dire de quoi : `panel négatif` pour les anticorps usuels, `Jo-1 négatif` pour un seul",
        )
    return (
        "give one result an antibody: positive, negative, borderline, not tested (or +, -, +/-, ?)",
        "donner un résultat par anticorps : positif, négatif, équivoque, non fait (ou +, -, +/-, ?)",
    )


def _of_another_field(word: str) -> tuple[str, str] | None:
    """What to type instead of a word that no antibody is called, and that names a disease or a fact."""
    from myofind.asking.typed_facts import named_fact

    said = shown(word, 30)
    if resolve("subtypes", word, exact=True).id is not None:
        return (
            f"`{said}` is a disease: give it with -s, and here only antibodies with their results",
            f"`{said}` est une maladie : la donner avec -s, et ici seulement les anticorps et leur résultat",
        )
    if len(word) > 1 and word.isalnum() and named_fact(word) is not None:
        return (
            f"`{said}` is no antibody: give it with -F, and here only antibodies with their results",
            f"`{said}` n'est pas un anticorps : donner cela avec -F, et ici seulement les anticorps et leur résultat",
        )
    return None


def _check_result(text: str, lang: Lang) -> None:
    """`jo1=maybe`: the antibody is known and the result is not; raises InputError saying so."""
    name, sign, result = text.partition("=")
    known = resolve("antibodies", name).id
    if sign and known is not None:
        word, of = shown(result.strip(), 30), label("antibodies", known, lang)
        raise InputError(
            pick(lang, f"`{word}` is not a result of {of}", f"`{word}` n'est pas un résultat ({of})"),
            pick(
                lang,
                "accepted: positive, negative, borderline, not tested (or +, -, +/-, ?)",
                "acceptés : positif, négatif, équivoque, non fait (ou +, -, +/-, ?)",
            ),
        )


_SERONEGATIVE = {"imnm_seroneg": ("srp", "hmgcr")}
"""Subtypes that are the disease without these antibodies."""


def check_seronegative(subtypes: Iterable[str], results: dict[str, Result], lang: Lang) -> None:
    """A disease without an antibody, and the antibody positive: both cannot be."""
    for subtype in subtypes:
        found = next((one for one in _SERONEGATIVE.get(subtype, ()) if results.get(one) == "positive"), None)
        if found is not None:
            disease, antibody = label("subtypes", subtype, lang), label("antibodies", found, lang)
            raise InputError(
                pick(lang, f"{antibody} is positive, and the diagnosis is `{disease}`", f"{antibody} positif, et le diagnostic est `{disease}`"),
                pick(lang, f"correct one of the two; with the antibody it is `-s imnm_{found}`", f"corriger l'un des deux ; avec l'anticorps, c'est `-s imnm_{found}`"),
            )  # fmt: skip


def check_classes(results: dict[str, Result], lang: Lang) -> None:
    """A negative class with a positive member says two things at once."""
    for one, result in results.items():
        if result == "positive":
            for group in sorted(ab.groups(one)):
                if results.get(group) == "negative":
                    member, whole = label("antibodies", one, lang), label("antibodies", group, lang)
                    raise InputError(
                        pick(
                            lang,
                            f"{member} is positive and {whole} negative, which includes it",
                            f"{member} positif et {whole} négatif, qui le comprend",
                        ),
                        pick(lang, "correct one of the two", "corriger l'un des deux"),
                    )


Beside = tuple[tuple[str, tuple[tuple[str, Result], ...]], ...]


def said_with_one(of_one: list[tuple[str, str, Result]], results: dict[str, Result]) -> Beside:
    """The positive results said with one of several diagnoses, by diagnosis; what was also typed alone holds anyway."""
    held: dict[str, dict[str, Result]] = {}
    for subtype, antibody, state in of_one:
        if state == "positive" and antibody not in results:
            held.setdefault(subtype, {})[antibody] = state
    return tuple((subtype, tuple(sorted(own.items()))) for subtype, own in held.items())


def said_with_one_notes(beside: Beside, lang: Lang) -> list[str]:
    """What was said with one of several diagnoses and holds for that one only, so that it is no fact of the patient."""
    return [
        pick(
            lang,
            f"{label('antibodies', antibody)}: said with one of several diagnoses, not taken for the others; if positive, add -A {antibody}",
            f"{label('antibodies', antibody, lang)} : dit avec un seul des diagnostics, non retenu pour les autres ; si positif, ajouter -A {antibody}",
        )
        for _, own in beside
        for antibody, _ in own
    ]
