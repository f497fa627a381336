"""Numbers belong to one register, by their shape, and lead to its page."""

import pytest

from myofind.domain.register_numbers import REGISTERS, link, register_of


@pytest.mark.parametrize("key", list(REGISTERS))
def test_the_example_belongs_to_its_register_and_to_no_other(key: str) -> None:
    example = REGISTERS[key].example
    assert [one for one, register in REGISTERS.items() if register.pattern.fullmatch(example)] == [key]
    assert register_of(example) == key


@pytest.mark.parametrize(
    "text",
    [
        "",
        "NCT1234567",
        "NCT123456789",
        "nct05523167",
        "NCT05523167 ",
        "NCT٠٥٥٢٣١٦٧",
        "ibmr-yale",
        "2021-1-1",
        "ISRCTN1",
        "U1111-1234-5678",
    ],
)
def test_what_is_no_number_belongs_nowhere(text: str) -> None:
    assert register_of(text) is None
    assert link(text) is None


def test_pages() -> None:
    assert link("NCT05523167") == "https://clinicaltrials.gov/study/NCT05523167"
    assert link("jRCTs031240581") == "https://jrct.mhlw.go.jp/en-latest-detail/jRCTs031240581"
    assert link("2022-502759-70-01") == "https://euclinicaltrials.eu/ctis-public/view/2022-502759-70-01"
    assert link("2021-A01234-37") is None
