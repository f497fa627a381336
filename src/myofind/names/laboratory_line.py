"""Reading a laboratory line from the left, holding the names that still wait for a result; see `myofind.names.laboratory`."""

import re

from myofind.names.autoantibodies import PANEL, PANEL_SPECIFIC
from myofind.names.laboratory import LabReading, LabResult
from myofind.names.laboratory_tokens import Token, result_at_token, tokens
from myofind.names.normal import compact, normal_form, word_set, words
from myofind.names.result_words import PLURAL, RESULT_WORDS
from myofind.names.vocabulary import Resolution, label, resolve

__all__ = ["read_line"]


_AND = frozenset(("and", "et", "ainsi", "que", "und"))
_NOT = ("no ", "pas de ", "pas d ", "absence de ", "absence d ", "absence of ", "sans ", "without ", "negative for ", "negatif pour ", "negatifs pour ",
        "negative pour ", "neg for ", "neg pour ", "aucun ", "not detected ", "absence ", "negatif en ", "negativite des ", "negativite de ")  # fmt: skip
_YES = ("positive for ", "positif pour ", "positifs pour ", "positive pour ", "pos for ", "pos pour ", "presence de ", "presence d ", "presence of ", "presence ",
        "positivite des ", "positivite de ", "positivity for ", "strongly positive for ", "detection of ", "detection d ")  # fmt: skip
_WEAK = (
    "weakly positive for ",
    "weak positive for ",
    "faiblement positif pour ",
    "borderline for ",
    "equivocal for ",
    "douteux pour ",
    "equivoque pour ",
)
_FILLER = word_set(
    "result results resultat resultats antibodies antibody anticorps ac myositis profile panel profil myosite myosites dot immunodot lineblot blot line"
    " euroline elisa bilan immunologique autoantibodies autoanticorps auto serology serologie immunologie msa maa the les tous toutes all both autres others reste rest remaining"
    " le la un une is are was were est sont etait etaient by par titre titer titres a au level taux tested with avec now finally"
)
_TAIL = word_set(
    "mouchete mouchetes speckled homogene homogenes homogeneous nucleolar nucleolaire cytoplasmic cytoplasmique cytoplasm cytoplasmique fin fine dense mouchetee pattern aspect"
    " centromerique diffuse granular granuleux dfs70 kda igg titre titer antibody antibodies ab by elisa dot blot lineblot immunodot"
)
_PANEL = (
    r"(?:(?:the |le )?(?:(?:extended |full |complete |whole )?(?:myositis )?(?:antibody )?(?:panel|dot|blot|immunodot|lineblot|line blot|profile|profil|dot myosite|dot myosites|panel myosite|panel myosites|bilan|myositis blot"
    r"|immunodot myosite|dot blot|myodot|line immunoassay|lia|serology|serologie|bilan immunologique|autoantibodies|antibodies|anticorps|auto anticorps|all antibodies|tous les anticorps)(?: myosite| myosites| myositis)?) )"
)


