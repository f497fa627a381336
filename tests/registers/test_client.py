"""Asking a register: every answer it may give ends in a record, a reason, or a clear stop."""

from __future__ import annotations

import json
import re
import threading
import time
from collections.abc import Callable
from itertools import count
from typing import Any

import pytest

from myofind.diagnostics import InputError
from myofind.language import Words, both
from myofind.registers import client as http
from myofind.registers import transport
from myofind.registers.failures import Refused, Unreachable
from myofind.registers.transport import AGENT, Settings
from tests.registers.world import Asked, Register, Reply, Serve, study

A, B, C = "NCT00000001", "NCT00000002", "NCT00000003"
Answering = Callable[[Asked], Reply]


def page(*numbers: str, **more: str) -> Reply:
    return Reply(body=json.dumps({"studies": [study(nctId=number) for number in numbers], **more}))


def one(number: str) -> Reply:
    return Reply(body=json.dumps(study(nctId=number)))


class Talk:
    """A client on a local register: what it said and how long it waited, without waiting."""

    def __init__(self, register: Register, **settings: Any) -> None:
        self.told: list[str] = []
        self.waited: list[float] = []
        chosen = Settings(register.base, **{"delay": 0.0, **settings})
        self.client = http.Client(chosen, self.hear, self.waited.append, passing=self.hear)

    def hear(self, words: Words) -> None:
        self.told.append(both(words)[0])

    def ask(self, *numbers: str) -> dict[str, str]:
        return {
            got.asked: both(got.reason)[0] if isinstance(got, http.Failure) else "record"
            for got in self.client.studies(numbers)
        }


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)


def test_a_batch_is_one_polite_question(serve: Serve) -> None:
    register = serve(lambda asked: page(A, B))
    assert Talk(register).ask(A, B) == {A: "record", B: "record"}
    (asked,) = register.asked
    assert asked.path == "/studies"
    assert asked.query["filter.ids"] == [f"{A},{B}"]
    assert asked.query["pageSize"] == ["2"]
    assert "StatusModule" in asked.query["fields"][0]
    assert asked.agent == AGENT


@pytest.mark.parametrize(("agent", "sent"), [("tool/1 (+https://x.org)", "tool/1 (+https://x.org)"), ("", None)])
def test_the_user_agent_is_settable_and_emptiable(serve: Serve, agent: str, sent: str | None) -> None:
    register = serve(lambda asked: one(A))
    Talk(register, agent=agent).ask(A)
    assert register.asked[0].agent == sent


def test_an_empty_page_with_a_token_is_not_the_end(serve: Serve) -> None:
    def answer(asked: Asked) -> Reply:
        token = asked.query.get("pageToken", [""])[0]
        return {"": page(A, nextPageToken="t1"), "t1": page(nextPageToken="t2"), "t2": page(B)}[token]

    register = serve(answer)
    assert Talk(register).ask(A, B) == {A: "record", B: "record"}
    assert {asked.query["filter.ids"][0] for asked in register.asked} == {f"{A},{B}"}


def test_a_page_that_comes_again_and_again_is_left(serve: Serve) -> None:
    def answer(asked: Asked) -> Reply:
        return page(A, nextPageToken="t") if asked.path == "/studies" else one(asked.path.rsplit("/", 1)[1])

    assert Talk(serve(answer)).ask(A, B) == {A: "record", B: "record"}


def bad_number(asked: Asked) -> Reply:
    """The register refuses a whole batch for one bad number, in plain text."""
    if asked.path == "/studies":
        return Reply(400, f"Invalid value in `filter.ids`: {B}", "text/plain")
    number = asked.path.rsplit("/", 1)[1]
    return Reply(404, f"NCT number {B} not found", "text/plain") if number == B else one(number)


def test_one_bad_number_never_sinks_the_rest(serve: Serve) -> None:
    talk = Talk(serve(bad_number))
    assert talk.ask(A, B, C) == {
        A: "record",
        B: f"the register has no such study (HTTP 404: NCT number {B} not found)",
        C: "record",
    }
    assert any("the batch was refused (HTTP 400: Invalid value" in text for text in talk.told)


