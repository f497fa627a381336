"""Options that several commands take, declared once."""

from collections.abc import Callable
from typing import Annotated, Any

from typer import Option

from myofind.commands import complete
from myofind.commands.common import FORMATS, PAGE_FORMATS, without_pager
from myofind.language import LANGUAGES

Text = str | None
Texts = list[str] | None
"""What an option holds that may be left out; repeated, a list."""
STATES = "open, upcoming, by_invitation, closed, unknown, or a register status; repeatable."


def option(
    names: str, about: str, value: str | None = None, words: Callable[[str], list[str]] | None = None, **more: Any
) -> Any:
    """An option: its names, what it is for, how its value is written, and what a shell offers for it."""
    return Option(*names.split(), help=about, metavar=value, autocompletion=words, **more)


def form_option(forms: tuple[str, ...], about: str = "") -> Any:
    """`--format` of a command that has some formats."""
    listed = about or f"{', '.join(forms[:-1])} or {forms[-1]}."
    return option("--format -f", listed, "FORM", complete.words(*forms))


Registry = Annotated[
    Text, option("--registry", "Registry file to use instead of the shipped one (also MYOFIND_REGISTRY).", "PATH")
]
Format = Annotated[str, form_option(FORMATS)]
PageFormat = Annotated[str, form_option(PAGE_FORMATS, "table, json, csv, markdown, or html (a page to print or send).")]
On = Annotated[Text, option("--on", "Evaluation day, YYYY-MM-DD (default today).", "DAY")]
_LANGUAGES = "en or fr (default: MYOFIND_LANG, else the system's language)."
Language = Annotated[str, option("--lang -l", _LANGUAGES, "LANG", complete.words(*LANGUAGES))]
_PAGER = "Print at once; else a long answer on a terminal goes through MYOFIND_PAGER, PAGER or less."
NoPager = Annotated[bool, option("--no-pager", _PAGER, callback=without_pager)]

# The patient -----------------------------------------------------------------------------------------------------------

Subtypes = Annotated[
    Texts, option("--subtype -s", "Subtype; repeat for several under discussion.", words=complete.subtypes)
]
Age = Annotated[Text, option("--age -a", "Age: 45, 45y, 6 months, 17y 8m.")]
BirthDate = Annotated[Text, option("--birth-date -b", "Birth date: 1971-03-12, or a year.")]
_ANTIBODY = "Autoantibody, positive unless said; a pasted laboratory line is read too."
Antibodies = Annotated[Texts, option("--antibody -A", _ANTIBODY, "NAME[=RESULT]", complete.antibodies)]
Countries = Annotated[Texts, option("--country -c", "Country; repeat for several.", words=complete.countries)]
_SEXES = complete.words("female", "male", "femme", "homme")
Sex = Annotated[Text, option("--sex", "female or male.", words=_SEXES)]
Onset = Annotated[Text, option("--onset", "Onset: a date (2024-03), a time ago (6 months ago) or an age (12 years).")]
Ild = Annotated[bool | None, option("--ild/--no-ild", "Interstitial lung disease.")]
_REFRACTORY = "Failure, intolerance or contra-indication of usual treatment."
Refractory = Annotated[bool | None, option("--refractory/--no-refractory", _REFRACTORY)]
_FACT = "A fact trials ask for: cancer, 'no cancer', 'fvc 65 %'; `myofind vocab facts` lists them; repeatable."
Facts = Annotated[Texts, option("--fact -F", _FACT, "NAME[=VALUE]", complete.facts)]
_TREATMENT = "A treatment: 'rituximab until 2026-05', 'never IVIG', 'no other'; repeatable."
Treatments = Annotated[Texts, option("--treatment -T", _TREATMENT, "DRUG[=WHEN]", complete.drugs)]
ProfileFile = Annotated[
    Text, option("--profile -p", "Facts from a YAML or JSON file, or - for standard input; options win.", "FILE")
]
Exact = Annotated[bool, option("--exact", "Accept no typing slip in names.")]
