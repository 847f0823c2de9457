"""Official XML: Kamerstukken, Aanhangsels (questions and answers), Handelingen, the Tweede Kamer's own reports (VLOS).

Every paragraph is kept, elements that we do not know included. Speakers become `speech` with the speaker as label:
"Minister Wiebes", "De heer Nijboer (PvdA)", "De voorzitter". Footnotes stand at the end.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from lxml import etree

from sources.cleaning import identifiers_in_address
from sources.readers.draft import Block, Draft, assemble
from sources.readers.markup import root_of
from sources.readers.recognise import MOST_CHARACTERS
from sources.source import Unreadable

_INLINE = frozenset(
    "nadruk extref intref sup inf naam voornaam achternaam voorvoegsels datum organisatie kamervraagonderwerp term "
    "politiek functie plaats dagtekening dossiernr dossiernummer begrotingshoofdstuk ondernummer nr li.nr label br "
    "emphasis i b u em strong a span".split()
)
_WORDS = frozenset("nr titel voorvoegsels voornaam achternaam dossiernr begrotingshoofdstuk ondernummer".split())
_UNSEEN = frozenset("metadata nootref noot.nr plaatje illustratie markeertijdbegin markeertijdeind".split())
_TOGETHER = frozenset("kop dossier kamervraagomschrijving datumtekst item-titel spreker noot-ref tekstregel".split())
_ROLES = {
    "bijlage": "annex",
    "vraag": "question",
    "antwoord": "answer",
    "ondertekening": "closing",
    **dict.fromkeys(
        "kamervraagkop kamerstukkop dossier kop tussenkop item-titel kamervraagomschrijving".split(), "heading"
    ),
}
_NUMBER = re.compile(r"\d{1,3}[a-z]?(?:[\s,]+(?:en\s|t/m\s)?\d{1,3}[a-z]?)*")
_LABELLED = re.compile(r"\s*(?:Vraag|Vragen|Antwoord(?:en)?(?: op (?:vraag|vragen))?)\s*(\d[\d ,enat/m]*)")
_NAMED = re.compile(r"(?:De|Mevrouw|Minister|Staatssecretaris|Het lid)[^:.]{1,90}:")
_LOOSE = re.compile(r"\s+([.,;:)\]»])|([(\[«])\s+")


@dataclass(frozen=True, slots=True)
class _Place:
    """The role and label that the elements around a paragraph give it."""

    role: str = ""
    label: str = ""


def read(data: bytes, content_type: str = "") -> Draft:
    """Raises Unreadable for XML that is damaged, breaks off or declares entities."""
    root, notes = root_of(data, "the XML", content_type)
    reader = _Vlos() if _name(root) == "vlosCoreDocument" else _Official()
    blocks = [block for block in reader.blocks(root) if block.text]
    if sum(len(block.text) for block in blocks) > MOST_CHARACTERS:
        raise Unreadable(f"more than {MOST_CHARACTERS:,} characters")
    return assemble([*blocks, *reader.footnotes], notes=notes, facts=reader.facts(root))


class _Official:
    """The publisher's own form (``officiele-publicatie``) and anything like it."""

    def __init__(self) -> None:
        self.footnotes: list[Block] = []
        self._last = _Place()

    def facts(self, root: etree._Element) -> dict[str, str]:
        """The id in the metadata, the day of the answer, the number of an Aanhangsel."""
        found = [i for meta in root.iter("meta") for i in identifiers_in_address(meta.get("content", ""))]
        answered = [
            node.get("isodatum", "")
            for outer in root.iter("kamervraagomschrijving")
            if outer.get("type") == "antwoord"
            for node in outer.iter("datum")
        ]
        title = next((flat(node) for name in ("kamervraagonderwerp", "item-titel") for node in root.iter(name)), "")
        return {
            "identifier": next(iter(found), "") or _aanhangsel(root),
            "date": next(iter(answered), ""),
            "title": title,
        }

    def blocks(self, node: etree._Element, place: _Place = _Place()) -> Iterator[Block]:
        name = _name(node)
        if not name or name in _UNSEEN:
            return
        if name == "noot":
            self._note(node)
        elif name in ("spreekbeurt", "motie-info"):
            yield from self._turn(node, place)
        elif name in ("row", "tr"):
            yield from self._row(node, place)
        elif name == "ondertekening":
            lines = [tidy(self._text(child)) for child in node]
            yield Block("\n".join(line for line in lines if line) or self._text(node), "closing")
        elif name == "li":
            yield from self._entry(node, place)
        elif name == "stuk" and place.role != "heading":
            yield from self._paper(node, place)
        elif name in _TOGETHER or all(
            _name(child) in _INLINE or not _name(child) or _name(child) == "noot" for child in node
        ):
            yield Block(self._text(node), *self._role(node, place))
        else:
            yield from self._container(node, place)

    def _container(self, node: etree._Element, place: _Place) -> Iterator[Block]:
        """Children one after the other; words that stand between them are paragraphs too."""
        role, label = self._role(node, place)
        inner = _Place(role, label)
        loose: list[str] = [node.text or ""]
        for child in node:
            if _name(child) in _INLINE:
                loose += [self._text(child), child.tail or ""]
                continue
            yield Block(tidy("".join(loose)), role, label)
            yield from self.blocks(child, inner)
            loose = [child.tail or ""]
        yield Block(tidy("".join(loose)), role, label, close=role == "closing")

    def _role(self, node: etree._Element, place: _Place) -> tuple[str, str]:
        """The element's own role; inside a speech, and in what goes on behind it, everything is speech."""
        if _name(node) == "tekst" and not place.role and self._last.role:
            return self._last.role, self._last.label
        own = _ROLES.get(_name(node), "")
        if place.role == "speech" or not own or (own == "heading" and place.role in ("question", "answer")):
            return place.role, place.label
        return own, _number(node) if own in ("question", "answer") else ""

    def _paper(self, node: etree._Element, place: _Place) -> Iterator[Block]:
        """``Nr. 304`` and ``BRIEF VAN …`` are one line."""
        heads = [child for child in node if _name(child) in ("stuknr", "titel")]
        yield Block(tidy(" ".join(self._text(child) for child in heads)), "heading")
        for child in node:
            if child not in heads:
                yield from self.blocks(child, place)

    def _turn(self, node: etree._Element, place: _Place) -> Iterator[Block]:
        speaker = next((child for child in node if _name(child) == "spreker"), None)
        if speaker is None:
            yield from self._container(node, place)
            return
        label = tidy(self._text(speaker))
        turn = self._last = _Place("speech", label.rstrip(" :"))
        yield Block(label, "heading", turn.label)
        for child in node:
            if child is not speaker:
                yield from self.blocks(child, turn)

    def _row(self, node: etree._Element, place: _Place) -> Iterator[Block]:
        """Cells of a row stand under each other."""
        cells = [block for cell in node for block in self.blocks(cell, place) if block.text]
        yield from (replace(block, close=number > 0) for number, block in enumerate(cells))

    def _entry(self, node: etree._Element, place: _Place) -> Iterator[Block]:
        mark = next((self._text(child) for child in node if _name(child) == "li.nr"), "")
        inner = [b for child in node if _name(child) != "li.nr" for b in self.blocks(child, place) if b.text]
        for number, block in enumerate(inner):
            yield replace(block, text=f"{mark} {block.text}".strip() if not number else block.text, close=True)

    def _text(self, node: etree._Element) -> str:
        return tidy("".join(self._words(node)))

    def _words(self, node: etree._Element) -> Iterator[str]:
        yield node.text or ""
        for child in node:
            name = _name(child)
            if name == "noot":
                self._note(child)
            elif name == "br":
                yield "\n"
            elif name and name not in _UNSEEN:
                spaced = name not in _INLINE or name in _WORDS
                yield " " if spaced else ""
                yield from self._words(child)
                yield " " if spaced else ""
            yield child.tail or ""

    def _note(self, node: etree._Element) -> None:
        number = next((flat(child) for child in node if _name(child) == "noot.nr"), node.get("nr", ""))
        text = tidy(" ".join(self._text(child) for child in node if _name(child) != "noot.nr")) or tidy(node.text or "")
        if text:
            self.footnotes.append(Block(text, "footnote", number))


