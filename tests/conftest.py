"""Shields every test from the developer's own settings, from chance and from the clock."""

import os

import hypothesis
import pytest

from indexer.encoder import Encoder
from indexer.titles import TitleCatalogue, ensure
from service.settings import PREFIX
from tests.factories import make_catalogue

# The same examples in every run, and no test fails because the machine is busy.
hypothesis.settings.register_profile("repeatable", derandomize=True, deadline=None)
hypothesis.settings.load_profile("repeatable")

pytest_plugins = ["tests.elasticsearch_server"]


@pytest.fixture(autouse=True)
def _no_settings_of_the_developer(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith(PREFIX)]:
        monkeypatch.delenv(name)


@pytest.fixture
def few_job_titles(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ship two job titles: all 44,600 take 3 s to import, and few tests are about them."""

    def shipped(encoder: Encoder, *_: object) -> TitleCatalogue:
        return make_catalogue(encoder, {"Nurse": "29-1141.00", "Vet": "29-1131.00"})

    monkeypatch.setattr(ensure, "shipped_catalogue", shipped)