def test_a_number_left_out_of_the_answer_is_asked_alone(serve: Serve) -> None:
    register = serve(lambda asked: page(A) if asked.path == "/studies" else one(B))
    assert Talk(register).ask(A, B) == {A: "record", B: "record"}
    assert [asked.path for asked in register.asked] == ["/studies", f"/studies/{B}"]


def test_a_module_the_register_no_longer_knows_is_done_without(serve: Serve) -> None:
    def answer(asked: Asked) -> Reply:
        if "fields" in asked.query:
            return Reply(400, "Unknown piece name of field path: DesignModule", "text/plain")
        return page(A, B)

    talk = Talk(serve(answer))
    assert talk.ask(A, B) == {A: "record", B: "record"}
    assert talk.told[-1].endswith("DesignModule; asking for whole records")


def then(*replies: Reply) -> Answering:
    """The replies in turn, the last one again and again."""
    waiting = list(replies)
    lock = threading.Lock()

    def answer(asked: Asked) -> Reply:
        with lock:
            return waiting.pop(0) if len(waiting) > 1 else waiting[0]

    return answer


def test_too_many_requests_waits_as_long_as_asked(serve: Serve) -> None:
    talk = Talk(serve(then(Reply(429, "Too many", "text/plain", (("Retry-After", "7"),)), one(A))))
    assert talk.ask(A) == {A: "record"}
    assert talk.waited == [7.0]
    assert talk.told[-1] == "HTTP 429: Too many; trying again in 7 s"


def test_a_wait_beyond_reason_ends_the_run(serve: Serve) -> None:
    talk = Talk(serve(then(Reply(429, "", "text/plain", (("Retry-After", "86400"),)))))
    with pytest.raises(Unreachable, match="asks to wait 86400 seconds"):
        talk.ask(A)
    assert talk.waited == []


def test_a_passing_error_is_passed_over_with_growing_waits(serve: Serve) -> None:
    talk = Talk(serve(then(Reply(500, "oops"), Reply(503, "<html>", "text/html"), one(A))), delay=0.5)
    talk.client.pace = lambda: None  # type: ignore[method-assign]  # only the waits between tries are looked at
    assert talk.ask(A) == {A: "record"}
    assert talk.waited == [0.5, 1.0]


def test_one_number_that_fails_for_good_is_a_reason_and_two_in_a_row_end_the_run(serve: Serve) -> None:
    def answer(asked: Asked) -> Reply:
        number = asked.path.rsplit("/", 1)[1]
        return one(number) if number == A else Reply(500, "oops", "text/plain")

    found = Talk(serve(answer), batch=1).ask(A, B, A)
    assert found[A] == "record"
    assert found[B].endswith("HTTP 500: oops, 4 times")
    with pytest.raises(Unreachable, match="HTTP 500"):
        Talk(serve(answer), batch=1).ask(A, B, C)


def test_a_redirect_to_another_number_is_followed_and_said(serve: Serve) -> None:
    def answer(asked: Asked) -> Reply:
        if asked.path.endswith(A):
            return Reply(301, "", "text/plain", (("Location", f"/studies/{B}"),))
        return one(B)

    register = serve(answer)
    talk = Talk(register)
    (got,) = talk.client.studies([A])
    assert isinstance(got, http.Answer)
    assert got.asked == A
    assert got.study["protocolSection"]["identificationModule"]["nctId"] == B
    assert f"HTTP 301: {register.base}/studies/{A} → {register.base}/studies/{B}" in talk.told
    assert f"{A} is now {B}" in talk.told
    assert "fields" in register.asked[1].query


@pytest.mark.parametrize(
    ("target", "words"),
    [("https://elsewhere.example/x", "another host (elsewhere.example)"), (f"/studies/{A}", "more than 5 redirects")],
)
def test_redirects_that_lead_nowhere(serve: Serve, target: str, words: str) -> None:
    with pytest.raises(Unreachable, match=re.escape(words)):
        Talk(serve(lambda asked: Reply(302, "", "text/plain", (("Location", target),)))).ask(A)


