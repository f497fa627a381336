"""The kept form of a registry never changes an answer and never stands in the way."""

import hashlib
import json
import os
import stat
import threading
from pathlib import Path

import pytest

from myofind.diagnostics import UnusableFile
from myofind.registry import store as stores
from myofind.registry.store import cache_folder, open_store


def kept() -> list[Path]:
    folder = cache_folder()
    assert folder is not None
    return sorted(folder.glob("*")) if folder.exists() else []


@pytest.fixture(autouse=True)
def _empty_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "fresh"))


def snapshot(path: Path) -> tuple[object, ...]:
    found = open_store(path)
    return (found.meta, found.index, list(found.trials()))


def test_the_second_reading_uses_the_kept_form_and_says_the_same(
    registry: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = snapshot(registry)
    assert len(kept()) == 1
    monkeypatch.setattr(stores, "_compile", None)
    assert snapshot(registry) == first


def test_a_changed_file_is_read_anew(registry: Path) -> None:
    snapshot(registry)
    registry.write_text(registry.read_text(encoding="utf-8").replace("ALPHA-LONG", "OMEGA"), encoding="utf-8")
    assert open_store(registry).trial(2).acronym == "OMEGA"


@pytest.mark.parametrize("damage", ["", "{", "{}\n", "[]\n{}", "null\nnull", "x" * 100, '{"format": 1, "meta": 3}\n'])
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
    assert stores.content_hash(data[:size]) == hashlib.sha256(data[:size]).hexdigest()


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


def test_the_kept_form_is_json_and_holds_the_registry_only(registry: Path) -> None:
    snapshot(registry)
    (file,) = kept()
    head, _, _ = file.read_bytes().partition(b"\n")
    assert set(json.loads(head)) == {"format", "meta", "index", "sizes", "check"}
