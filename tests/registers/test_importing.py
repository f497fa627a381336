"""Saved records: every accepted shape gives the same studies, every retired one is refused by name."""

from __future__ import annotations

import gzip
import io
import json
import zipfile
from typing import Any

import pytest

from myofind.diagnostics import InputError
from myofind.language import both
from myofind.registers.saved_records import read_saved
from tests.registers.world import study
from tests.together import together

ONE, TWO = study(), study(nctId="NCT07654321")


def zipped(members: dict[str, str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in members.items():
            archive.writestr(name, text)
    return out.getvalue()


def text(value: Any) -> bytes:
    return json.dumps(value).encode()


@pytest.mark.parametrize(
    ("data", "count"),
    [
        (text(ONE), 1),
        (b"\xef\xbb\xbf" + text(ONE), 1),
        (json.dumps(ONE, indent=2).encode(), 1),
        (text({"studies": [ONE, TWO]}), 2),
        (text({"studies": []}), 0),
        (text([ONE, TWO]), 2),
        (text(ONE) + b"\n" + text(TWO) + b"\n\n", 2),
        (text(ONE) + b"\r\n" + text(TWO), 2),
        (gzip.compress(text([ONE, TWO])), 2),
        (gzip.compress(text(ONE) + b"\n") + gzip.compress(text(TWO)), 2),
        (zipped({"NCT01234567.json": json.dumps(ONE), "NCT07654321.json": json.dumps(TWO), "readme.txt": "x"}), 2),
        (zipped({"ctg-studies.json": json.dumps([ONE, TWO])}), 2),
    ],
)
def test_shapes(data: bytes, count: int) -> None:
    saved = read_saved(data, "f")
    assert len(saved.studies) == count
    assert [found for _, found in saved.studies] == [ONE, TWO][:count]
    assert saved.problems == ()


@together(
    [
        (b"", "the file is empty"),
        (b"  \n", "the file is empty"),
        (b"<?xml version='1.0'?><clinical_study>", "XML; the register retired this format in June 2024"),
        (b"<clinical_study rank='1'>", "XML; the register retired"),
        (b"<!DOCTYPE html><html><body>", "a web page, not a record"),
        (b"NCT Number,Study Title,Study URL\nNCT1,x,y\n", "the web site's CSV table"),
        (b"Rank,NCT Number,Title\n", "the web site's CSV table"),
        (text({"FullStudiesResponse": {"FullStudies": []}}), "the old API, retired in June 2024"),
        (text({"StudyFieldsResponse": {}}), "the old API"),
        (text({"ProtocolSection": {}}), "`ProtocolSection`"),
        (text([{"Study": {"ProtocolSection": {}}}]), "`ProtocolSection`"),
        (text({"a": 1}), "it has `a`, not `protocolSection`"),
        (text({}), "it has no keys"),
        (text("x"), "only `x`"),
        (text([1]), "only `1`"),
        (text(ONE)[:-200], "cut off in line 1"),
        (text(ONE)[:-1], "cut off in line 1"),
        (b"hello", "not JSON"),
        (b'"a\x80"', "byte 3 is not UTF-8"),
        (gzip.compress(text(ONE))[:-40], "the gzip file is cut off"),
        (b"\x1f\x8b nonsense", "not a readable gzip file"),
        (b"PK\x03\x04nonsense", "not a readable zip file"),
        (zipped({"readme.txt": "x"}), "no study record in this zip file"),
        (zipped({"NCT1.json": "{"}), "no study record in this zip file"),
        (b"[" * 100_000, "nested too deeply"),
    ]
)
def test_what_is_no_record_is_refused_by_name(data: bytes, words: str) -> None:
    with pytest.raises(InputError) as refused:
        read_saved(data, "f")
    assert words in refused.value.message
    assert refused.value.hint


def test_one_bad_study_never_hides_the_others() -> None:
    saved = read_saved(text({"studies": [ONE, 7, TWO]}), "f")
    assert len(saved.studies) == 2
    assert [(where, both(what)[0]) for where, what in saved.problems] == [("f, study 2", "no study record, only `7`")]
    saved = read_saved(text(ONE) + b"\n" + text(TWO)[:-30] + b"\n", "f")
    assert len(saved.studies) == 1
    assert saved.problems[0][0] == "f, line 2"
    assert both(saved.problems[0][1])[0].startswith("cut off")
    saved = read_saved(zipped({"a.json": json.dumps(ONE), "b.json": "<html>"}), "f")
    assert len(saved.studies) == 1
    assert saved.problems[0] == ("f: b.json", ("a web page, not a record", "une page, pas une fiche"))


def test_a_page_tells_its_day_and_that_others_follow() -> None:
    saved = read_saved(text({"studies": [ONE], "nextPageToken": "t", "dataTimestamp": "2026-03-25T09:00:05"}), "f")
    assert (saved.day, saved.partial) == ("2026-03-25", True)
