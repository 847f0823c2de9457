"""What a place that publishes is: `Source`, its `Cursor`, what a poll brought (`Page`) and how it can fail.

A source only reads. It keeps nothing: the monitor stores the cursor, and only after the documents.
Importing this module imports no network code.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Protocol

from sources.document import Document


class SourceError(Exception):
    """A source could not be read; the root of every error that this floor lets out.

    `kind` is one plain word for the operator; `str()` says what and where in one line, without secrets.
    """

    kind = "broken"


class Unreachable(SourceError):
    """No answer: name not found, refused, timed out, cut off."""

    kind = "unreachable"


class Refused(SourceError):
    """An answer that is an error: status 4xx or 5xx, an error page or a diagnostic inside a 200."""

    kind = "refused"

    def __init__(self, message: str, *, status: int = 0, retry_after: float | None = None) -> None:
        super().__init__(message)
        self.status = status
        self.retry_after = retry_after


class ChangedShape(SourceError):
    """An answer in a form that we do not know: a feed that is a page, a selector that finds nothing."""

    kind = "changed shape"


class TooLarge(SourceError):
    """More bytes or more time than we allow."""

    kind = "too large"


class Forbidden(SourceError):
    """An address that we do not fetch: a private network, a scheme other than http(s), robots.txt."""

    kind = "forbidden"


class Unreadable(SourceError):
    """A file that cannot be read as a letter: encrypted, damaged, a scan without text, hostile."""

    kind = "unreadable"


class NoHistory(SourceError):
    """The place shows only what is new: there is nothing to fill back from."""

    kind = "no history"


class Outcome(StrEnum):
    """The ways a successful poll can end; all are shown. Failure is a `SourceError`."""

    NEW = "new"  # documents came
    NOTHING = "nothing"  # read well, nothing new
    NOT_MODIFIED = "not modified"  # the source says so itself (304)


@dataclass(frozen=True, slots=True)
class Cursor:
    """What a source wants to be reminded of: ETag, Last-Modified, skiptoken, since. Opaque to everyone else."""

    values: dict[str, str] = field(default_factory=dict)

    def get(self, name: str) -> str:
        return self.values.get(name, "")

    def with_(self, **values: str) -> "Cursor":
        return Cursor({**self.values, **{k: v for k, v in values.items() if v}})


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One step of a poll: some documents and the cursor that is safe once they are stored.

    bad: documents that could not be read, one line each; they are set aside and counted.
    unknown: words of a register that we do not know, kept raw and reported.
    """

    documents: tuple[Document, ...] = ()
    cursor: Cursor
    outcome: Outcome = Outcome.NEW
    bad: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Probe:
    """What one tiny request showed: how many items, and a fingerprint of the form they came in.

    Two probes with the same fingerprint found the same field names; another fingerprint means that the form changed.
    """

    items: int
    fingerprint: str


class Source(Protocol):
    """A place that publishes.

    name: as in the settings; url: where it is read; every: its rhythm; silent_after: when no news is suspicious.
    """

    @property
    def name(self) -> str: ...
    @property
    def url(self) -> str: ...
    @property
    def every(self) -> timedelta: ...
    @property
    def silent_after(self) -> timedelta: ...

    def poll(self, cursor: Cursor, now: datetime) -> Iterator[Page]:
        """Yield pages from the cursor on, oldest news first where the source allows; raise `SourceError`.

        Re-reading is free: cursors are inclusive, a document may come again.
        """
        ...

    def fill(self, document: Document) -> Document:
        """The document with its text, where the poll brought only what it is called; the same one otherwise."""
        ...

    def backfill(self, first: date, last: date, cursor: Cursor, now: datetime) -> Iterator[Page]:
        """Yield what was published from the first day to the last, from the cursor on; `NoHistory` where there is none.

        The cursor is the back-fill's own, not the poll's.
        """
        ...

    def probe(self, now: datetime) -> Probe:
        """One tiny request: is it there, and in the form that we know? Raises `SourceError`."""
        ...
