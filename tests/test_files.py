"""A file is replaced whole, and only where it is still what was read."""

import os
import shutil
import stat
from pathlib import Path

import pytest

from myofind.diagnostics import InputError
from myofind.files.atomic_write import replace_file


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "r.yaml"
    path.write_bytes(b"old")
    return path


def test_the_mode_and_the_link_stay(file: Path) -> None:
    file.chmod(0o640)
    link = file.with_name("link.yaml")
    link.symlink_to(file.name)
    replace_file(link, b"old", b"new")
    assert (file.read_bytes(), link.is_symlink()) == (b"new", True)
    assert stat.S_IMODE(file.stat().st_mode) == 0o640
    assert sorted(one.name for one in file.parent.iterdir()) == ["link.yaml", "r.yaml"]


def test_a_file_that_changed_meanwhile_is_left_alone(file: Path) -> None:
    with pytest.raises(InputError, match="changed by somebody else"):
        replace_file(file, b"what was read", b"new")
    assert file.read_bytes() == b"old"
    assert [one.name for one in file.parent.iterdir()] == [file.name]


def test_a_change_while_the_new_file_is_written_is_seen(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = shutil.copymode

    def late(one: Path, other: str) -> None:
        real(one, other)
        file.write_bytes(b"theirs")

    monkeypatch.setattr(shutil, "copymode", late)
    with pytest.raises(InputError, match="changed by somebody else"):
        replace_file(file, b"old", b"new")
    assert file.read_bytes() == b"theirs"


def test_it_is_on_the_disk_before_it_is_renamed(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    steps: list[str] = []
    flush, rename = os.fsync, os.replace

    def flushing(handle: int) -> None:
        steps.append("flush")
        flush(handle)

    def renaming(one: str, other: Path) -> None:
        steps.append("rename")
        rename(one, other)

    monkeypatch.setattr(os, "fsync", flushing)
    monkeypatch.setattr(os, "replace", renaming)
    replace_file(file, b"old", b"new")
    assert steps[:2] == ["flush", "rename"]


def test_what_cannot_be_written_is_told_and_nothing_is_left(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(one: str, other: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(InputError, match="No space left on device; nothing was changed"):
        replace_file(file, b"old", b"new")
    assert (file.read_bytes(), [one.name for one in file.parent.iterdir()]) == (b"old", [file.name])