class _Vlos:
    """Reports of meetings of the Tweede Kamer as its own system writes them."""

    def __init__(self) -> None:
        self.footnotes: list[Block] = []

    def facts(self, root: etree._Element) -> dict[str, str]:
        first = {name: next((flat(n) for n in root.iter() if _name(n) == name), "") for name in ("titel", "datum")}
        return {"title": first["titel"], "date": first["datum"][:10]}

    def blocks(self, node: etree._Element, place: _Place = _Place()) -> Iterator[Block]:
        name = _name(node)
        if name in ("woordvoerder", "interrumpant"):
            place = _Place("speech", _speaker(node))
        elif name == "titel" and _name(node.getparent()) in ("vergadering", "activiteit"):
            yield Block(flat(node), "heading")
        elif name == "alineaitem":
            text = flat(node)
            is_name = bool(place.label) and _NAMED.fullmatch(text)
            yield Block(text, "heading" if is_name else place.role, place.label)
            return
        for child in node:
            yield from self.blocks(child, place)


def _speaker(node: etree._Element) -> str:
    """As the report prints it; the chair is the chair, whoever it is."""
    facts = {_name(child): child for child in node}
    chair = facts.get("isvoorzitter")
    if chair is not None and flat(chair).lower() == "true":
        return "De voorzitter"
    who = {_name(child): flat(child) for child in facts["spreker"]} if "spreker" in facts else {}
    party = f"({who['fractie']})" if who.get("fractie") else ""
    return " ".join(part for part in (who.get("aanhef", ""), who.get("verslagnaam", ""), party) if part)


def _aanhangsel(root: etree._Element) -> str:
    number = next((flat(node) for node in root.iter("kamervraagnummer")), "")
    lines = {node.get("inhoud", ""): flat(node) for node in root.iter("tekstregel")}
    years = re.search(r"(\d{4})\D(\d{4})", lines.get("vergaderjaar", ""))
    chamber = "ek" if "Eerste" in lines.get("kameraanduiding", "") else "tk"
    return f"ah-{chamber}-{years[1]}{years[2]}-{number}" if years and number.isdigit() else ""


def _number(node: etree._Element) -> str:
    """``3`` or ``3 en 4`` of a question or answer."""
    own = next((flat(child) for child in node if _name(child) in ("nr", "nummer")), "")
    if not own:
        first = next((flat(child) for child in node if _name(child) == "al"), "")
        match = _LABELLED.match(first)
        own = match[1] if match else ""
    found = _NUMBER.search(own)
    return found.group().strip(" ,") if found else ""


def flat(node: etree._Element) -> str:
    return tidy("".join(str(text) for text in node.itertext()))


def tidy(text: str) -> str:
    """One line, without the blanks before points and inside brackets that come from the layout of the file."""
    return _LOOSE.sub(lambda match: match[1] or match[2], " ".join(text.split()))


def _name(node: object) -> str:
    tag = getattr(node, "tag", None)
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""
