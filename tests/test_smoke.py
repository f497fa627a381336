"""The shipped registry can be read."""

from myofind.registry.location import read_bytes, registry_path
from myofind.registry.read import read_registry


def test_the_shipped_registry_reads_without_findings() -> None:
    path = registry_path()
    assert read_registry(read_bytes(path), str(path)).findings == ()