class _Reader:
    """Reads one line from the left, holding the names that still wait for a result."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.results: list[LabResult] = []
        self.problems: list[Resolution] = []
        self.notes: list[str] = []

    # --- a segment: what stands between commas and semicolons ---

    def segment(self, tokens: list[Token], heading: str | None) -> tuple[str | None, bool]:
        """Read names and results; gives the result a heading announces for what follows, and whether anything was named."""
        waiting: list[Token] = []
        named = False
        at = 0
        while at < len(tokens):
            token = tokens[at]
            result, length = result_at_token(tokens, at)
            if result is None:
                if token.kind != "equals" or waiting:
                    waiting.append(token)
                at += 1
                continue
            at += length
            if at < len(tokens) and tokens[at].kind == "question" and token.kind != "question":
                result = "borderline"
                at += 1
            following = tokens[at] if at < len(tokens) else None
            if not waiting:
                if following is None and named:
                    continue
                while at < len(tokens) and compact(tokens[at].text) in ("for", "pour", "en"):
                    at += 1
                rest = [t for t in tokens[at:] if t.kind != "equals"]
                if rest and ((following is not None and following.kind == "equals") or not named):
                    heading = result
                    continue
                continue
            if token.kind == "minus" and following is not None:
                later, _ = result_at_token(tokens, at)
                if later is not None:
                    continue
                if following.kind == "word" and not any(
                    result_at_token(tokens, i)[0] is not None for i in range(at, len(tokens))
                ):
                    self._problem(
                        self._slice(tokens, 0, len(tokens)), "a lone minus between two names: say which is negative"
                    )
                    return heading, True
            if token.kind == "plus" and len(token.text) == 1 and following is not None and following.kind == "word":
                self.names(waiting, "positive")
            else:
                self.names(waiting, result)
            waiting, named = [], True
        if waiting and named and self._remark(waiting):
            return heading, True
        if waiting:
            named = self.names(waiting, heading) or named
        return heading, named

    def _remark(self, tokens: list[Token]) -> bool:
        """Is what follows a result no name but a remark ("(was on statin)", "speckled")? It is kept as a note."""
        for token in tokens:
            if token.kind == "paren" and resolve("antibodies", token.text).outcome == "unknown":
                self.notes.append(f"not read: {token.text}")
            elif token.kind not in ("equals",) and not set(words(token.text)) <= _TAIL | _FILLER:
                return False
        return True

    def _slice(self, tokens: list[Token], first: int, last: int) -> str:
        return self.text[tokens[first].start : tokens[last - 1].end] if tokens else ""

    # --- names ---

    def names(self, tokens: list[Token], result: str | None) -> bool:
        """Give a result to the name, or the names joined by a slash, "and" or a plus, that these tokens write."""
        tokens = [token for token in tokens if not (token.kind == "minus" and token is tokens[0])]
        while tokens and tokens[-1].kind in ("equals", "slash", "minus"):
            tokens = tokens[:-1]
        while tokens and tokens[0].kind in ("equals", "slash", "minus"):
            tokens = tokens[1:]
        if not tokens:
            return False
        value = next((token for token in tokens if token.kind == "value"), None)
        if value is not None:
            return self._valued(tokens, value, result)
        whole = self._slice(tokens, 0, len(tokens))
        if result is None:
            result, whole = self._said_before(whole)
        return self._name(whole, result)

    def _said_before(self, text: str) -> tuple[str | None, str]:
        """`absence d'anti-SRP` and `positive for Jo-1` give the result before the name."""
        form = normal_form(text) + " "
        for phrases, result in ((_WEAK, "borderline"), (_NOT, "negative"), (_YES, "positive")):
            for phrase in phrases:
                if form.startswith(phrase) and len(form) > len(phrase):
                    count = len(phrase.split())
                    pieces = list(re.finditer(r"[^\s'’]+['’]?", text))
                    if count < len(pieces):
                        return result, text[pieces[count].start() :]
        return None, text

    def _valued(self, tokens: list[Token], value: Token, result: str | None) -> bool:
        """A value with units: a result only with the laboratory's cut-off beside it."""
        before = [token for token in tokens if token.end <= value.start and token.kind != "equals"]
        name = self._slice(before, 0, len(before)) if before else value.text
        if result is None:
            limit = re.search(
                r"[(\[][^)\]]*?(?:<|≤|N|VN|inf|cut-?off|seuil)[^)\]\d]*(\d+(?:[.,]\d+)?)", self.text[value.end :]
            )
            below = value.text.lstrip()[:1] in "<≤"
            number = re.search(r"\d+(?:[.,]\d+)?", value.text)
            if below:
                result = "negative"
            elif limit and number:
                result = (
                    "positive"
                    if float(number[0].replace(",", ".")) >= float(limit[1].replace(",", "."))
                    else "negative"
                )
            else:
                self._problem(
                    self._slice(tokens, 0, len(tokens)), "a value without its cut-off: say positive or negative"
                )
                return True
        return self._name(name, result)

    def _name(self, text: str, result: str | None) -> bool:
        """One name, or several joined, with their result; bare is positive."""
        text = text.strip().strip(".").strip()
        if not compact(text):
            return False
        bare = self._without_remark(text)
        if self._panel(bare, result):
            return True
        found = self._whole(bare)
        if found is not None:
            return self._take(bare, found, result)
        parts = self._split(bare)
        if parts:
            for part, one in parts:
                self._take(part, one, result)
            return True
        if set(words(bare)) <= _FILLER | _AND | _TAIL:
            if result is not None:
                self.notes.append(f"not read: `{bare}` {result}: it names no antibody")
            return False
        self._problem(bare, None)
        return True

    def _whole(self, text: str) -> Resolution | None:
        """The text as one name, with or without the words of a pattern or a method after it."""
        found = resolve("antibodies", text)
        if found.id is not None or (found.outcome == "ambiguous" and found.why != "names more than one"):
            return found
        pieces = text.split()
        for cut in range(len(pieces) - 1, 0, -1):
            if set(words(" ".join(pieces[cut:]))) <= _TAIL | {"igg", "by", "par"}:
                found = resolve("antibodies", " ".join(pieces[:cut]))
                if found.id is not None:
                    return found
        for cut in range(1, len(pieces)):
            if set(words(" ".join(pieces[:cut]))) <= _FILLER:
                found = resolve("antibodies", " ".join(pieces[cut:]))
                if found.id is not None:
                    return found
        return None

    def _without_remark(self, text: str) -> str:
        """A parenthesis that names nothing is a remark: kept as a note, not read."""
        for found in re.finditer(r"[(\[]([^()\[\]]*)[)\]]", text):
            inner = found[1].strip()
            if resolve("antibodies", text).id is not None:
                return text
            if resolve("antibodies", inner).outcome == "unknown":
                rest = (text[: found.start()] + " " + text[found.end() :]).strip()
                if rest:
                    self.notes.append(f"not read: ({inner})")
                    return self._without_remark(rest)
        return text

    def _split(self, text: str) -> list[tuple[str, Resolution]]:
        """The names a text joins by a slash, a plus, "and" or spaces; empty when a piece of it is no name."""
        pieces = [piece for piece in re.split(r"\s*[/&+]\s*|\s+(?:and|et|und|plus)\s+|\s+", text) if piece]
        best: list[list[tuple[str, Resolution]] | None] = [None] * (len(pieces) + 1)
        best[0] = []
        # fewest names first: the longest reading of every stretch
        for end in range(1, len(pieces) + 1):
            for start in range(end):
                ahead = best[start]
                if ahead is None or end - start > 6:
                    continue
                candidate: list[tuple[str, Resolution]]
                piece = " ".join(pieces[start:end])
                if start + 1 == end and compact(piece) in _AND | {"anti", "ac", "anticorps", "antibodies"}:
                    candidate = ahead
                else:
                    found = resolve("antibodies", piece)
                    if found.id is None or found.id in ("seroneg", "ab_unknown"):
                        continue
                    candidate = [*ahead, (piece, found)]
                held = best[end]
                if held is None or len(candidate) < len(held):
                    best[end] = candidate
        return best[-1] or []

    def _take(self, typed: str, found: Resolution, result: str | None) -> bool:
        if found.id is None:
            self.problems.append(found)
        elif found.id == "ab_unknown":
            self.notes.append(f"`{typed}`: not tested or not known, which is never negative")
        elif found.id == "seroneg":
            self._panel_negative(typed)
        else:
            self.results.append(LabResult(typed, found.id, result or "positive"))
        return True

    def _panel(self, text: str, result: str | None) -> bool:
        """`panel negative`: which antibodies that covers, said aloud."""
        form = normal_form(text) + " "
        if result is not None and re.fullmatch(_PANEL, form):
            if result == "negative":
                self._panel_negative(text)
            elif result == "not_tested":
                self.notes.append(f"`{text}`: not tested or not known, which is never negative")
            else:
                self._problem(text, "a positive panel: say which antibody")
            return True
        if result == "negative" and form.strip() in (
            "msa",
            "asm",
            "anticorps specifiques",
            "myositis specific antibodies",
            "myositis specific",
        ):
            self._panel_negative(text, specific=True)
            return True
        if result is not None and form.strip() in ("msa", "maa"):
            if result == "not_tested":
                self.notes.append(f"`{text}`: not tested or not known, which is never negative")
            else:
                self.results.append(LabResult(text, f"{form.strip()}_any", result))
            return True
        return False

    def _panel_negative(self, typed: str, specific: bool = False) -> None:
        specific = specific or normal_form(typed).startswith(("msa", "no msa"))
        covered = PANEL_SPECIFIC if specific else PANEL
        self.results += [LabResult(typed, id, "negative") for id in covered]
        named = ", ".join(label("antibodies", id) for id in covered)
        self.notes.append(
            f"`{typed}` is read as negative for the usual line blot: {named}; not for anti-HMGCR nor anti-cN1A, which are tested apart"
        )

    def _problem(self, typed: str, why: str | None) -> None:
        found = resolve("antibodies", typed)
        if why is not None:
            found = Resolution("antibodies", typed, "ambiguous", None, found.candidates, found.suggestions, why)
        elif found.id is not None:
            found = found._replace(outcome="ambiguous", id=None, candidates=(found.id,))
        self.problems.append(found)


