"""Shields every test from the developer's own settings."""

import os

import pytest

from service.settings import PREFIX

pytest_plugins = ["tests.elasticsearch_server"]


@pytest.fixture(autouse=True)
def _no_settings_of_the_developer(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith(PREFIX)]:
        monkeypatch.delenv(name)
