"""Small registries cut out of a whole one: some of its trials, with the sources they cite and no others."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

__all__ = ["excerpt", "parts"]


@lru_cache(maxsize=4)
def parts(text: str) -> tuple[str, tuple[str, ...]]:
    """What stands before the trials of a registry, and the text of each trial."""
    head, *trials = re.split(r"^(?=  - id: )", text, flags=re.MULTILINE)
    return head, tuple(trials)


def excerpt(text: str, trials: Iterable[str]) -> str:
    """A registry of these trials, under the head of the whole one without the sources they do not cite."""
    below = "".join(trials)
    cited = set(re.findall(r"(?:ref|source): ([a-z0-9-]+)", below))
    above, *sources = re.split(r"^(?=    [a-z0-9-]+:$)", parts(text)[0].removesuffix("trials:\n"), flags=re.MULTILINE)
    return above + "".join(one for one in sources if one.split(":")[0].strip() in cited) + "trials:\n" + below
