"""One promise with all its evidence as a zip: what a journalist or lawyer takes along.

``manifest.json`` says what it is, what happened and which texts lie beside it, each with the address where it was
seen, the moment and its SHA-256; ``texts/`` holds the texts as they were seen.
"""

import io
import json
import zipfile
from datetime import datetime
from typing import Any

from monitor.house import House
from monitor.step_shape import steps_shape
from monitor.store import Session, commitments, documents, events, evidence
from monitor.store.evidence import Version
from rules.commitment import Commitment
from rules.event import Event

FORM = "nakoming-evidence/1"


def evidence_of(house: House, id_: str, now: datetime) -> bytes | None:
    """The zip for a promise, also under an old address; None when there is no such promise."""
    with house.store.read() as session:
        commitment = commitments.get(session, commitments.merged_into(session, id_))
        if commitment is None:
            return None
        history = events.history(session, commitment.id)
        papers = list(_papers(session, commitment, history))
    texts = [(f"texts/{number:03d}.txt", version) for number, version in enumerate(papers, 1)]
    manifest = {
        "form": FORM,
        "made_at": now.isoformat(),
        "address": f"{house.settings.base_url}/toezeggingen/{commitment.id}",
        "commitment": _plain(commitment, ("quote", "context", "ministry", "made_on", "status", "own", "references")),
        "office": commitment.actor.office,
        "terms": [_plain(d, ("text", "earliest", "latest", "rule")) for d in commitment.deadlines],
        "steps": steps_shape(commitment),
        "events": [_event(event) for event in history],
        "texts": [{"file": name, **_plain(v, ("document", "title", "url", "seen_at", "sha256"))} for name, v in texts],
    }
    return _packed(manifest, texts)


def _papers(session: Session, commitment: Commitment, history: tuple[Event, ...]) -> list[Version]:
    """Every version of every publication of every paper that the promise stands in or that its history names."""
    keys = dict.fromkeys([*(place.document for place in commitment.places), *(e.document for e in history)])
    found: list[Version] = []
    for key in filter(None, keys):
        for publication in documents.publications(session, key) or ():
            found += evidence.versions(session, publication.key)
    return found


def _event(event: Event) -> dict[str, Any]:
    reasons = [_plain(reason, ("signal", "weight", "text")) for reason in event.reasons]
    return {**_plain(event, ("kind", "at", "by", "document", "score", "note", "data")), "reasons": reasons}


def _plain(noun: Any, names: tuple[str, ...]) -> dict[str, Any]:
    values = {name: getattr(noun, name) for name in names}
    return {n: v if isinstance(v, dict | tuple | float | None) else str(v) for n, v in values.items()}


def _packed(manifest: dict[str, Any], texts: list[tuple[str, Version]]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("manifest.json", json.dumps(manifest, ensure_ascii=False, indent=1, default=str))
        for name, version in texts:
            packed.writestr(name, version.text)
    return out.getvalue()
