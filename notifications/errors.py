"""The exception tree of this floor: `NotificationError` and what grows on it.

A refused or failed *sending* is no exception but a `Sent` with ``ok`` False: the outbox needs the reason, not a jump.
Messages never hold an address with a secret in it.
"""


class NotificationError(Exception):
    """The root of every error that this floor lets out; `str()` is one plain line without secrets."""


class ChannelError(NotificationError):
    """An address that cannot be told anything: wrong form, unknown service, not allowed here."""


class MessageError(NotificationError):
    """A message that may not exist: no happenings, a line break in a header, an address of a form that mail refuses."""
