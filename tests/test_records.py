"""Our named tuples are those of `typing`, only cheaper to define."""

import collections
import copy
import pickle
import typing
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from myofind.domain.patient import Patient
from myofind.records import NamedTuple
from tests.example_counts import examples
from tests.strategies import patients


class Ours(NamedTuple):
    """A record."""

    first: Any
    second: Any = 2
    third: Any = None

    @property
    def both(self) -> tuple[Any, Any]:
        """Two of its values."""
        return self.first, self.second


class Theirs(typing.NamedTuple):
    """A record."""

    first: Any
    second: Any = 2
    third: Any = None

    @property
    def both(self) -> tuple[Any, Any]:
        """Two of its values."""
        return self.first, self.second


class Below(Ours):
    """A record with a constructor of its own."""

    __slots__ = ()

    def __new__(cls, number: int) -> "Below":
        """So many times all."""
        return super().__new__(cls, number, number, number)


VALUES = st.integers() | st.text()


@given(st.lists(VALUES, min_size=1, max_size=3), st.dictionaries(st.sampled_from(Theirs._fields), VALUES))
def test_a_record_does_what_a_named_tuple_does(values: list[Any], changes: dict[str, Any]) -> None:
    ours, theirs = Ours(*values), Theirs(*values)
    assert tuple(ours) == tuple(theirs)
    assert hash(ours) == hash(theirs)
    assert repr(ours) == repr(theirs).replace("Theirs", "Ours")
    assert ours.both == theirs.both
    assert ours._asdict() == theirs._asdict()
    assert (ours.first, ours.second, ours.third) == tuple(theirs)
    changed = ours._replace(**changes)
    assert tuple(changed) == tuple(theirs._replace(**changes))
    assert tuple(Ours(**{"first": 0, **changes})) == tuple(Theirs(**{"first": 0, **changes}))
    for other in (changed, copy.copy(ours), copy.deepcopy(ours), pickle.loads(pickle.dumps(ours))):
        assert type(other) is Ours
    match ours:
        case Ours(first, second, third=third):
            assert (first, second, third) == tuple(theirs)


def test_fields_are_closed() -> None:
    assert Ours._fields == Ours.__match_args__ == Theirs._fields
    record = Ours(1)
    wrongs: tuple[Callable[[], object], ...] = (
        lambda: Ours(),  # type: ignore[call-arg]
        lambda: Ours(1, 2, 3, 4),  # type: ignore[call-arg]
        lambda: Ours(1, fourth=4),  # type: ignore[call-arg]
    )
    for wrong in wrongs:
        with pytest.raises(TypeError):
            wrong()
    with pytest.raises(ValueError, match="fourth"):
        record._replace(fourth=4)  # type: ignore[call-arg]
    with pytest.raises(AttributeError):
        record.first = 2  # type: ignore[misc]
    with pytest.raises(AttributeError):
        record.fourth = 4  # type: ignore[attr-defined]


def test_a_record_below_another_may_be_made_otherwise() -> None:
    record = Below(3)
    assert tuple(record) == (3, 3, 3)
    changed = record._replace(first=1)
    assert (tuple(changed), type(changed)) == ((1, 3, 3), Below)


FIELDS = tuple("abcdefghijklmn")


@pytest.mark.parametrize("count", range(len(FIELDS) + 1))
def test_a_record_takes_as_many_fields_as_a_named_tuple(count: int) -> None:
    """However many: those of many fields are made otherwise."""
    body = {"__annotations__": dict.fromkeys(FIELDS[:count], Any), **{field: field for field in FIELDS[3:count]}}
    kind: Any = type(NamedTuple)
    ours: Any = kind("Ours", (NamedTuple,), {**body, "__module__": __name__})
    named_tuple: Any = collections.namedtuple
    theirs = named_tuple("Theirs", FIELDS[:count], defaults=FIELDS[3:count])
    needed = min(count, 3)
    for many in range(count + 2):
        values = range(many)
        if needed <= many <= count:
            assert tuple(ours(*values)) == tuple(theirs(*values))
            named = dict(zip(FIELDS, values, strict=False))
            assert tuple(ours(**named)) == tuple(theirs(**named))
        else:
            with pytest.raises(TypeError):
                ours(*values)
        for name in (*FIELDS[:many], "z"):  # one twice, or no field
            with pytest.raises(TypeError):
                ours(*values, **{name: 0})


@given(patients)
@examples(20)
def test_a_patient_is_copied_as_it_is(patient: Patient) -> None:
    """Its constructor takes more than its fields."""
    for other in (copy.copy(patient), copy.deepcopy(patient), pickle.loads(pickle.dumps(patient))):
        assert repr(other) == repr(patient)
