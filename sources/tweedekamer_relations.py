"""Completes rows with what they refer to: cases, dossiers, signatories, versions, letters.

The feed's rows name their relations by guid only, and signatories refer to the paper instead of the other way round.
OData gives all of it for fifteen rows in one request, so that is asked first; where it refuses, the related entities
are looked up one by one in SyncFeed, and signatories are those that the feed brought. Nothing is stored here.
"""

from collections.abc import Iterator, Sequence

from sources.source import SourceError, Unreachable
from sources.tweedekamer_feed import Feed
from sources.tweedekamer_odata import OData
from sources.tweedekamer_rows import Row

REFERS_TO = {
    "document": ("zaak", "kamerstukdossier", "huidigedocumentversie", "brondocument"),
    "toezegging": ("activiteit", "kamerbriefnakoming", "isherhalingvan", "iswijzigingvan", "isaanvullingop"),
}
ACTORS = {"document": "documentactor", "zaak": "zaakactor"}
_MOST_REMEMBERED = 50_000


class Relations:
    """What one source knows of relations. `begin` forgets what may have changed since the last poll.

    refused: entities for which OData did not give relations in this poll; one that it does not know blocks no other.
    incomplete: rows (entity, id) that a broken relation was left out of. unsure: rows done without OData of which the
    feed has brought no signatories; they may have some.
    """

    def __init__(self, feed: Feed, odata: OData) -> None:
        self._feed, self._odata = feed, odata
        self._actors: dict[str, dict[str, Row]] = {}
        self.begin()

    def begin(self) -> None:
        self._known: dict[str, Row] = {}
        self.refused: set[str] = set()
        self.notes: list[str] = []
        self.incomplete: set[tuple[str, str]] = set()
        self.unsure: set[tuple[str, str]] = set()

    def take_notes(self) -> tuple[str, ...]:
        """Relations that could not be read since the last call, one line each."""
        notes, self.notes = tuple(self.notes), []
        return notes

    def remember(self, row: Row) -> None:
        """A joining row that the feed brought: signatories of a paper, people of a case, versions."""
        for entity, relation in ACTORS.items():
            for guid in row.refs.get(entity, ()) if row.entity == relation else ():
                self._actors.setdefault(guid, {})[row.id] = row
                if row.deleted:
                    del self._actors[guid][row.id]
        if not row.deleted:
            self._known[row.id] = row
        for memory in (self._known, self._actors):
            while len(memory) > _MOST_REMEMBERED:
                del memory[next(iter(memory))]

    def complete(self, entity: str, rows: Sequence[Row]) -> list[Row]:
        """The same rows, with their relations."""
        found = self._by_odata(entity, [row.id for row in rows])
        return [row.with_rows(found[row.id].rows) if row.id in found else self._one_by_one(row) for row in rows]

    def read(self, entity: str, ids: Sequence[str]) -> list[Row]:
        """Complete rows by id; those that are gone are left out (the feed brings their tombstones)."""
        found = self._by_odata(entity, ids)
        alone = (self._feed.entity(guid) for guid in ids if guid not in found)
        rows = [*found.values(), *(self._one_by_one(row) for row in alone if row)]
        return [row for row in rows if not row.deleted and not row.is_placeholder]

    def _by_odata(self, entity: str, ids: Sequence[str]) -> dict[str, Row]:
        if entity in self.refused or not ids:
            return {}
        try:
            return self._odata.by_ids(entity, ids)
        except Unreachable:
            self.refused |= {"Document", "Zaak", "Toezegging"}
        except SourceError:
            self.refused.add(entity)
        return {}

    def _one_by_one(self, row: Row) -> Row:
        names = REFERS_TO.get(row.entity, ())
        left_out = len(self.notes)
        rows = {name: tuple(self._entities(row.refs.get(name, ()))) for name in names}
        if len(self.notes) > left_out:
            self.incomplete.add((row.entity, row.id))
        if row.entity in ACTORS:
            actors = tuple(self._actors.get(row.id, {}).values())
            rows[ACTORS[row.entity]] = actors
            if not actors:
                self.unsure.add((row.entity, row.id))
        return row.with_rows(rows)

    def _entities(self, guids: Sequence[str]) -> Iterator[Row]:
        for guid in guids:
            row = self._known.get(guid) or self._looked_up(guid)
            if row:
                yield row

    def _looked_up(self, guid: str) -> Row | None:
        """A broken entity must not hold up the paper that refers to it for weeks."""
        try:
            row = self._feed.entity(guid)
        except Unreachable:
            raise
        except SourceError as error:
            self.notes.append(f"relation left out: {error}")
            return None
        if row:
            self._known[guid] = row
        return row
