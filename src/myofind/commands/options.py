"""Options that several commands take, declared once."""

from typing import Annotated, Any

from typer import Option

from myofind.commands import complete
from myofind.commands.common import FORMATS, PAGE_FORMATS, without_pager
from myofind.language import LANGUAGES

Registry = Annotated[
    str | None,
    Option(
        "--registry", metavar="PATH", help="Registry file to use instead of the shipped one (also MYOFIND_REGISTRY)."
    ),
]


def form_option(forms: tuple[str, ...], about: str = "") -> Any:
    """`--format` of a command that has some formats."""
    listed = about or f"{', '.join(forms[:-1])} or {forms[-1]}."
    return Option("--format", "-f", metavar="FORM", help=listed, autocompletion=complete.words(*forms))


Format = Annotated[str, form_option(FORMATS)]
PageFormat = Annotated[str, form_option(PAGE_FORMATS, "table, json, csv, markdown, or html (a page to print or send).")]
On = Annotated[str | None, Option("--on", metavar="DAY", help="Evaluation day, YYYY-MM-DD (default today).")]
Language = Annotated[
    str,
    Option(
        "--lang",
        "-l",
        metavar="LANG",
        help="en or fr (default: MYOFIND_LANG, else the system's language).",
        autocompletion=complete.words(*LANGUAGES),
    ),
]


NoPager = Annotated[
    bool,
    Option(
        "--no-pager",
        help="Print at once; else a long answer on a terminal goes through MYOFIND_PAGER, PAGER or less.",
        callback=without_pager,
    ),
]

# The patient -----------------------------------------------------------------------------------------------------------

Subtypes = Annotated[
    list[str] | None,
    Option("--subtype", "-s", help="Subtype; repeat for several under discussion.", autocompletion=complete.subtypes),
]
Age = Annotated[str | None, Option("--age", "-a", help="Age: 45, 45y, 6 months, 17y 8m.")]
BirthDate = Annotated[str | None, Option("--birth-date", "-b", help="Birth date: 1971-03-12, or a year.")]
Antibodies = Annotated[
    list[str] | None,
    Option(
        "--antibody",
        "-A",
        metavar="NAME[=RESULT]",
        help="Autoantibody, positive unless said; a pasted laboratory line is read too.",
        autocompletion=complete.antibodies,
    ),
]
Countries = Annotated[
    list[str] | None,
    Option("--country", "-c", help="Country; repeat for several.", autocompletion=complete.countries),
]
Sex = Annotated[
    str | None,
    Option("--sex", help="female or male.", autocompletion=complete.words("female", "male", "femme", "homme")),
]
Onset = Annotated[str | None, Option("--onset", help="Onset: a date (2024-03) or an age (12 years).")]
Ild = Annotated[bool | None, Option("--ild/--no-ild", help="Interstitial lung disease.")]
Refractory = Annotated[
    bool | None,
    Option("--refractory/--no-refractory", help="Failure, intolerance or contra-indication of usual treatment."),
]
Facts = Annotated[
    list[str] | None,
    Option(
        "--fact",
        "-F",
        metavar="NAME[=VALUE]",
        help="A fact trials ask for: cancer, 'no cancer', 'fvc 65 %'; `myofind vocab facts` lists them; repeatable.",
        autocompletion=complete.facts,
    ),
]
Treatments = Annotated[
    list[str] | None,
    Option(
        "--treatment",
        "-T",
        metavar="DRUG[=WHEN]",
        help="A treatment: 'rituximab until 2026-05', 'never IVIG', 'no other'; repeatable.",
        autocompletion=complete.drugs,
    ),
]
ProfileFile = Annotated[
    str | None,
    Option(
        "--profile",
        "-p",
        metavar="FILE",
        help="Facts from a YAML or JSON file, or - for standard input; options win.",
    ),
]
Exact = Annotated[bool, Option("--exact", help="Accept no typing slip in names.")]
