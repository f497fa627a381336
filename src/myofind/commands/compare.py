"""`myofind compare`: trials side by side for one patient."""

from typing import Annotated

from typer import Argument

from myofind.commands import complete, options
from myofind.commands.common import exits, language_and_day, open_registry, print_report
from myofind.commands.match_run import request_of, with_profile
from myofind.commands.numbered import understood
from myofind.diagnostics import InputError, shown
from myofind.registry.search import Finder
from myofind.report.trial_page import side_by_side


@exits
def command(
    names: Annotated[
        list[str],
        Argument(
            metavar="A B [C…]", help="Two or more trials: numbers, acronyms or labels.", autocompletion=complete.trials
        ),
    ],
    subtypes: options.Subtypes = None,
    age: options.Age = None,
    birth_date: options.BirthDate = None,
    antibodies: options.Antibodies = None,
    countries: options.Countries = None,
    sex: options.Sex = None,
    onset: options.Onset = None,
    ild: options.Ild = None,
    refractory: options.Refractory = None,
    facts: options.Facts = None,
    treatments: options.Treatments = None,
    profile: options.ProfileFile = None,
    exact: options.Exact = False,
    on: options.On = None,
    form: options.PageFormat = "table",
    lang: options.Language = "en",
    registry: options.Registry = None,
) -> int:
    """Compare trials side by side. Design, wash-outs, time, places, whom to call, what differs in their criteria."""
    typed = request_of(locals()).typed
    language, day = language_and_day(lang, form, on)
    patient, typed = understood(with_profile(typed, profile), day, exact=exact, lang=language)
    store = open_registry(registry)
    whole = side_by_side(store, patient, typed, trials_named(Finder(store.trials()), names), day)
    return print_report(form, "side_by_side", whole, language, whole.notes)


def trials_named(finder: Finder, names: list[str]) -> list[str]:
    """The ids of two or more trials; raises InputError for a name of none or several, and for a trial named twice."""
    ids: list[str] = []
    for name in names:
        id = finder.find_one(name).id
        if id in ids:
            raise InputError(
                (f"`{shown(name)}` is {id}, which is named twice", f"`{shown(name)}` est {id}, nommé deux fois"),
                ("name two or more trials", "nommer deux essais ou plus"),
            )
        ids.append(id)
    if len(ids) < 2:
        hint = f"name two or more; `myofind show {ids[0]}` shows one"
        raise InputError(
            ("one trial has nothing to stand beside", "un seul essai ne se compare à rien"),
            (hint, f"en nommer deux ou plus ; `myofind show {ids[0]}` en montre un"),
        )
    return ids
