"""Hostile or broken text ends in a finding at a place, never in an exception."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from myofind.files.yaml_nodes import MAX_BYTES, MAX_DEPTH, read_document


def findings(data: bytes) -> list[tuple[str, int, int]]:
    return [(one.rule, one.position.line, one.position.column) for one in read_document(data, "x.yaml").findings]


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (b"a: 1\n\xff\n", ("not-utf8", 2, 1)),
        ("é: 1\nà".encode() + b"\xe9\n", ("not-utf8", 2, 2)),
        (b"\xff\xfea\x00", ("not-utf8", 1, 1)),
        (b"a: 1\nb: \x00\n", ("control-character", 2, 4)),
        (b"a: 1\nb: 2\na: 3\n", ("duplicate-key", 3, 1)),
        (b"a: !!python/object:os.system x\n", ("yaml-tag", 1, 4)),
        (b"a: !thing x\n", ("yaml-tag", 1, 4)),
        (b"a: ! 240\n", ("yaml-tag", 1, 4)),
        (b"a: [x, ! y]\n", ("yaml-tag", 1, 8)),
        (b"a: &x [1]\nb: *x\n", ("yaml-alias", 1, 4)),
        (b"a: &x 1\nb: *x\n", ("yaml-alias", 1, 4)),
        (b"a: [1\nb: 2\n", ("unreadable-yaml", 1, 4)),
        (b"a: \x1b[31m\n", ("unreadable-yaml", 1, 4)),
        (b"---\na: 1\n---\nb: 2\n", ("unreadable-yaml", 3, 1)),
    ],
)  # fmt: skip
def test_what_is_not_accepted_is_found_at_its_place(data: bytes, found: tuple[str, int, int]) -> None:
    rule, line, column = found
    assert any(one[0] == rule and one[1] == line for one in findings(data)), findings(data)
    if rule != "unreadable-yaml":
        assert (rule, line, column) in findings(data)


def test_scalars_stay_text() -> None:
    document = read_document(b"- NO\n- 010\n- 12:30\n- 2025-05\n- yes\n- ~\n", "x.yaml")
    assert document.root is not None
    assert [node.value for node in document.root.value] == ["NO", "010", "12:30", "2025-05", "yes", "~"]


def test_an_alias_bomb_is_refused_at_once() -> None:
    lines = ["a0: &a0 [x, x]"] + [f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]" for n in range(1, 60)]
    assert any(rule == "yaml-alias" for rule, _, _ in findings("\n".join(lines).encode()))


@pytest.mark.parametrize("depth", [MAX_DEPTH + 1, 500, 5_000, 200_000])
@pytest.mark.parametrize("opening", [b"[", b"{a: ", b"- "])
def test_deep_nesting_is_refused(depth: int, opening: bytes) -> None:
    assert {rule for rule, _, _ in findings(opening * depth)} <= {"too-deep", "unreadable-yaml"}
    assert findings(opening * depth)


def test_too_much_is_not_read() -> None:
    assert findings(b"#" * (MAX_BYTES + 1)) == [("file-too-large", 1, 1)]


def test_ten_megabytes_of_text_are_read_in_bounded_time() -> None:
    assert findings(b"a: " + b"x" * 10_000_000) == []


@given(st.binary(max_size=200))
@settings(max_examples=300)
def test_no_bytes_raise(data: bytes) -> None:
    read_document(data, "x.yaml")


@given(st.text(alphabet="ab:-[]{}&*!|>'\"#\n\t \x1b\u2028é?,%@`", max_size=60))
@settings(max_examples=300)
def test_no_text_raises(text: str) -> None:
    read_document(text.encode(), "x.yaml")
