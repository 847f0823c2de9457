"""Settings: environment ``NAKOMING_…``, a TOML file and secret files, checked once at the door.

One of the two places that read the environment (the other is `monitor.__main__`). Unknown names are refused, values
that may be secrets are `SecretStr` and are never printed. What the names mean: docs/operators-guide.md.
"""

import os
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import BaseModel, ConfigDict, Field, HttpUrl, SecretStr, TypeAdapter, ValidationError, field_validator
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

from rules.policy import Policy

PREFIX = "NAKOMING_"
CONFIG = "NAKOMING_CONFIG"
SECRETS = {"password", "channels", "secret", "database_url"}


class SettingsError(Exception):
    """The settings cannot be used; the message names the setting and never its value."""


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)


class Smtp(_Strict):
    """The mail server for subscribers' mail. security: ``starttls``, ``tls`` or ``none`` (loopback only)."""

    host: str
    port: int = 587
    username: str = ""
    password: SecretStr = SecretStr("")
    security: Literal["starttls", "tls", "none"] = "starttls"
    sender: str = "nakoming@localhost"
    authorities: str = ""


class PolicySettings(_Strict):
    """Thresholds; the defaults are those of `rules.policy.Policy`."""

    auto_fulfil: float = Field(Policy().auto_fulfil, ge=0, le=1)
    propose: float = Field(Policy().propose, ge=0, le=1)
    review_below: float = Field(Policy().review_below, ge=0, le=1)
    grace_days: int = Field(Policy().grace_days, ge=0, le=365)
    default_horizon: int = Field(Policy().default_horizon, ge=0, le=3650)
    due_soon_days: int = Field(Policy().due_soon_days, ge=0, le=365)

    def policy(self) -> Policy:
        return Policy(**self.model_dump())


class _FileSource(PydanticBaseSettingsSource):
    """The TOML file, below the environment in rank."""

    def get_field_value(self, field: Any, field_name: str) -> tuple[Any, str, bool]:  # noqa: ARG002 - the base's form
        return None, field_name, False

    def __call__(self) -> dict[str, Any]:
        path = Path(os.environ.get(CONFIG, "nakoming.toml"))
        if not path.exists():
            if CONFIG in os.environ:
                raise SettingsError(f"{CONFIG}: there is no file {path}")
            return {}
        try:
            return tomllib.loads(path.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
            raise SettingsError(f"{path}: {error}") from None


class Settings(BaseSettings):
    """Everything an operator can set. Nested names are joined by ``__`` in the environment."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_nested_delimiter="__", extra="forbid", hide_input_in_errors=True, frozen=True
    )

    database_url: SecretStr = SecretStr("")
    data_dir: Path = Path("data")
    base_url: str = "http://127.0.0.1:8080"
    locale: Literal["nl", "en"] = "nl"
    timezone: str = "Europe/Amsterdam"
    channels: tuple[SecretStr, ...] = ()
    smtp: Smtp | None = None
    contact: str = ""
    sources: dict[str, dict[str, Any]] = Field(default_factory=dict)
    sources_file: Path | None = None
    recess_file: Path | None = None
    policy: PolicySettings = PolicySettings()
    extract_from: tuple[str, ...] = ()
    keep_versions_days: int = Field(0, ge=0)
    most_evidence_mb: int = Field(5000, ge=0)
    pace_per_second: float = Field(2.0, gt=0)
    allow_private_networks: bool = False
    host: str = "127.0.0.1"
    port: int = Field(8080, ge=1, le=65535)
    log_level: Literal["debug", "info", "warning", "error"] = "info"
    log_format: Literal["json", "text"] = "json"

    @field_validator("base_url")
    @classmethod
    def _is_an_address(cls, value: str) -> str:
        TypeAdapter(HttpUrl).validate_python(value)
        return value.rstrip("/")

    @field_validator("timezone")
    @classmethod
    def _is_a_zone(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (ZoneInfoNotFoundError, ValueError):
            raise ValueError("is not a known time zone") from None
        return value

    @property
    def database(self) -> str:
        return self.database_url.get_secret_value() or f"sqlite:///{self.data_dir / 'nakoming.db'}"

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - the base's form
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        return init_settings, env_settings, _FileSource(settings_cls)


def load(**given: Any) -> Settings:
    """The settings of this process. Raises SettingsError with one line per wrong name or value."""
    _secrets_from_files()
    _refuse_unknown_names(os.environ)
    try:
        return Settings(**given)
    except ValidationError as error:
        raise SettingsError("; ".join(_plain(e) for e in error.errors())) from None
    except ValueError as error:  # pydantic-settings: a value in the environment that is no JSON
        raise SettingsError(str(error).replace("\n", " ")) from None


def _plain(error: Mapping[str, Any]) -> str:
    name = ".".join(str(part) for part in error["loc"])
    if error["type"] == "extra_forbidden":
        return f"unknown setting {name!r}"
    return f"setting {name!r}: {error['msg']}"


def _secrets_from_files() -> None:
    """``NAKOMING_X_FILE=/run/secrets/x`` stands for ``NAKOMING_X``, as container secrets come."""
    for name in [n for n in os.environ if n.startswith(PREFIX) and n.endswith("_FILE")]:
        setting = name.removesuffix("_FILE")
        if _field(name) in Settings.model_fields:
            continue
        try:
            os.environ[setting] = Path(os.environ.pop(name)).read_text(encoding="utf-8").strip()
        except OSError as error:
            raise SettingsError(f"{name}: {error.strerror}") from None


def _field(name: str) -> str:
    return name.removeprefix(PREFIX).split("__")[0].lower()


def _refuse_unknown_names(environment: Mapping[str, str]) -> None:
    known = set(Settings.model_fields)
    for name in environment:
        if name.startswith(PREFIX) and name != CONFIG and _field(name) not in known:
            raise SettingsError(f"unknown setting {name}; known are {', '.join(sorted(known))}")


def shown(settings: Settings) -> dict[str, Any]:
    """The settings for people, with every secret masked."""
    return {name: _masked(name, value) for name, value in settings.model_dump(mode="json").items()}


def _masked(name: str, value: Any) -> Any:
    if name in SECRETS:
        return "***" if value else value
    if isinstance(value, dict):
        return {key: _masked(key, inner) for key, inner in value.items()}
    return value
