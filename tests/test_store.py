"""The kept form of a registry never changes an answer and never stands in the way."""

import hashlib
import os
import stat
import threading
import time
from pathlib import Path

import pytest

from myofind.diagnostics import InputError, UnusableFile
from myofind.registry import cache as keeping
from myofind.registry import compiled as stores
from myofind.registry.cache import cache_folder, content_hash, keep, program_stamp, recall
from myofind.registry.compiled import open_store
from myofind.registry.location import read_bytes, registry_path
from myofind.registry.read import read_registry


def kept() -> list[Path]:
    folder = Path(cache_folder() or "")
    return sorted(folder.glob("*")) if folder.exists() else []


@pytest.fixture(autouse=True)
def _empty_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "fresh"))


def snapshot(path: Path) -> tuple[object, ...]:
    found = open_store(path)
    return (found.meta, found.index, found.sources, list(found.trials()))


def test_the_second_reading_uses_the_kept_form_and_says_the_same(
    registry: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = snapshot(registry)
    assert len(kept()) == 1
    monkeypatch.setattr(stores, "_compile", None)
    assert snapshot(registry) == first


@pytest.mark.parametrize("shipped", [True, False])
def test_a_trial_of_the_kept_form_is_the_trial_that_was_read(registry: Path, *, shipped: bool) -> None:
    path = registry_path() if shipped else registry
    read = read_registry(path.read_bytes(), str(path)).registry().trials
    for _ in ("compiled", "recalled"):
        assert list(map(repr, open_store(path).trials())) == list(map(repr, read))


def test_a_changed_file_is_read_anew(registry: Path) -> None:
    snapshot(registry)
    registry.write_text(registry.read_text(encoding="utf-8").replace("ALPHA-LONG", "OMEGA"), encoding="utf-8")
    assert open_store(registry).trial(2).acronym == "OMEGA"


@pytest.mark.parametrize("damage", ["", "{", "{}\n", "0000000000", "0000000003()", "x" * 100])
def test_a_damaged_kept_form_is_ignored(registry: Path, damage: str) -> None:
    first = snapshot(registry)
    (file,) = kept()
    file.write_text(damage, encoding="utf-8")
    assert snapshot(registry) == first


def test_a_kept_form_cut_off_or_altered_anywhere_is_ignored(registry: Path) -> None:
    first = snapshot(registry)
    (file,) = kept()
    whole = file.read_bytes()
    for place in range(0, len(whole), max(1, len(whole) // 60)):
        for changed in (whole[:place], whole[:place] + b"#" + whole[place + 1 :]):
            file.write_bytes(changed)
            assert snapshot(registry) == first


def test_it_works_where_nothing_can_be_written(registry: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    blocker = tmp_path / "file"
    blocker.write_text("", encoding="utf-8")
    monkeypatch.setenv("XDG_CACHE_HOME", str(blocker))
    assert len(open_store(registry)) == 4


def test_it_is_readable_by_its_owner_only(registry: Path) -> None:
    snapshot(registry)
    (file,) = kept()
    assert stat.S_IMODE(os.stat(file).st_mode) & 0o077 == 0
    assert stat.S_IMODE(os.stat(file.parent).st_mode) & 0o077 == 0


@pytest.mark.parametrize("size", [0, 1, 55, 64, 1000, 3_000_000])
def test_the_content_hash_is_sha256(size: int) -> None:
    data = bytes(range(256)) * (size // 256 + 1)
    assert content_hash(data[:size]) == hashlib.sha256(data[:size]).hexdigest()


def test_many_readers_at_once_all_get_the_same(registry: Path) -> None:
    answers: list[tuple[object, ...]] = []
    threads = [threading.Thread(target=lambda: answers.append(snapshot(registry))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(answers) == 8
    assert all(one == answers[0] for one in answers)
    assert len(kept()) == 1


def test_old_forms_are_cleared_away(registry: Path) -> None:
    text = registry.read_text(encoding="utf-8")
    for number in range(12):
        registry.write_text(text.replace("2026.1.0", f"2026.1.{number}"), encoding="utf-8")
        open_store(registry)
    assert len(kept()) <= 6


def test_a_registry_with_errors_is_not_kept(registry: Path) -> None:
    registry.write_text(
        registry.read_text(encoding="utf-8").replace("kind: registry", "kind: nonsense"), encoding="utf-8"
    )
    with pytest.raises(UnusableFile) as caught:
        open_store(registry)
    assert [one.rule for one in caught.value.findings] == ["unknown-value"]
    assert kept() == []


def test_the_kept_form_holds_the_registry_only(registry: Path) -> None:
    """No path: it is the same wherever the file lies."""
    snapshot(registry)
    first = kept()
    assert str(registry.parent).encode() not in first[0].read_bytes()
    snapshot(registry.rename(registry.with_name("moved.yaml")))
    assert kept() == first


def test_a_registry_is_compiled_anew_by_another_state_of_the_program(
    registry: Path, monkeypatch: pytest.MonkeyPatch, program: Path
) -> None:
    snapshot(registry)
    compiled: list[Path] = []
    real = stores._compile

    def compiling(data: bytes, path: Path, digest: str, name: str) -> stores.Store:
        compiled.append(path)
        return real(data, path, digest, name)

    monkeypatch.setattr(stores, "_compile", compiling)
    snapshot(registry)
    assert compiled == []
    for count, name in enumerate(
        ("registry/file_format.py", "registry/read.py", "matching/trial_sets.py", "domain/trial.py"), 1
    ):
        (program / name).write_text("changed", encoding="utf-8")
        snapshot(registry)
        snapshot(registry)
        assert len(compiled) == count, name
    (program / "names" / "compiled" / "terms.json").write_text("[]", encoding="utf-8")
    snapshot(registry)
    assert len(compiled) == 5


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A program with a few files, in the place of ours."""
    folder = tmp_path / "program"
    for name in (
        "matching/trial_sets.py",
        "domain/trial.py",
        "registry/file_format.py",
        "registry/read.py",
        "writers/columns.py",
    ):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("", encoding="utf-8")
    (folder / "names" / "compiled").mkdir(parents=True)
    monkeypatch.setattr(keeping, "_PACKAGE", str(folder))
    return folder


def test_the_stamp_is_of_the_folders_named_and_else_of_the_whole_program(program: Path) -> None:
    some, whole = program_stamp("domain", "registry"), program_stamp()
    (program / "writers" / "columns.py").write_text("changed", encoding="utf-8")
    assert program_stamp("domain", "registry") == some
    assert program_stamp() != whole
    os.utime(program / "domain" / "trial.py", ns=(1, 1))
    assert program_stamp("domain", "registry") != some


def test_kept_bytes_come_back_only_under_their_own_name() -> None:
    keep("thing-1", b"one\ntwo\n", 4)
    assert bytes(recall("thing-1") or b"") == b"one\ntwo\n"
    folder = Path(cache_folder() or "")
    (folder / "thing-1").rename(folder / "thing-2")
    assert recall("thing-1") is recall("thing-2") is None


def test_somebody_else_s_file_is_not_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    keep("thing-1", b"one", 4)
    monkeypatch.setattr(os, "getuid", lambda: 1 << 20)
    assert recall("thing-1") is None


def test_only_the_newest_of_a_kind_stay_and_nothing_unfinished() -> None:
    keep("other-1", b"", 2)
    folder = Path(cache_folder() or "")
    for number in range(5):
        keep(f"thing-{number}", b"", 2)
        os.utime(folder / f"thing-{number}", (number, number))
    for name, age in (("old", 0), ("young", None)):
        (folder / f".new-{name}").touch()
        if age is not None:
            os.utime(folder / f".new-{name}", (age, age))
    keep("thing-9", b"", 2)
    assert [one.name for one in kept()] == [".new-young", "other-1", "thing-4", "thing-9"]


def test_a_pipe_in_the_place_of_a_kept_file_is_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    (tmp_path / "myofind").mkdir()
    os.mkfifo(tmp_path / "myofind" / "registry-1")
    assert recall("registry-1") is None


def test_the_program_has_the_same_stamp_wherever_it_lies() -> None:
    package = os.path.dirname(keeping.__file__)
    assert package not in program_stamp()
    assert any(line.startswith("registry/cache.py:") for line in program_stamp().splitlines())


@pytest.mark.skipif(os.name == "nt", reason="no time of change that nobody can set")
def test_a_large_file_is_read_again_only_when_it_changed(registry: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = registry.read_text(encoding="utf-8") + "\n# " + "x" * 80 + "\n"
    registry.write_text(text + ("# " + "y" * 80 + "\n") * (keeping.LARGE // 80), encoding="utf-8")
    reads: list[Path] = []
    real = read_bytes

    def reading(path: Path) -> bytes:
        reads.append(path)
        return real(path)

    monkeypatch.setattr(stores, "read_bytes", reading)
    first = snapshot(registry)
    snapshot(registry)
    assert len(reads) == 2  # its times are too young to tell
    later = time.time() + 60
    monkeypatch.setattr(time, "time", lambda: later)
    assert snapshot(registry) == snapshot(registry) == first
    assert len(reads) == 3
    times = registry.stat()
    changed = registry.read_text(encoding="utf-8").replace("ALPHA-LONG", "OMEGA-LONG")
    registry.write_text(changed, encoding="utf-8")
    os.utime(registry, ns=(times.st_atime_ns, times.st_mtime_ns))  # as long and as old as before
    assert open_store(registry).trial(2).acronym == "OMEGA-LONG"
    assert len(reads) == 4
    registry.unlink()
    with pytest.raises(InputError):
        open_store(registry)
