"""Every setting of Karakoram, read once from the environment: its default and one line of meaning.

A secret `NAME` may instead be given as `NAME_FILE`, a path to a file that holds it.
"""

import secrets
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import get_type_hints

ROOT = Path(__file__).resolve().parent
ENVIRONMENTS = ("demo", "production", "test")
SECRETS = ("SECRET_KEY", "METRICS_TOKEN", "DATABASE_URL", "REDIS_URL")
WEAK_SECRETS = frozenset({"", "secret", "changeme", "change-me", "dev", "development"})


class BadSetting(ValueError):
    """A setting that cannot be used; the message is one line: the cause and the remedy."""


@dataclass(frozen=True)
class Settings:
    """What an operator decides. What an administrator decides is set in the browser."""

    KARAKORAM_ENV: str = "demo"  # demo | production | test
    HOST: str = "127.0.0.1"  # address that the web server listens on
    PORT: int = 8000  # port that the web server listens on
    BASE_URL: str = ""  # public address, as printed on certificates; made from HOST and PORT when empty
    DATA_DIR: str = "./var"  # database, files, broker socket, logs
    COURSES_DIR: str = str(ROOT / "courses")  # course packs that ship with the site
    DATABASE_URL: str = ""  # SQLite under DATA_DIR when empty, else postgresql+psycopg://…
    REDIS_URL: str = ""  # the embedded broker under DATA_DIR when empty, else redis://…
    FILES_URL: str = ""  # a folder under DATA_DIR when empty, else s3://bucket/prefix
    SECRET_KEY: str = ""  # signs cookies; made once under DATA_DIR except in production
    METRICS_TOKEN: str = ""  # bearer token for /metrics; outside production the machine itself needs none
    LOG_LEVEL: str = "info"  # debug | info | warning | error
    WEB_WORKERS: int = 2  # web server processes
    WEB_THREADS: int = 32  # threads of each: a slow upload holds one
    TASK_WORKERS: int = 2  # Celery worker processes
    TRUSTED_PROXIES: int = 0  # proxies in front whose X-Forwarded-* headers are believed
    SESSION_DAYS: int = 30  # how long somebody stays signed in without visiting

    @property
    def data_dir(self) -> Path:
        return Path(self.DATA_DIR).resolve()

    @property
    def database_url(self) -> str:
        return self.DATABASE_URL or f"sqlite:///{self.data_dir / 'karakoram.db'}"

    @property
    def redis_url(self) -> str:
        return self.REDIS_URL or f"redis+socket://{self.data_dir / 'broker.sock'}"

    @property
    def has_embedded_broker(self) -> bool:
        return not self.REDIS_URL

    @property
    def files_url(self) -> str:
        return self.FILES_URL or (self.data_dir / "files").as_uri()

    @property
    def base_url(self) -> str:
        return (self.BASE_URL or f"http://{self.HOST}:{self.PORT}").rstrip("/")

    @property
    def is_production(self) -> bool:
        return self.KARAKORAM_ENV == "production"


def settings_from(environment: Mapping[str, str]) -> Settings:
    """The settings that these variables spell out, everything else at its default.

    Raises BadSetting for a misspelt KARAKORAM_ variable, a value of the wrong kind, an unreadable
    secret file, or a weak secret in production.
    """
    _refuse_unknown(environment)
    types = get_type_hints(Settings)
    given = {name: _typed(name, kind, _value(name, environment)) for name, kind in types.items()}
    settings = Settings(**{name: value for name, value in given.items() if value is not None})  # type: ignore[arg-type]
    _check(settings)
    return settings


def secret_key(settings: Settings) -> str:
    """The key that signs cookies: the one given, or one made once and kept under DATA_DIR."""
    if settings.SECRET_KEY:
        return settings.SECRET_KEY
    path = settings.data_dir / "secret-key"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_suffix(f".{secrets.token_hex(4)}")
        draft.touch(mode=0o600)
        draft.write_text(secrets.token_urlsafe(48))
        with suppress(FileExistsError):
            path.hardlink_to(draft)  # two processes starting at once agree on the first
        draft.unlink()
    return path.read_text()


def _refuse_unknown(environment: Mapping[str, str]) -> None:
    known = set(get_type_hints(Settings))
    for name in environment:
        if name.startswith("KARAKORAM_") and name not in known:
            raise BadSetting(f"unknown setting {name}: remove it, or see docs/operating.md for the names")


def _value(name: str, environment: Mapping[str, str]) -> str | None:
    path = environment.get(f"{name}_FILE") if name in SECRETS else None
    if path is None:
        return environment.get(name)
    try:
        return Path(path).read_text().strip()
    except OSError as problem:
        raise BadSetting(f"{name}_FILE={path} cannot be read: {problem.strerror}") from problem


def _typed(name: str, kind: type, value: str | None) -> str | int | None:
    if value is None or kind is str:
        return value
    try:
        return int(value)
    except ValueError:
        raise BadSetting(f"{name}={value!r} is not a whole number") from None


def _check(settings: Settings) -> None:
    if settings.KARAKORAM_ENV not in ENVIRONMENTS:
        raise BadSetting(f"KARAKORAM_ENV={settings.KARAKORAM_ENV!r}: use one of {', '.join(ENVIRONMENTS)}")
    if not 1 <= settings.PORT <= 65535:
        raise BadSetting(f"PORT={settings.PORT}: use a number from 1 to 65535")
    if settings.is_production and (settings.SECRET_KEY in WEAK_SECRETS or len(settings.SECRET_KEY) < 32):
        raise BadSetting("SECRET_KEY needs 32 random characters or more in production: openssl rand -hex 32")
    if settings.is_production and not settings.BASE_URL.startswith("https://"):
        raise BadSetting("BASE_URL must be the public https:// address in production")