def test_a_firewall_stops_at_once_and_names_the_offline_route(serve: Serve) -> None:
    register = serve(lambda asked: Reply(403, "<html>Forbidden</html>", "text/html"))
    with pytest.raises(Unreachable) as stopped:
        Talk(register).ask(A, B)
    assert "HTTP 403 with a web page" in str(stopped.value)
    assert "--from FILE" in both(stopped.value.hint)[0]
    assert len(register.asked) == 1


FULL = json.dumps(study(nctId=A))


@pytest.mark.parametrize(
    ("reply", "words"),
    [
        (Reply(body=FULL[:-50]), "the answer is cut off or not JSON"),
        (Reply(body=FULL[:-50], announced=len(FULL)), "the answer was cut off"),
        (Reply(body="<html>Maintenance</html>", kind="text/html"), "the answer is text/html, not JSON"),
        (Reply(body="", kind="text/plain"), "the answer is text/plain, not JSON"),
    ],
)
def test_broken_answers_are_named_and_asked_again(serve: Serve, reply: Reply, words: str) -> None:
    talk = Talk(serve(then(reply, one(A))))
    assert talk.ask(A) == {A: "record"}
    assert any(text.startswith(words) for text in talk.told)
    with pytest.raises(Unreachable, match=re.escape(words)):
        Talk(serve(then(reply))).ask(A)


def test_a_slow_answer_is_not_waited_for(serve: Serve) -> None:
    talk = Talk(serve(then(Reply(body=FULL, slow=5.0), one(A))), timeout=0.3)
    assert talk.ask(A) == {A: "record"}
    assert talk.told[-1].startswith("no complete answer within 0.3 s")


def test_an_answer_that_drips_is_bounded_whole(serve: Serve) -> None:
    began = time.monotonic()
    for body in ("", FULL):  # in its head, and in its body
        talk = Talk(serve(then(Reply(body=body, drip=0.05 if not body else 0.0005))), timeout=0.2)
        with pytest.raises(Unreachable, match=r"no complete answer within 0\.2 s"):
            talk.ask(A)
    assert time.monotonic() - began < 2 * transport.TRIES * 0.2 + 10  # dripped to its end, the head alone takes longer


def test_a_record_of_another_study_is_not_the_one_asked(serve: Serve) -> None:
    (reason,) = Talk(serve(lambda asked: one(B))).ask(A).values()
    assert reason == f"the register answered with {B}, which does not name {A}"
    talk = Talk(serve(lambda asked: Reply(body=json.dumps(study(nctId=B, nctIdAliases=[A])))))
    assert talk.ask(A) == {A: "record"}
    assert talk.told == ["asking for 1-1 of 1", f"{A} is now {B}"]


def test_a_chain_of_pages_ends(serve: Serve) -> None:
    tokens = count()
    register = serve(
        lambda asked: page(nextPageToken=f"t{next(tokens)}") if asked.path == "/studies" else one(asked.path[-11:])
    )
    talk = Talk(register)
    assert talk.ask(A, B) == {A: "record", B: "record"}
    assert len(register.asked) < 12
    assert any("more pages than the 2 studies asked for" in text for text in talk.told)


@pytest.mark.parametrize(
    ("target", "words"),
    [("http://[::1", "which is no address"), ("//elsewhere.example/x", "another host"), ("ftp:///x", "another host")],
)
def test_redirects_that_cannot_be_followed(serve: Serve, target: str, words: str) -> None:
    with pytest.raises(Unreachable, match=words):
        Talk(serve(lambda asked: Reply(302, "", "text/plain", (("Location", target),)))).ask(A)


def test_a_secure_address_is_never_left() -> None:
    with pytest.raises(Refused, match="from https to http"):
        transport._redirected("https://x.example/studies/1?a=b", 301, "http://x.example/studies/1")
    assert transport._redirected("https://x.example/s/1?a=b", 301, "/s/2") == "https://x.example/s/2?a=b"
    assert transport._redirected("http://x.example/s/1", 301, "https://x.example/s/1") == "https://x.example/s/1"


