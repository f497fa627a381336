"""Whom to call about a trial: who is near before who is elsewhere, who answers before where one may look."""

from __future__ import annotations

import pytest

from myofind.domain.trial import Contact, Trial
from myofind.writers.places import contacts_near

PAGE = Contact("FR", url="https://trials.example.org")
PHONE = Contact("FR", phone="+33 1")
LETTER = Contact("FR", email="trials@example.org")
BOTH = Contact("FR", phone="+33 2", email="both@example.org")
ANYWHERE = Contact(None, phone="+1")
GERMAN = Contact("DE", phone="+49 1")


@pytest.mark.parametrize(
    ("every", "here", "called"),
    [
        ((PAGE, PHONE), ("FR",), [PHONE, PAGE]),
        ((PAGE, LETTER), ("FR",), [LETTER, PAGE]),
        ((PAGE, LETTER, BOTH, PHONE), ("FR",), [LETTER, BOTH, PHONE, PAGE]),
        ((GERMAN, PAGE), ("FR",), [PAGE]),
        ((GERMAN, PAGE, ANYWHERE), ("FR",), [ANYWHERE, PAGE]),
        ((GERMAN, PAGE), ("FR", "DE"), [GERMAN, PAGE]),
        ((PAGE, GERMAN), (), [GERMAN, PAGE]),
        ((PAGE, GERMAN), ("US",), [GERMAN, PAGE]),
        ((), ("FR",), []),
    ],
)
def test_who_answers_and_is_near_comes_first(
    every: tuple[Contact, ...], here: tuple[str, ...], called: list[Contact]
) -> None:
    assert contacts_near(Trial("NCT00000001", "interventional", contacts=every), here) == called
