"""Studies that were looked at and declined: a line each, beside the registry, kept by hand or by `discover --decline`."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from myofind.diagnostics import InputError, reason_of, shown
from myofind.domain.dates import first_day
from myofind.files.atomic_write import replace_file
from myofind.language import Pair
from myofind.records import NamedTuple
from myofind.registers.ctgov import NCT
from myofind.registry.location import read_bytes

NAME = "declined.txt"
_SEARCHED = "# searched:"
_HEAD = "# Studies looked at and declined: number, day, reason; one a line, by number.\n"
MOST = 4 * 1024 * 1024


class Declined(NamedTuple):
    """Why a study does not belong into the registry, and the day that was decided."""

    day: str
    reason: str


class Memory(NamedTuple):
    """What was declined, by number, and the day of the register's data last searched."""

    declined: Mapping[str, Declined]
    searched: str | None = None


def memory_path(registry: Path) -> Path:
    """The file beside a registry."""
    return registry.resolve().with_name(NAME)


def read_memory(path: Path) -> Memory:
    """What is kept; nothing where there is no file. Raises InputError with the line that cannot be read."""
    if not path.is_file():
        return Memory({})
    declined: dict[str, Declined] = {}
    searched = None
    for number, line in enumerate(read_bytes(path, MOST).decode("utf-8", "replace").splitlines(), 1):
        if line.startswith(_SEARCHED):
            searched = _day(line.removeprefix(_SEARCHED).strip(), path, number)
        elif line.strip() and not line.startswith("#"):
            study, _, rest = line.strip().partition(" ")
            day, _, reason = rest.strip().partition(" ")
            if not NCT.fullmatch(study) or not reason.strip():
                raise _wrong(
                    path,
                    number,
                    (f"`{shown(line, 60)}` is no study declined", f"`{shown(line, 60)}` n'est pas une étude écartée"),
                    ("write: NCT01234567 2026-11-25 the reason", "écrire : NCT01234567 2026-11-25 la raison"),
                )
            if study in declined:
                twice = (f"{study} is there twice", f"{study} y est deux fois")
                raise _wrong(path, number, twice, ("keep one of the two lines", "garder l'une des deux lignes"))
            declined[study] = Declined(_day(day, path, number), reason.strip())
    return Memory(declined, searched)


def _day(text: str, path: Path, line: int) -> str:
    try:
        if len(text) == 10:
            return first_day(text).isoformat()
    except ValueError:
        pass
    what = (f"`{shown(text, 30)}` is no day", f"`{shown(text, 30)}` n'est pas un jour")
    raise _wrong(path, line, what, ("write YYYY-MM-DD", "écrire AAAA-MM-JJ")) from None


def _wrong(path: Path, line: int, what: Pair, hint: Pair) -> InputError:
    """A line of the file that cannot be read."""
    where = f"{shown(str(path), 200)}:{line}"
    return InputError((f"{where}: {what[0]}", f"{where} : {what[1]}"), hint)


def write_memory(path: Path, memory: Memory) -> None:
    """Keep it: the whole old file or the whole new one."""
    lines = [_HEAD]
    if memory.searched:
        lines.append(f"{_SEARCHED} {memory.searched}\n")
    lines += [f"{number} {why.day} {why.reason}\n" for number, why in sorted(memory.declined.items())]
    data = "".join(lines).encode("utf-8")
    if path.is_file():
        replace_file(path, read_bytes(path, MOST), data)
        return
    try:
        with path.open("xb") as stream:
            stream.write(data)
    except OSError as error:
        where, why = f"`{shown(str(path), 200)}`", reason_of(error)
        raise InputError((f"cannot write {where}: {why[0]}", f"{where} ne peut être écrit : {why[1]}")) from error
