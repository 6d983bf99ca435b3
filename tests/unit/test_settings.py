"""service/settings.py: environment variables in, settings or a sentence out."""

import pytest

from service.settings import InvalidSetting, Settings, load_settings


def test_nothing_set_means_the_defaults() -> None:
    assert load_settings({}) == load_settings({"MENTOR_SEARCH_PORT": " ", "PATH": "/bin"}) == Settings()
    assert Settings().api_keys == ()


def test_what_is_set_is_read_as_what_it_is() -> None:
    settings = load_settings(
        {
            "MENTOR_SEARCH_ENGINE_URL": " sqlite:////srv/mentors.db ",
            "MENTOR_SEARCH_API_KEYS": f"{'1' * 16}, {'2' * 16},,",
            "MENTOR_SEARCH_PORT": "9000",
            "MENTOR_SEARCH_WORKERS": " 2 ",
            "MENTOR_SEARCH_LOG_LEVEL": "debug ",
        }
    )

    assert settings.engine_url == "sqlite:////srv/mentors.db"
    assert settings.api_keys == ("1" * 16, "2" * 16)
    assert (settings.port, settings.workers, settings.log_level) == (9000, 2, "debug")


@pytest.mark.parametrize(
    ("name", "written", "reason"),
    [
        ("API_KEYS", "long-enough-to-be-safe,short", "MENTOR_SEARCH_API_KEYS holds a key of under 16 characters"),
        ("PORT", "http", "MENTOR_SEARCH_PORT must be a whole number from 0 to 65535; it is “http”."),
        ("PORT", "65536", "from 0 to 65535; it is “65536”"),
        ("PORT", "-1", "it is “-1”"),
        ("PORT", "²", "it is “²”"),
        ("PORT", "9" * 5000, "from 0 to 65535"),
        ("WORKERS", "0", "MENTOR_SEARCH_WORKERS must be a whole number from 1"),
        ("THREADS", "1.5", "MENTOR_SEARCH_THREADS must be a whole number from 1"),
        ("LOG_LEVEL", "loud", "must be debug, info, warning or error; it is “loud”"),
        ("API_KEY", "x", "MENTOR_SEARCH_API_KEY is no setting"),
        ("engine_url", "x", "MENTOR_SEARCH_engine_url is no setting"),
    ],
)
def test_a_value_or_name_that_cannot_be_one_is_refused_in_words(name: str, written: str, reason: str) -> None:
    with pytest.raises(InvalidSetting) as refused:
        load_settings({f"MENTOR_SEARCH_{name}": written})

    assert reason in str(refused.value)
    assert len(str(refused.value)) < 200


def test_secrets_are_not_in_the_repr() -> None:
    settings = Settings(
        engine_url="https://elastic:hunter2@search.example:9200",
        elasticsearch_api_key="hunter2",
        api_keys=("hunter2",),
    )

    assert "hunter2" not in repr(settings)
    assert "127.0.0.1" in repr(settings)


def test_every_setting_is_explained() -> None:
    explanations = [item.metadata["help"] for item in Settings.__dataclass_fields__.values()]

    assert len(explanations) >= 9
    assert all(explanation.endswith(".") for explanation in explanations)
