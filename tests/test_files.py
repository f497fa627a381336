"""A file is replaced whole, and only where it is still what was read."""

import fcntl
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


def test_hard_links_stay_links(file: Path) -> None:
    other = file.with_name("other.yaml")
    other.hardlink_to(file)
    replace_file(file, b"old", b"new and longer")
    assert (other.read_bytes(), file.samefile(other)) == (b"new and longer", True)
    replace_file(other, b"new and longer", b"short")
    assert file.read_bytes() == b"short"
    assert sorted(each.name for each in file.parent.iterdir()) == ["other.yaml", "r.yaml"]


@pytest.mark.skipif(not hasattr(os, "getuid") or os.getuid() != 0, reason="only root can give a file away")
def test_the_owner_stays(file: Path) -> None:
    os.chown(file, 12345, 12346)
    file.chmod(0o664)
    replace_file(file, b"old", b"new")
    status = file.stat()
    assert (status.st_uid, status.st_gid, stat.S_IMODE(status.st_mode)) == (12345, 12346, 0o664)


def test_where_the_owner_cannot_stay_the_file_itself_is_written(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("myofind.files.atomic_write._owned_alike", lambda name, before: False)
    number = file.stat().st_ino
    replace_file(file, b"old", b"new")
    assert (file.read_bytes(), file.stat().st_ino) == (b"new", number)


def test_a_read_only_file_is_respected(file: Path) -> None:
    file.chmod(0o444)
    with pytest.raises(InputError, match="read-only"):
        replace_file(file, b"old", b"new")
    assert file.read_bytes() == b"old"


def test_what_a_killed_run_left_is_cleaned_up(file: Path) -> None:
    left, held, young = (file.with_name(f".r.yaml.{name}.new") for name in ("left", "held", "young"))
    for unfinished in (left, held, young):
        unfinished.write_bytes(b"half")
    for unfinished in (left, held):
        os.utime(unfinished, (0, 0))
    with held.open("rb") as stream:
        fcntl.flock(stream, fcntl.LOCK_EX)
        replace_file(file, b"old", b"new")
        assert sorted(each.name for each in file.parent.iterdir()) == [held.name, young.name, "r.yaml"]
