"""docs/match.md says what the program prints, example by example."""

import re
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def test_the_examples_of_the_page_are_what_the_program_prints() -> None:
    spec = spec_from_file_location("match_docs", ROOT / "tools" / "match_docs.py")
    assert spec
    assert spec.loader
    tool = module_from_spec(spec)
    spec.loader.exec_module(tool)
    page = tool.PAGE.read_text(encoding="utf-8")
    assert len(re.findall(r"^\$ ", page, re.MULTILINE)) >= 10
    new = tool.refreshed(page)
    assert new == page, "run tools/match_docs.py"
    for example in re.findall(r"^```console\n\$ (.*?)\n(.*?)^```$", new, re.MULTILINE | re.DOTALL):
        assert example[1].strip(), example[0]
        assert "myofind:" not in example[1], example
