"""The tables. Rows never leave the store: the modules beside this one turn them into nouns.

Strings with CHECK-free vocabularies on purpose: registers and event kinds grow, the words live in `rules.event` and
`rules.commitment`, which validate on the way in. The naming convention makes migrations the same on every engine.
"""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, MetaData, Text, UniqueConstraint
from sqlmodel import Column, Field, SQLModel

NAMES = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Table(SQLModel):
    """The root of all rows, with the naming convention."""

    metadata = MetaData(naming_convention=NAMES)


class SourceRow(Table, table=True):
    """A place that publishes: its cursor and what became of the last polls."""

    __tablename__ = "source"
    name: str = Field(primary_key=True)
    url: str = ""
    cursor: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    polled_at: datetime | None = None
    good_at: datetime | None = None
    news_at: datetime | None = None
    broken_since: datetime | None = None
    covered_from: date | None = None
    error_kind: str = ""
    error: str = Field(default="", sa_type=Text)
    outcome: str = ""
    polls: int = 0
    failures: int = 0
    documents: int = 0
    set_aside: int = 0


class PollRow(Table, table=True):
    """One poll: what it brought or how it failed."""

    __tablename__ = "poll"
    id: int | None = Field(default=None, primary_key=True)
    source: str = Field(index=True)
    at: datetime
    outcome: str
    documents: int = 0
    news: int = 0
    set_aside: int = 0
    notes: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    error: str = Field(default="", sa_type=Text)


class DocumentRow(Table, table=True):
    """A document as one source last showed it. paper: the key of the first publication of this paper.

    fingerprint: of what the poll showed (without the text that was fetched afterwards). lacks_text: its text could not
    be fetched yet; fetches: how often that was tried.
    """

    __tablename__ = "document"
    key: str = Field(primary_key=True)
    paper: str = Field(index=True)
    source: str = Field(index=True)
    kind: str
    title: str = Field(sa_type=Text)
    text: str = Field(default="", sa_type=Text)
    url: str = Field(default="", sa_type=Text)
    published_on: date | None = Field(default=None, index=True)
    office: str = ""
    identifiers: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    references: list[str] = Field(default_factory=list, sa_column=Column("refs", JSON, nullable=False))
    facts: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    withdrawn: bool = False
    modified_at: datetime | None = None
    fingerprint: str = ""
    title_fold: str = Field(default="", index=True)
    first_seen_at: datetime = Field(index=True)
    changed_at: datetime
    lacks_text: bool = Field(default=False, index=True)
    fetches: int = 0


class IdentifierRow(Table, table=True):
    """Which paper carries a canonical identifier."""

    __tablename__ = "identifier"
    identifier: str = Field(primary_key=True)
    paper: str = Field(index=True)


class VersionRow(Table, table=True):
    """A document as it was seen, so that revisions can be compared and evidence does not rot. sha256: of its text."""

    __tablename__ = "version"
    __table_args__ = (UniqueConstraint("document", "fingerprint"),)
    id: int | None = Field(default=None, primary_key=True)
    document: str = Field(index=True)
    fingerprint: str
    seen_at: datetime = Field(index=True)
    url: str = Field(default="", sa_type=Text)
    title: str = Field(sa_type=Text)
    sha256: str = Field(default="", index=True)


class TextRow(Table, table=True):
    """A text by its content: each is kept once, packed (zlib). size: bytes of UTF-8 before packing."""

    __tablename__ = "text"
    sha256: str = Field(primary_key=True)
    size: int
    packed: bytes


class CommitmentRow(Table, table=True):
    """A commitment: the columns that lists filter on, and the whole noun as JSON."""

    __tablename__ = "commitment"
    id: str = Field(primary_key=True)
    status: str = Field(index=True)
    ministry: str = Field(default="", index=True)
    office: str = ""
    person: str = ""
    quote: str = Field(sa_type=Text)
    search: str = Field(default="", sa_type=Text)
    made_on: date | None = Field(default=None, index=True)
    due_earliest: date | None = None
    due_latest: date | None = Field(default=None, index=True)
    body: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))
    first_body: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))
    stored_at: datetime
    changed_at: datetime


class EventRow(Table, table=True):
    """The append-only history. paper: of the document that the event is about."""

    __tablename__ = "event"
    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(unique=True)
    kind: str = Field(index=True)
    at: datetime = Field(index=True)
    commitment: str = Field(default="", index=True)
    subject: str = ""
    document: str = ""
    paper: str = ""
    by: str = Field(default="machine", sa_column_kwargs={"name": "decided_by"})
    score: float | None = None
    reasons: list[dict[str, Any]] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    note: str = Field(default="", sa_type=Text)
    data: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))


class SubscriptionRow(Table, table=True):
    """Who wants what. A channel from the settings is one too; its address stays in the settings.

    state: waiting (for the confirmation by mail), active, ended, bounced. contact: an e-mail address to find it by.
    """

    __tablename__ = "subscription"
    id: str = Field(primary_key=True)
    state: str = Field(default="active", index=True)
    contact: str = Field(default="", index=True)
    error: str = Field(default="", sa_type=Text)
    since: datetime
    body: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))


class DeliveryRow(Table, table=True):
    """The outbox: one event for one subscription. state: pending, sent, undeliverable.

    message: the key of the message that carries it, set before the first attempt and kept for every later one, so that
    a message that comes twice is known as one. claimed_until: another process is sending it until then.
    """

    __tablename__ = "delivery"
    __table_args__ = (UniqueConstraint("event", "subscription"),)
    id: int | None = Field(default=None, primary_key=True)
    event: int = Field(index=True, foreign_key="event.id")
    subscription: str = Field(index=True, foreign_key="subscription.id")
    state: str = Field(default="pending", index=True)
    due_at: datetime = Field(index=True)
    claimed_until: datetime | None = None
    message: str = Field(default="", index=True)
    attempts: int = 0
    queued_at: datetime
    sent_at: datetime | None = None
    error: str = Field(default="", sa_type=Text)


class WorkRow(Table, table=True):
    """The schedule: when each work last ran and runs next. Read at start, so a restart resets no clock."""

    __tablename__ = "work"
    name: str = Field(primary_key=True)
    started_at: datetime | None = None
    ended_at: datetime | None = None
    next_at: datetime | None = Field(default=None, index=True)
    error: str = Field(default="", sa_type=Text)
    runs: int = 0


class UserRow(Table, table=True):
    """Who may log in. role: reviewer or admin. password: a salted scrypt hash, never the password."""

    __tablename__ = "user"
    name: str = Field(primary_key=True)
    role: str = "reviewer"
    password: str
    created_at: datetime
    active: bool = True


class SecretRow(Table, table=True):
    """Keys that this installation made for itself, e.g. to sign links. Never shown."""

    __tablename__ = "secret"
    name: str = Field(primary_key=True)
    value: str
