"""Edits in every layout a file may have: the facts change, every other byte stays."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from myofind.editing.edits import Edit, Unspliceable, comments_in, spans_of, splice
from myofind.editing.yaml_text import Value, entry, flow, scalar
from myofind.files.yaml_nodes import read_document
from myofind.registry.forms import Form, Key, ListOf, Mapping
from myofind.registry.scalars import Text
from tests.together import together


def keys(*names: str, **forms: Form) -> Mapping:
    """A mapping with keys in an order."""
    return Mapping(("", ""), {name: Key(forms.get(name, Text()), "", "") for name in names})


FORM = keys("id", "ids", "status", "sites", "size", "end", sites=ListOf(keys("country", "city", "status")))


def edited(text: str, *edits: Edit) -> str:
    root = read_document(text.encode(), "f").root
    assert root is not None
    return splice(text, spans_of(text, root, edits, FORM))


BLOCK = """\
# top
id: A  # its id
status:
  # newest first
  - {value: one, as_of: 2025-01}  # first
  - value: two   # second
    as_of: 2024-01
sites:
- {country: FR, city: Lyon, status: open}   # here
# between
- {country: NO}
size: 12   # people
# the end
"""


@together(
    (edit, old, new, newline)
    for edit, old, new in [
        (Edit("set", ("size",), 13), "size: 12 ", "size: 13 "),
        (Edit("set", ("id",), "no"), "id: A ", 'id: "no" '),
        (Edit("set", ("end",), "2027-01"), "size: 12   # people\n", "size: 12   # people\nend: 2027-01\n"),
        (Edit("set", ("ids",), {"x": "1"}), "id: A  # its id\n", 'id: A  # its id\nids: {x: "1"}\n'),
        (Edit("set", ("status", 0, "as_of"), "2026-01"), "as_of: 2025-01}", "as_of: 2026-01}"),
        (Edit("set", ("status", 1, "why"), "x"), "    as_of: 2024-01\n", "    as_of: 2024-01\n    why: x\n"),
        (Edit("insert", ("status", 0), {"v": "z"}), "  - {value: one", "  - {v: z}\n  - {value: one"),
        (Edit("insert", ("status", 1), {"v": "z"}), "  # first\n", "  # first\n  - {v: z}\n"),
        (Edit("insert", ("status", 2), {"v": "z"}), "    as_of: 2024-01\n", "    as_of: 2024-01\n  - {v: z}\n"),
        (Edit("insert", ("sites", 2), {"country": "DE"}), "- {country: NO}\n", "- {country: NO}\n- {country: DE}\n"),
        (Edit("delete", ("sites", 1)), "# between\n- {country: NO}\n", "# between\n"),
        (Edit("delete", ("sites", 0)), "- {country: FR, city: Lyon, status: open}   # here\n", "# here\n"),
        (Edit("delete", ("status", 1)), "  - value: two   # second\n    as_of: 2024-01\n", "  # second\n"),
        (Edit("delete", ("sites", 0, "status")), ", status: open}", "}"),
        (Edit("delete", ("sites", 0, "country")), "{country: FR, city", "{city"),
        (Edit("delete", ("status", 1, "as_of")), "# second\n    as_of: 2024-01\n", "# second\n"),
        (Edit("delete", ("status", 1, "value")), "  - value: two   # second\n    as_of", "  - # second\n    as_of"),
        (Edit("delete", ("end",)), "", ""),
        (Edit("set", ("sites", 1, "city"), "Oslo"), "{country: NO}", "{country: NO, city: Oslo}"),
        (Edit("set", ("sites", 1, "status"), "x"), "{country: NO}", "{country: NO, status: x}"),
        (Edit("set", ("size",), ["a", "b"]), "size: 12 ", "size: [a, b] "),
        (
            Edit("set", ("sites",), [{"country": "DE"}]),
            "sites:\n- {country: FR, city: Lyon, status: open}   # here\n# between\n- {country: NO}\n",
            "# here\n# between\nsites:\n  - {country: DE}\n",
        ),
        (
            Edit("set", ("sites",), "none"),
            "sites:\n- {country: FR, city: Lyon, status: open}   # here\n# between\n- {country: NO}\n",
            "# here\n# between\nsites: none\n",
        ),
    ]
    for newline in ["\n", "\r\n"]
)
def test_block_layout(edit: Edit, old: str, new: str, newline: str) -> None:
    assert BLOCK.count(old) == 1 or not old
    text = BLOCK.replace("\n", newline)
    expected = BLOCK.replace(old, new).replace("\n", newline)
    assert edited(text, edit) == expected


FLOW = '{id: A, status: [{v: one}, {v: two}, {v: "x, # y"}], sites: [], size: 12}\n'


@pytest.mark.parametrize(
    ("edit", "old", "new"),
    [
        (Edit("set", ("size",), 13), "12", "13"),
        (Edit("set", ("ids",), {"x": "w"}), "id: A", "id: A, ids: {x: w}"),
        (Edit("insert", ("status", 0), {"v": "z"}), "[{v: one}", "[{v: z}, {v: one}"),
        (Edit("insert", ("status", 3), {"v": "z"}), '# y"}', '# y"}, {v: z}'),
        (Edit("insert", ("sites", 0), {"v": "z"}), "[]", "[{v: z}]"),
        (Edit("delete", ("status", 1)), ", {v: two}", ""),
        (Edit("delete", ("status", 2)), ', {v: "x, # y"}', ""),
        (Edit("delete", ("size",)), ", size: 12", ""),
        (Edit("set", ("status",), ["a"]), '[{v: one}, {v: two}, {v: "x, # y"}]', "[a]"),
    ],
)
def test_flow_layout(edit: Edit, old: str, new: str) -> None:
    assert edited(FLOW, edit) == FLOW.replace(old, new, 1)


def test_several_edits_at_once_are_those_of_the_old_text() -> None:
    text = "sites:\n- a  # one\n- b\n- c\nsize: 1\n"
    edits = [Edit("delete", ("sites", n)) for n in range(3)]
    edits += [Edit("insert", ("sites", 3), "d"), Edit("insert", ("sites", 3), "e"), Edit("set", ("size",), 2)]
    assert edited(text, *edits) == "sites:\n# one\n- d\n- e\nsize: 2\n"


def test_texts_over_several_lines() -> None:
    text = "id: >  # folded\n  one\n  two\n\n# after\nsize: 'a\n  b'\nend: a\n  b\n"
    assert edited(text, Edit("set", ("id",), "x"), Edit("set", ("size",), "w"), Edit("set", ("end",), "z")) == (
        "# folded\nid: x\n\n# after\nsize: w\nend: z\n"
    )
    assert edited(text, Edit("set", ("ids",), "w")) == text.replace("  two\n", "  two\nids: w\n")


@pytest.mark.parametrize(
    ("text", "edit"),
    [
        ("status:\n- a\n", Edit("delete", ("status", 4))),
        ("status:\n- a\n", Edit("set", ("status", "x"), "y")),
        ("sites:\n- {a: b,  # why\n   c: d}\n", Edit("delete", ("sites", 0, "a"))),
    ],
)
def test_what_cannot_be_edited_is_said(text: str, edit: Edit) -> None:
    with pytest.raises(Unspliceable):
        edited(text, edit)


def test_comments_are_told_from_signs_in_texts() -> None:
    text = "a: 'x # y'  # one\nb: z#no # two\nc: |  # three\n  # text\n"
    root = read_document(text.encode(), "f").root
    assert root is not None
    assert comments_in(text, 0, len(text), root) == ["# one", "# two"]


TEXTS = st.text(max_size=12) | st.sampled_from(["NO", "no", "on", "12", "1e5", "0x1f", "1:30", "2026-01", "a: b", "x #y", "-", "~", "'", "[a", "é ’", "a,b", "null", "\x85", "\u2028", "=", "<<", "1_000", ".5", "@x", "`", "%a", "a:"])  # fmt: skip


@settings(max_examples=200)
@given(TEXTS)
def test_every_text_is_written_so_that_it_reads_back(typed: str) -> None:
    text = typed.encode("utf-8", "ignore").decode()
    for written in (
        f"key: {scalar(text)}\n",
        f"key: {{a: {scalar(text)}, b: [{scalar(text)}]}}\n",
    ):
        root = read_document(written.encode(), "f").root
        assert root is not None, written
        value = root.value[0][1]
        inner = value.value[0][1] if written.startswith("key: {a") else value
        assert inner.value == text
        assert not any(ch in written.rstrip("\n") for ch in "\x85\u2028\n")


@given(st.sampled_from(["no", "12", "1e5", "0x1f", "true", "null", "1:30", "2026-1-1", "2026-13-45", "1_0", "off"]))
def test_other_readers_take_texts_for_texts_too(text: str) -> None:
    assert yaml.safe_load(f"key: {scalar(text)}") == {"key": text}


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (3, "3"), (True, "true"), ("FR", "FR"), ("NO", "NO"), ("2025-01", "2025-01"), ("a b", "a b"),
        ([1, "x"], "[1, x]"), ({"min": 18, "max": "none"}, "{min: 18, max: none}"), ("https://a.b/c", '"https://a.b/c"'),
        ("Bristol-Myers Squibb (BMS)", "Bristol-Myers Squibb (BMS)"), ("", '""'), ("a, b", '"a, b"'),
    ],
)  # fmt: skip
def test_values_as_an_editor_writes_them(value: Value, text: str) -> None:
    assert flow(value) == text


def test_entries() -> None:
    assert entry("a", [{"b": 1}, {"b": 2}]) == ["a:", "  - {b: 1}", "  - {b: 2}"]
    assert entry("a", {"b": 1}, nested=True) == ["a:", "  b: 1"]
    assert entry("a", ["x", "w"]) == ["a: [x, w]"]
