"""The only reader of the environment. Every field states its unit, limits and off value (see .env.example)."""

from __future__ import annotations

from functools import cache, cached_property
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo, available_timezones

from pydantic import AfterValidator, Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from consent.retention import Keep, schedule
from core.errors import Refusal

TOKEN_SHAPE = r"^\d{3,20}:[A-Za-z0-9_-]{30,64}$"  # noqa: S105 - a shape, not a token
PAGE = r"^(https?://\S{1,240})?$"
"""Address of a page, or nothing."""


_zones = cache(available_timezones)
"""Reading the names off the disk takes longer than everything else here."""


def _zone(name: str) -> str:
    if name not in _zones():
        message = f"{name!r} is no IANA time zone (for example Europe/Moscow)"
        raise ValueError(message)
    return name


ZoneName = Annotated[str, AfterValidator(_zone)]


class Settings(BaseSettings):
    """Everything that differs between installations."""

    model_config = SettingsConfigDict(
        env_file=".env", env_file_encoding="utf-8", extra="ignore", hide_input_in_errors=True
    )

    bot_token: SecretStr = Field(
        SecretStr(""), description="token from @BotFather; empty = the program does not run"
    )
    owners: Annotated[list[int], NoDecode] = Field(
        default_factory=list, description="Telegram ids of the owners, separated by commas"
    )
    database_url: str = Field(
        "sqlite+aiosqlite:///var/opora.db",
        description="sqlite+aiosqlite:///FILE or postgresql+asyncpg://...",
    )
    redis_url: SecretStr | None = Field(
        None, description="redis://...; empty = the sending rate is counted in this process alone"
    )
    encryption_keys: Annotated[list[SecretStr], NoDecode] = Field(
        default_factory=list,
        description="keys that seal names, birth dates, phones; newest first, comma separated; empty = a key file",
    )
    school_name: str = Field("Школа", min_length=1, max_length=60)
    school_zone: ZoneName = Field(
        "Europe/Moscow", description="IANA zone for people who did not choose one"
    )
    controller: str = Field(
        "",
        max_length=200,
        description="legal name of the personal data operator, as consents name it",
    )
    controller_address: str = Field(
        "", max_length=300, description="postal address of the operator"
    )
    controller_inn: str = Field("", pattern=r"^(\d{10}|\d{12})?$", description="10 or 12 digits")
    controller_email: str = Field(
        "", max_length=100, description="where consents can be withdrawn by mail"
    )
    processors: str = Field(
        "",
        max_length=500,
        description="who works on the operator's behalf; empty = nobody is named",
    )
    site_domains: Annotated[list[str], NoDecode] = Field(
        default_factory=list,
        description="domains whose links are never advertising, comma separated",
    )
    advertiser: str = Field(
        "",
        max_length=200,
        description="advertiser's legal name with the tax number; empty = no advertising is sent",
    )
    erid: str = Field(
        "",
        pattern=r"^[A-Za-z0-9]{0,64}$",
        description="token of the advertising register; empty = the label names the advertiser only",
    )
    school_url: str = Field("", pattern=PAGE, description="the school's site; empty = no link")
    community_url: str = Field(
        "", pattern=PAGE, description="invitation to the community; empty = no link"
    )
    lesson_url: str = Field("", pattern=PAGE, description="where lessons begin; empty = no link")
    pay_url: str = Field("", pattern=PAGE, description="where families pay; empty = no link")
    digest_weekday: int = Field(
        7, ge=1, le=7, description="ISO weekday of the weekly digest; 7 = Sunday"
    )
    digest_hour: int = Field(18, ge=9, le=20, description="local hour of the weekly digest")
    quiet_from: int = Field(
        21, ge=0, le=23, description="local hour from which nothing but service is sent"
    )
    quiet_until: int = Field(
        9,
        ge=0,
        le=23,
        description="local hour at which care messages begin; equal to the former = off",
    )
    care_per_day: int = Field(
        1, ge=0, le=4, description="care and marketing messages a day; 0 = none"
    )
    care_per_week: int = Field(
        4, ge=0, le=28, description="care and marketing messages a week; 0 = none"
    )
    shadow: bool = Field(
        default=False, description="true = moderation decides and reports, but does nothing"
    )
    api_url: str = Field(
        "https://api.telegram.org",
        description="Bot API server; the emulator's address in a demonstration",
    )
    webhook_url: str = Field(
        "", description="public https address of this program; empty = long polling"
    )
    webhook_secret: SecretStr = Field(
        SecretStr(""), description="1-256 of A-Z a-z 0-9 _ -; empty = derived from the token"
    )
    listen_host: str = Field(
        "127.0.0.1", description="address of the HTTP server (webhook, events, health)"
    )
    listen_port: int = Field(
        8080, ge=0, le=65535, description="port of the HTTP server; 0 = no HTTP server"
    )
    write_keys: Annotated[list[SecretStr], NoDecode] = Field(
        default_factory=list,
        description="name:key pairs that may send events to /v1, comma separated; empty = none",
    )
    payments_source: str = Field(
        "",
        max_length=40,
        description="name of the write key whose user ids payments carry; empty = the first of WRITE_KEYS",
    )
    cloudpayments_secret: SecretStr = Field(
        SecretStr(""),
        description="API password of CloudPayments; empty = its notices are not taken",
    )
    prodamus_secret: SecretStr = Field(
        SecretStr(""), description="secret key of Prodamus; empty = its notices are not taken"
    )
    yookassa_shop: SecretStr = Field(
        SecretStr(""), description="shop:secret of YooKassa; empty = its notices are not taken"
    )
    bitrix_token: SecretStr = Field(
        SecretStr(""), description="application token of Bitrix24's notices; empty = not taken"
    )
    bitrix_url: SecretStr = Field(
        SecretStr(""), description="inbound webhook deals are read through; empty = not read"
    )
    behind_proxy: bool = Field(
        default=False, description="true = the last X-Forwarded-For names the sender of a request"
    )
    public_url: str = Field(
        "",
        description="address at which parents reach this program's pages; empty = no links to them",
    )
    messages_per_second: float = Field(
        28, gt=0, le=1000, description="messages a second to all chats together"
    )
    private_interval: float = Field(
        1.0, ge=0, le=10, description="seconds between messages to one private chat; 0 = no spacing"
    )
    workers: int = Field(32, ge=1, le=512, description="updates handled at the same time")
    queue: int = Field(
        500,
        ge=10,
        le=10_000,
        description="updates taken from Telegram and not handled yet, at most",
    )
    keep_group_messages_days: int = Field(
        14, ge=0, le=90, description="days texts of group messages are kept; 0 = not at all"
    )
    retention_days: Annotated[dict[str, int], NoDecode] = Field(
        default_factory=dict,
        description="name:days pairs that shorten or lengthen the schedule of docs/consent.md, comma separated",
    )
    log_level: str = Field("INFO", pattern="^(DEBUG|INFO|WARNING|ERROR)$")
    production: bool = Field(
        default=False,
        description="true = refuses to start without encryption keys and a controller",
    )
    clock_url: str = Field(
        "",
        description="emulator clock to follow, demonstrations only; empty = this machine's clock",
    )

    @field_validator("owners", mode="before")
    @classmethod
    def _ids(cls, value: object) -> object:
        return (
            [int(part) for part in value.split(",") if part.strip()]
            if isinstance(value, str)
            else value
        )

    @field_validator("retention_days", mode="before")
    @classmethod
    def _days(cls, value: object) -> object:
        if not isinstance(value, str):
            return value
        pairs = (part.split(":", 1) for part in value.split(",") if part.strip())
        return {name.strip(): "".join(days).strip() for name, *days in pairs}

    @field_validator("retention_days")
    @classmethod
    def _known_and_allowed(cls, value: dict[str, int]) -> dict[str, int]:
        try:
            schedule(value)
        except Refusal as refusal:
            message = f"{refusal.code}: {dict(refusal.facts)}"
            raise ValueError(message) from None
        return value

    @cached_property
    def retention(self) -> dict[str, Keep]:
        """How long what is kept (`consent.retention`); texts of groups have a setting of their own."""
        groups = {"group_messages": max(self.keep_group_messages_days, 1)}
        return schedule(groups | self.retention_days)

    @field_validator("encryption_keys", "write_keys", "site_domains", mode="before")
    @classmethod
    def _parts(cls, value: object) -> object:
        return (
            [part.strip() for part in value.split(",") if part.strip()]
            if isinstance(value, str)
            else value
        )

    @cached_property
    def school_facts(self) -> dict[str, str]:
        """What messages may say of the school (`texts.placeholders`, source SCHOOL); what is empty is left out."""
        named = {
            "school": self.school_name,
            "advertiser": self.advertiser,
            "erid": self.erid,
            "school_url": self.school_url,
            "community_url": self.community_url,
            "lesson_url": self.lesson_url,
            "pay_url": self.pay_url,
        }
        return {name: value for name, value in named.items() if value}

    @property
    def missing_in_production(self) -> list[str]:
        """Name the settings without which real families' data must not be taken: keys, and who answers for the data."""
        needed = {
            "ENCRYPTION_KEYS": self.encryption_keys,
            "CONTROLLER": self.controller,
            "CONTROLLER_ADDRESS": self.controller_address,
            "CONTROLLER_INN": self.controller_inn,
            "CONTROLLER_EMAIL": self.controller_email,
        }
        return [name for name, value in needed.items() if not value] if self.production else []

    @cached_property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.school_zone)

    @property
    def database_file(self) -> Path | None:
        """The SQLite file, or None on PostgreSQL."""
        _, _, path = self.database_url.partition(":///")
        return Path(path) if self.database_url.startswith("sqlite") else None
