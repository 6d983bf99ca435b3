"""Facts are read once, as long as there is room for them."""

import pytest

from indexer.engines import known_facts
from indexer.engines.known_facts import KnownFacts
from indexer.facts import Facts


class Index:
    """Facts of everybody but "gone", and who was asked for."""

    def __init__(self) -> None:
        self.read: list[list[str]] = []

    def facts(self, keys: list[str]) -> dict[str, Facts]:
        self.read.append(keys)
        return {key: Facts(location=key) for key in keys if key != "gone"}


def test_each_is_read_once() -> None:
    index, known = Index(), KnownFacts[str]()

    known.of(["ann", "bob"], index.facts)
    found = known.of(["bob", "cem", "ann"], index.facts)

    assert {key: facts.location for key, facts in found.items()} == {"ann": "ann", "bob": "bob", "cem": "cem"}
    assert known.of(["ann"], index.facts).keys() == {"ann"}
    assert index.read == [["ann", "bob"], ["cem"]]


def test_who_is_not_there_has_none_and_is_asked_for_again() -> None:
    index, known = Index(), KnownFacts[str]()

    assert known.of(["gone", "ann"], index.facts).keys() == {"ann"}
    assert known.of(["gone"], index.facts) == {}
    assert index.read == [["gone", "ann"], ["gone"]]


def test_those_read_longest_ago_go_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(known_facts, "_MOST_KEPT", 2)
    index, known = Index(), KnownFacts[str]()

    known.of(["ann", "bob"], index.facts)
    assert known.of(["ann", "bob", "cem"], index.facts).keys() == {"ann", "bob", "cem"}
    known.of(["bob", "cem"], index.facts)
    known.of(["ann"], index.facts)

    assert index.read == [["ann", "bob"], ["cem"], ["ann"]]