@pytest.mark.parametrize("body", ["[]", "{}", '{"protocolSection": {}}', "3"])
def test_an_answer_that_is_no_record(serve: Serve, body: str) -> None:
    assert Talk(serve(lambda asked: Reply(body=body))).ask(A) == {A: "the answer is no study record"}


def test_nobody_there() -> None:
    told: list[Words] = []
    talk = http.Client(Settings("http://127.0.0.1:9", delay=0.0), told.append, lambda seconds: None)
    with pytest.raises(Unreachable, match="no connection"):
        list(talk.studies([A]))


def test_requests_are_apart(serve: Serve) -> None:
    now = [100.0]
    waited: list[float] = []

    def sleep(seconds: float) -> None:
        waited.append(seconds)
        now[0] += seconds

    register = serve(lambda asked: one(asked.path.rsplit("/", 1)[1]))
    settings = Settings(register.base, delay=1.2, batch=1)
    assert len(list(http.Client(settings, lambda text: None, sleep, lambda: now[0]).studies([A, B, C]))) == 3
    assert waited == pytest.approx([1.2, 1.2])


@pytest.mark.parametrize(
    ("reply", "words"),
    [
        (Reply(body="{}"), "gives no `dataTimestamp`"),
        (Reply(body="[]"), "gives no `dataTimestamp`"),
        (Reply(404, "no", "text/plain"), "HTTP 404: no"),
    ],
)
def test_a_register_without_a_data_day(serve: Serve, reply: Reply, words: str) -> None:
    with pytest.raises(Unreachable, match=words.replace("`", ".")):
        Talk(serve(lambda asked: reply)).client.data_day()


def test_the_data_day(serve: Serve) -> None:
    register = serve(lambda asked: Reply(body='{"apiVersion": "2.0.5", "dataTimestamp": "2026-03-25T09:00:05"}'))
    assert Talk(register).client.data_day() == "2026-03-25"


def test_an_address_that_is_none() -> None:
    with pytest.raises(InputError, match="is not a web address"):
        http.Client(Settings("file:///etc"), print)


ANSWERS = {
    "a web page": (Reply(body="<html>", kind="text/html"), True),
    "cut off": (Reply(body=FULL[:-50], announced=len(FULL)), True),
    "no gzip": (Reply(body=FULL, headers=(("Content-Encoding", "gzip"),)), True),
    "500": (Reply(500, "oops", "text/plain"), True),
    "401": (Reply(401, "who?", "text/plain"), True),
    "another host": (Reply(301, "", "text/plain", (("Location", "http://example.invalid/"),)), True),
    "itself": (Reply(301, "", "text/plain", (("Location", ""),)), True),
    "400": (Reply(400, "bad number", "text/plain"), False),
    "404": (Reply(404, "not found", "text/plain"), False),
    "no record": (Reply(body="{}"), False),
}
"""Answers about a number, and whether they say nothing about it."""


@pytest.mark.parametrize("numbers", [(A,), (A, B)])
@pytest.mark.parametrize("name", ANSWERS)
def test_a_register_that_says_nothing_about_any_number_could_not_be_asked(
    serve: Serve, name: str, numbers: tuple[str, ...]
) -> None:
    reply, silent = ANSWERS[name]
    talk = Talk(serve(lambda asked: reply))
    if silent:
        with pytest.raises(Unreachable):
            talk.ask(*numbers)
    else:
        assert set(talk.ask(*numbers)) == set(numbers)


@pytest.mark.parametrize("name", ANSWERS)
def test_one_number_that_is_answered_is_an_answer(serve: Serve, name: str) -> None:
    reply, _ = ANSWERS[name]
    talk = Talk(serve(lambda asked: one(B) if asked.path.endswith(B) else reply))
    assert talk.ask(A, B)[B] == "record"
