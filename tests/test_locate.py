"""Files and standard input are read up to a limit, and what cannot be read is told."""

import io
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from myofind.diagnostics import InputError
from myofind.registry.location import read_bytes, read_input
from tests.run import myofind

PIECE = 1024 * 1024


@pytest.fixture(params=["file", "stdin"])
def named(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> "Named":
    return Named(request.param, tmp_path / "given", monkeypatch)


class Named:
    """Bytes given as a file or as standard input."""

    def __init__(self, kind: str, path: Path, patch: pytest.MonkeyPatch) -> None:
        self.kind, self.path, self.patch = kind, path, patch

    def __call__(self, data: bytes) -> str:
        if self.kind == "file":
            self.path.write_bytes(data)
            return str(self.path)
        self.patch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(data)))
        return "-"


@pytest.mark.parametrize("most", [0, 1, 10, PIECE - 1, PIECE, PIECE + 1, 2 * PIECE])
def test_as_many_bytes_as_may_be_are_read_and_one_more_is_refused(named: Named, most: int) -> None:
    whole = bytes(range(251)) * (most // 251 + 1)
    for size in {0, most // 2, most}:
        assert read_input(named(whole[:size]), most) == whole[:size]
    with pytest.raises(InputError, match=f"has more than {most:,} bytes"):
        read_input(named(whole[: most + 1]), most)


def test_no_more_is_read_than_must_be(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = io.BytesIO(b"x" * 1000)
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=stream))
    with pytest.raises(InputError):
        read_input("-", 10)
    assert stream.tell() == 11


def test_what_cannot_be_read_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for path in (tmp_path / "none", tmp_path):
        for read in (lambda path: read_input(str(path), 9), read_bytes):
            with pytest.raises(InputError, match="cannot read `"):
                read(path)
    monkeypatch.setattr(sys, "stdin", None)
    with pytest.raises(InputError, match="closed"):
        read_input("-", 9)


def test_a_file_named_like_standard_input_is_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("-").write_bytes(b"file")
    assert read_bytes(Path("-")) == read_bytes(Path("-"), 9) == read_input("./-", 9) == b"file"


@pytest.mark.parametrize("given", ["-", "long.yaml"])
def test_a_profile_longer_than_any_is_refused_alike(
    given: str, registry: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    text = "subtype: dm\n" + "#" * PIECE
    Path("long.yaml").write_text(text, encoding="utf-8")
    ran = myofind("diff", str(registry), str(registry), "--profile", given, stdin=text)
    assert ran.code == 2
    assert "has more than 1,048,576 bytes" in ran.err
