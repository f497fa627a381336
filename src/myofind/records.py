"""Named tuples that cost little to define.

`typing.NamedTuple` writes half a dozen functions for every class, 0.15 ms each time; a command needs a hundred kinds of
record and lives for a tenth of a second. Here those functions are written once, and a class makes only its constructor,
which knows the fields by name. Its type checking, and where annotations are lazy (Python 3.14 and later) all of it, is
that of `typing.NamedTuple`.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING or sys.version_info >= (3, 14):
    from typing import NamedTuple
else:
    from collections import _tuplegetter  # what a field of a named tuple is read with
    from types import FunctionType

    _tuple = tuple.__new__
    _CONSTRUCTORS = (
        lambda cls: _tuple(cls, ()),
        lambda cls, a: _tuple(cls, (a,)),
        lambda cls, a, b: _tuple(cls, (a, b)),
        lambda cls, a, b, c: _tuple(cls, (a, b, c)),
        lambda cls, a, b, c, d: _tuple(cls, (a, b, c, d)),
        lambda cls, a, b, c, d, e: _tuple(cls, (a, b, c, d, e)),
        lambda cls, a, b, c, d, e, f: _tuple(cls, (a, b, c, d, e, f)),
        lambda cls, a, b, c, d, e, f, g: _tuple(cls, (a, b, c, d, e, f, g)),
        lambda cls, a, b, c, d, e, f, g, h: _tuple(cls, (a, b, c, d, e, f, g, h)),
        lambda cls, a, b, c, d, e, f, g, h, i: _tuple(cls, (a, b, c, d, e, f, g, h, i)),
        lambda cls, a, b, c, d, e, f, g, h, i, j: _tuple(cls, (a, b, c, d, e, f, g, h, i, j)),
        lambda cls, a, b, c, d, e, f, g, h, i, j, k: _tuple(cls, (a, b, c, d, e, f, g, h, i, j, k)),
        lambda cls, a, b, c, d, e, f, g, h, i, j, k, m: _tuple(cls, (a, b, c, d, e, f, g, h, i, j, k, m)),
    )
    """What makes a record of so many fields, under names that are still to be given."""

    def _constructor(fields: tuple[str, ...], defaults: tuple[object, ...]) -> FunctionType:
        """What makes a record of its fields, the last of which have defaults."""
        if len(fields) >= len(_CONSTRUCTORS):
            return _of_many(fields, dict(zip(reversed(fields), reversed(defaults), strict=False)))
        code = _CONSTRUCTORS[len(fields)].__code__.replace(co_varnames=("cls", *fields))
        return FunctionType(code, {"_tuple": _tuple}, "__new__", defaults)

    def _of_many(fields: tuple[str, ...], defaults: dict[str, object]) -> FunctionType:
        """The same of many fields: slower, and written once for all."""

        def __new__(cls: type, *values: object, **named: object) -> tuple[object, ...]:
            given = dict(zip(fields, values, strict=False))
            every = {**defaults, **given, **named}
            if len(values) > len(fields) or given.keys() & named.keys() or every.keys() != set(fields):
                raise TypeError(f"{cls.__name__} takes {', '.join(fields)}, each once")
            return _tuple(cls, (every[field] for field in fields))

        return __new__

    class _Kind(type):
        """Makes of a class with annotated fields, the last of them perhaps with defaults, a kind of record."""

        def __new__(kind: type[_Kind], name: str, bases: tuple[type, ...], namespace: dict[str, object]) -> type:
            namespace.setdefault("__slots__", ())
            if bases[0].__base__ is tuple:  # directly below NamedTuple
                fields = tuple(namespace["__annotations__"])
                defaults = tuple(namespace[field] for field in fields if field in namespace)
                namespace.update({field: _tuplegetter(place, "") for place, field in enumerate(fields)})
                namespace.update(_fields=fields, __match_args__=fields, __new__=_constructor(fields, defaults))
            return super().__new__(kind, name, bases, namespace)

    class NamedTuple(tuple, metaclass=_Kind):
        """The base of all records."""

        _fields = ()

        @classmethod
        def _make(cls, values):
            """A record of all its values, in the order of its fields."""
            return tuple.__new__(cls, values)

        def _replace(self, **changes):
            """The same with other values of some fields; raises ValueError for a field it does not have."""
            other = self._make(map(changes.pop, self._fields, self))
            if changes:
                raise ValueError(f"{type(self).__name__} has no field {', '.join(changes)}")
            return other

        def _asdict(self):
            """Its values by field."""
            return dict(zip(self._fields, self, strict=True))

        def __repr__(self):
            values = ", ".join(f"{field}={value!r}" for field, value in self._asdict().items())
            return f"{type(self).__name__}({values})"

        def __getnewargs__(self):
            return tuple(self)


__all__ = ["NamedTuple"]
