"""What to ask instead when nothing fits: the same question with one fact left out or widened, and what it would give."""

from datetime import date
from typing import NamedTuple

from myofind.asking.as_command import as_age, command
from myofind.asking.profile import Profile, Typed
from myofind.domain.patient import Patient
from myofind.matching import trial_sets as sets
from myofind.matching.answer import Answer
from myofind.matching.trial_sets import Bits, Index
from myofind.names.vocabulary import label
from myofind.words.wording import Lang, pick

MOST = 5


class Relaxed(NamedTuple):
    """A command ready to run: what it leaves out or adds, and how many more trials it finds."""

    command: str
    about: str
    gain: int


def relaxed(
    table: Index, asked: Profile, typed: Typed, found: Answer, day: date, lang: Lang, also: tuple[tuple[str, bool], ...]
) -> tuple[Relaxed, ...]:
    """Commands that find more, the most first; a fact that is only left out is said to be."""
    patient, said = asked.patient, as_age(asked, typed)
    fitting, taking = found.fitting, found.taking & ~found.states["unknown"]

    def gain(other: Patient) -> int:
        then = sets.verdicts(table, other, day)
        return sets.size((then.match | then.possible) & ~fitting & taking)

    options: list[Relaxed] = []

    def offer(about: tuple[str, str], other: Patient, facts: Typed, *more: str) -> None:
        options.append(Relaxed(command(facts, *more), pick(lang, *about), gain(other)))

    for code, _ in _countries(table, found)[:2]:
        name = label("countries", code, lang)
        offer(
            (f"also in {name}", f"aussi : {name}"),
            patient._replace(countries=(*patient.countries, code)),
            said._replace(countries=(*said.countries, code)),
        )
    if patient.countries:
        offer(("in any country", "dans tout pays"), patient._replace(countries=()), said._replace(countries=()))
    if patient.antibodies and typed.antibodies:
        offer(
            ("antibodies left out", "sans les anticorps"), patient._replace(antibodies=()), said._replace(antibodies=())
        )
    if patient.birth:
        offer(
            ("age left out", "sans l'âge"), patient._replace(birth=None),
            said._replace(age=None),
        )  # fmt: skip
    if patient.refractory is False:
        offer(
            ("should it become refractory", "si la maladie devenait réfractaire"), patient._replace(refractory=True),
            said._replace(refractory=True),
        )  # fmt: skip
    if patient.ild is not None:
        offer(
            ("lung disease left out", "sans l'atteinte pulmonaire"), patient._replace(ild=None), said._replace(ild=None)
        )
    for one, _ in also:
        offer(
            (f"as {label('subtypes', one)}", f"comme {label('subtypes', one, 'fr')}"),
            patient._replace(subtypes=(*patient.subtypes, one)), said._replace(subtypes=(*said.subtypes, one)),
        )  # fmt: skip
    closed = sets.size(fitting & found.states["closed"])
    if closed:
        about = pick(lang, "that would fit but are closed", "qui conviendraient mais sont fermés")
        options.append(Relaxed(command(said, "--status", "closed"), about, closed))
    order = {option: place for place, option in enumerate(options)}
    useful = [option for option in options if option.gain]
    return tuple(sorted(useful, key=lambda option: (-option.gain, order[option])))[:MOST]


def _countries(table: Index, found: Answer) -> list[tuple[str, Bits]]:
    """The countries of the trials that only the country keeps out, the most useful first."""
    missed = sets.only_failing(table, "country", found.judged) & found.taking
    by_code: dict[str, Bits] = {}
    for rule, bits in table.rules.get("country", ()):
        for code in rule.listed if bits & missed else ():
            by_code[code] = by_code.get(code, 0) | (bits & missed)
    return sorted(by_code.items(), key=lambda pair: (-pair[1].bit_count(), pair[0]))
