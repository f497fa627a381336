"""Drugs that failed, named: `échec MTX et AZA` is at least two drugs failed, `failed steroids` the failure of steroids."""

from __future__ import annotations

import re
from collections.abc import Sequence

from myofind.asking.tokens import Hit, Text, Token, refusal
from myofind.asking.typed_fact import TypedFact
from myofind.diagnostics import shown
from myofind.domain.patient import Amount, YesNo
from myofind.domain.treatment_facts import STEROID, of_class
from myofind.names.vocabulary import resolve

__all__ = ["failures", "of_a_drug"]

_FAILED = (
    re.compile(
        r"(?:failed(?:[_ ]drugs?)?|failure (?:of|to respond to)|(?:en )?echecs?(?: de| du| des| d'| au| aux| a)?|refractory to|refractaires? (?:a|au|aux)|resistante?s? (?:to|a|au|aux)"
        r"|resistance to|no response to|(?:pas|absence) de reponse (?:a|au|aux|sous)|non[- ]repondeu(?:r|se) (?:a|au|aux)|unresponsive to|versagen von|refraktar auf)\s*:?\s+(?P<drugs>.+)\Z"
    ),
    re.compile(
        r"(?P<drugs>.+?)\s*[:(-]?\s*(?:failed|failures?|(?:en )?echecs?|inefficaces?|ineffective|versagt)\s*\)?\Z"
    ),
)
_PLAIN = re.compile(r"[a-z0-9 ,;+/&.'-]+")
_JOINED = re.compile(
    r"\s*(?:[,;+/&]|\b(?:et|and|und|puis|then)\b)\s*(?:(?:de |du |des |d'|le |la |les |l'|au |aux |a |to )(?=[a-z]))?"
)


def failures(text: Text) -> TypedFact | None:
    """What a text says that names drugs and their failure and nothing else; None for any other. Raises InputError for steroids beside others."""
    for form in _FAILED:
        found = form.fullmatch(text.folded.replace("=", ": ", 1).strip())
        if found is None or not _PLAIN.fullmatch(found["drugs"]):
            continue
        ids = {resolve("drugs", name, exact=True).id for name in _JOINED.split(found["drugs"]) if name}
        if not ids or None in ids:
            continue
        drugs = {id for id in ids if id is not None}
        steroids = {id for id in drugs if of_class(id, STEROID)}
        others = drugs - steroids
        if steroids and others:
            raise refusal(
                f"`{shown(text.typed)}` counts steroids with other drugs", f"`{shown(text.typed)}` compte des corticoïdes avec d'autres médicaments",
                ("write `steroids failed`, and the others beside: `failed MTX, AZA`", "écrire `échec des corticoïdes`, et les autres à part : `échec MTX, AZA`"),
            )  # fmt: skip
        if steroids:
            return TypedFact("steroid_failed", YesNo(True))
        least = [id for id in others if not any(id != other and of_class(other, id) for other in others)]
        return TypedFact("failed_drugs", Amount(float(len(least)), None), failed=tuple(sorted(others)))
    return None


def of_a_drug(tokens: Sequence[Token], hit: Hit) -> bool:
    """Is it said of one drug only, as in `statin-naive`, `rituximab-refractory`, `naïf de rituximab`?"""
    before = [token.text for token in tokens[: hit.start] if token.text != "-"][-1:]
    after = [
        token.text
        for token in tokens[hit.end :]
        if token.text not in ("-", "to", "de", "au", "aux", "a", "d", "'", "fur")
    ][:1]
    return any(resolve("drugs", word, exact=True).id is not None for word in (*before, *after))
