from hypothesis import given
from hypothesis import strategies as st

from service.pages.operator.attempts import MOST, SECONDS, Attempts


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def test_after_ten_attempts_that_failed_one_waits_until_the_first_is_a_minute_old() -> None:
    clock = Clock()
    attempts = Attempts(clock)
    assert [attempts.begin("here") for _ in range(MOST)] == [0] * MOST

    clock.now = 20.5

    assert attempts.begin("here") == 40
    clock.now = SECONDS
    assert attempts.begin("here") == 0


def test_the_attempts_of_others_do_not_count() -> None:
    attempts = Attempts(Clock())
    for _ in range(MOST + 1):
        attempts.begin("here")

    assert attempts.begin("there") == 0


def test_a_login_clears_what_failed_before_it() -> None:
    attempts = Attempts(Clock())
    for _ in range(MOST):
        attempts.begin("here")
    attempts.succeeded("here")

    assert attempts.begin("here") == 0


@given(st.lists(st.tuples(st.sampled_from("ab"), st.floats(0, SECONDS)), max_size=60))
def test_no_minute_has_more_than_ten_and_who_waits_as_told_gets_in(steps: list[tuple[str, float]]) -> None:
    clock = Clock()
    attempts = Attempts(clock)
    let_in: list[tuple[str, float]] = []
    for address, later in steps:
        clock.now += later
        wait = attempts.begin(address)
        if wait:
            assert 0 < wait <= SECONDS
            clock.now += wait
            assert attempts.begin(address) == 0
        let_in.append((address, clock.now))
        recent = [when for one, when in let_in if one == address and clock.now - when < SECONDS]
        assert len(recent) <= MOST
