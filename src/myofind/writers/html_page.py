"""Pages from templates: every value is escaped, and is text of one line, whatever the registry or a profile holds.

A page is one file that asks nothing of anybody: its policy allows its own style and nothing else.
"""

from __future__ import annotations

import base64
import hashlib
import re
from functools import cache
from typing import Any

import jinja2
from jinja2 import BytecodeCache, Environment, PackageLoader, StrictUndefined
from jinja2.bccache import Bucket
from markupsafe import Markup, escape

from myofind import __version__
from myofind.registry.cache import keep, recall
from myofind.words.wording import Lang, pick
from myofind.writers.columns import plain

MOST_KEPT = 40
"""Compiled templates that stay: those of two versions."""


def rendered(template: str, lang: Lang, **values: Any) -> str:
    """A page, or a part of one, in a language."""
    return _templates(lang).get_template(template).render(values)


def around(template: str, lang: Lang, **values: Any) -> tuple[str, str]:
    """A page whose `rows` are written one by one: what stands before them, and after."""
    here = Markup("<!-- rows -->")
    before, _, after = rendered(template, lang, rows=here, **values).partition(here)
    return before, after


class _Compiled(BytecodeCache):
    """Compiled templates, kept between runs beside what else is kept: compiling them takes longer than filling them."""

    def load_bytecode(self, bucket: Bucket) -> None:
        """Read a template; one that another interpreter or another source made is compiled anew."""
        data = recall(_file_of(bucket))
        if data is not None:
            bucket.bytecode_from_string(bytes(data))

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep a template."""
        keep(_file_of(bucket), bucket.bytecode_to_string(), MOST_KEPT)


def _file_of(bucket: Bucket) -> str:
    return f"page-{jinja2.__version__}-{bucket.checksum}-{bucket.key}"


@cache
def _templates(lang: Lang) -> Environment:
    def finalize(value: Any) -> Any:
        if type(value) is Markup or (lang == "en" and type(value) is str and value.isprintable()):
            return value  # of thousands of values nearly every one
        return value if isinstance(value, (Markup, int, float)) else text(value, lang)

    def days(value: Any) -> Markup:
        """A text in which no day is broken over two lines."""
        line = escape(text(value, lang))
        return Markup(_DAY.sub(r'<span class="day">\g<0></span>', str(line))) if "-" in line else line

    def linked(value: Any) -> Markup:
        """A text, with its address where it has one that may be followed."""
        if value.link:
            return Markup(f'<a href="{escape(value.link)}">{escape(text(value.text, lang))}</a>')
        return Markup(f"<bdi>{days(value.text)}</bdi>")

    def t(en: str, fr: str) -> str:
        return pick(lang, en, fr)

    templates = Environment(
        loader=PackageLoader("myofind.writers"), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True, keep_trailing_newline=True, finalize=finalize, auto_reload=False,
        bytecode_cache=_Compiled(),
    )  # fmt: skip
    style, _, _ = templates.loader.get_source(templates, "page.css")  # type: ignore[union-attr]  # it has a loader
    # A page may load its own style, known by its hash, and an empty icon, so that none is asked for.
    known = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{known}'; img-src data:; base-uri 'none'; form-action 'none'"
    templates.filters |= {"days": days, "linked": linked}
    templates.globals |= {
        "t": t, "lang": lang, "program": f"myofind {__version__}", "style": Markup(style), "policy": policy,
        "colon": t(": ", " : "), "apart": t("; ", " ; "),
    }  # fmt: skip
    return templates


def text(value: Any, lang: Lang) -> str:
    """A value as text of one line; in French no line begins with a colon or ends with an opening quote."""
    line = value if isinstance(value, str) and value.isprintable() else plain(value)
    return re.sub(r"(?<=«) | (?=[:;?!»])", "\N{NO-BREAK SPACE}", line) if lang == "fr" else line


_DAY = re.compile(r"(?<![\w-])[12]\d{3}-[01]\d(-[0-3]\d)?(?![\w-])", re.ASCII)

SAFE = re.compile(r"(https?://|mailto:|tel:)[!-~]+", re.ASCII)
"""Addresses that a page links to; all others are text."""


def address(link: str | None) -> str | None:
    """An address that may be followed; None for any other text."""
    return link if link and SAFE.fullmatch(link) else None
