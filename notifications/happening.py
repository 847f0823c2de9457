"""`Happening`: an event with all that is needed to speak of it. What every view of this floor is made of.

Only the noun. Who collects it is the monitor; its words are `notifications.words` and `notifications.telling`.
"""

from dataclasses import dataclass

from rules.commitment import Commitment
from rules.event import Event
from sources.document import Document


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """event: what happened. commitment: to which promise, as it is now; None for a happening to a source.

    document: the paper that `event.document` names, None when there is none or it is not kept.
    address: the absolute page of the promise, ``BASE_URL/toezeggingen/ID`` (of a source: ``BASE_URL/bronnen``).
    """

    event: Event
    commitment: Commitment | None = None
    document: Document | None = None
    address: str