def read_line(text: str) -> LabReading:
    """Read a whole line."""
    reader = _Reader(text)
    whole = resolve("antibodies", text.strip())
    if whole.id in ("ab_unknown", "seroneg") or (
        whole.outcome == "exact" and not any(t.kind not in ("word", "slash") for t in tokens(text)) and _bare(text)
    ):
        reader._take(text.strip(), whole, None)
        return LabReading(tuple(reader.results), tuple(reader.problems), tuple(reader.notes))
    if (alone := RESULT_WORDS.get(tuple(words(text)))) in ("negative", "not_tested"):
        reader._panel("panel", alone)
        return LabReading(tuple(reader.results), tuple(reader.problems), tuple(reader.notes))
    heading: str | None = None
    waiting: list[tuple[int, int]] = []
    segment: list[Token] = []
    for token in [*tokens(text), Token("hard", "", len(text), len(text))]:
        if token.kind not in ("hard", "comma"):
            segment.append(token)
            continue
        first = len(reader.results)
        if segment:
            last = compact(segment[-1].text)
            heading, _ = reader.segment(segment, heading)
            if _is_bare(segment, reader):
                waiting.append((first, len(reader.results)))
            elif last in PLURAL and waiting and len(reader.results) > first:
                _spread(reader, waiting, reader.results[-1].result)
                waiting = []
            else:
                waiting = []
        segment = []
        if token.kind == "hard":
            waiting = []
            if token.text.strip() not in (";", "|", ""):
                heading = None
    return LabReading(tuple(_once(reader)), tuple(reader.problems), tuple(reader.notes))


def _bare(text: str) -> bool:
    typed = words(text)
    return not any(RESULT_WORDS.get(tuple(typed[at:])) for at in range(1, len(typed)))


def _is_bare(segment: list[Token], reader: _Reader) -> bool:
    """Does the segment name antibodies and give no result?"""
    return all(result_at_token(segment, at)[0] is None for at in range(len(segment)))


def _spread(reader: _Reader, waiting: list[tuple[int, int]], result: str) -> None:
    """A French plural after a list of names is the result of them all."""
    for first, last in waiting:
        for at in range(first, last):
            reader.results[at] = reader.results[at]._replace(result=result)


def _once(reader: _Reader) -> list[LabResult]:
    """One result an antibody; two that differ are a problem, and neither is kept."""
    found: dict[str, LabResult] = {}
    clashes: set[str] = set()
    for one in reader.results:
        held = found.setdefault(one.id, one)
        if held.result != one.result and one.id not in clashes:
            clashes.add(one.id)
            why = f"{label('antibodies', one.id)} is given as {held.result} and as {one.result}"
            reader.problems.append(Resolution("antibodies", one.typed, "ambiguous", None, (one.id,), (), why))
    return [one for id, one in found.items() if id not in clashes]
