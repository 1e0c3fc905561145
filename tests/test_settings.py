"""Settings come from the environment alone, and a bad one is told in one line."""

import pytest

from config import BadSetting, Settings, secret_key, settings_from


def test_the_defaults_need_nothing():
    settings = settings_from({"HOME": "/somewhere"})
    assert settings == Settings()
    assert settings.database_url.startswith("sqlite:///")
    assert settings.redis_url.startswith("redis+socket://")


@pytest.mark.parametrize(
    ("environment", "words"),
    [
        ({"KARAKORAM_ENVIRONMENT": "demo"}, "unknown setting KARAKORAM_ENVIRONMENT"),
        ({"KARAKORAM_ENV": "prod"}, "demo, production, test"),
        ({"PORT": "eighty"}, "not a whole number"),
        ({"PORT": "70000"}, "1 to 65535"),
        ({"SECRET_KEY_FILE": "/not/there"}, "cannot be read"),
        ({"KARAKORAM_ENV": "production", "BASE_URL": "https://a.example"}, "SECRET_KEY"),
        (
            {"KARAKORAM_ENV": "production", "SECRET_KEY": "secret", "BASE_URL": "https://a.example"},
            "SECRET_KEY",
        ),
        ({"KARAKORAM_ENV": "production", "SECRET_KEY": "x" * 40}, "BASE_URL"),
    ],
)
def test_a_bad_setting_is_told_in_one_line(environment, words):
    with pytest.raises(BadSetting) as told:
        settings_from(environment)
    assert words in str(told.value)
    assert "\n" not in str(told.value)


def test_a_secret_may_lie_in_a_file(tmp_path):
    (tmp_path / "key").write_text("from a file\n")
    assert settings_from({"SECRET_KEY_FILE": str(tmp_path / "key")}).SECRET_KEY == "from a file"


def test_a_key_is_made_once_and_readable_by_its_owner_only(tmp_path):
    settings = Settings(DATA_DIR=str(tmp_path))
    assert secret_key(settings) == secret_key(settings)
    assert (tmp_path / "secret-key").stat().st_mode & 0o077 == 0
    assert len(list(tmp_path.iterdir())) == 1
