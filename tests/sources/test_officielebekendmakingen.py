"""KOOP: kinds and ids of records, questions cut by date, diagnostics in a 200, provisional answers, texts, history."""

from datetime import UTC, date, datetime, timedelta

import pytest
from loopback import Reply, served

from sources import koop_sru
from sources.document import Kind
from sources.koop_sru import Question, Sru, about, annexes_of, answering, in_dossier
from sources.officielebekendmakingen import OfficieleBekendmakingen
from sources.source import Cursor, Outcome, Refused

NOW = datetime(2023, 2, 10, 12, tzinfo=UTC)


@pytest.fixture
def source(server, fetcher, recording):
    server.routes["/sru"] = served(recording("koop/normal.xml"))
    return OfficieleBekendmakingen(fetcher, base_url=server.url)


def documents(pages):
    return [document for page in pages for document in page.documents]


def by_id(source):
    return {one.key.partition(":")[2]: one for one in documents(source.poll(Cursor(), NOW))}


def test_the_kind_of_each_paper(source):
    assert {name: one.kind for name, one in by_id(source).items()} == {
        "kst-32761-261": Kind.LETTER,
        "ah-tk-20222023-1550": Kind.ANSWER,
        "blg-1074321": Kind.ANNEX,
        "kv-tk-2023Z02222": Kind.QUESTION,
        "kst-36200-VII-99": Kind.MOTION,
        "ah-tk-20222023-1551": Kind.POSTPONEMENT,
        "kst-32761-262": Kind.OTHER,
    }


def test_a_word_that_no_table_knows_is_reported(source):
    words = [word for page in source.poll(Cursor(), NOW) for word in page.unknown]
    assert words == ["type of paper: Kroniek"]


def test_a_letter_names_itself_its_dossier_and_its_project(source):
    letter = by_id(source)["kst-32761-261"]
    assert letter.title.startswith("Brief van de Minister voor Rechtsbescherming")  # not the dossier's title
    assert letter.identifiers == ("kst-32761-261",)
    assert set(letter.references) == {"dossier:32761", "wodc:3301"}
    assert letter.published_on == date(2023, 2, 9)
    assert letter.url == "https://zoek.officielebekendmakingen.nl/kst-32761-261.html"
    assert letter.facts["dossier"] == "32761"
    assert letter.facts["submitted_by"] == "F.M. Weerwind"
    assert letter.facts["file"].endswith("/xml/kst-32761-261.xml")


def test_what_papers_refer_to(source):
    found = by_id(source)
    assert "2023Z00123" in found["ah-tk-20222023-1550"].references
    assert found["kv-tk-2023Z02222"].identifiers == ("kv-tk-2023Z02222", "2023Z02222")
    assert found["blg-1074321"].references == ("kst-32761-261",)
    assert "dossier:36200-VII" in found["kst-36200-VII-99"].references


def test_a_provisional_answer_and_its_final_form_share_a_name(source, server, recording):
    final = by_id(source)["ah-tk-20222023-1550"]
    server.routes["/sru"] = served(recording("koop/provisional.xml"))
    provisional = by_id(source)["ah-1150001"]
    assert set(final.identifiers) & set(provisional.identifiers) == {"answer:2023Z00123"}
    assert provisional.facts["provisional"] == "yes"
    assert "provisional" not in final.facts


def test_ids_in_another_case_are_the_same_paper(source, server, recording):
    before = by_id(source)
    shouted = recording("koop/normal.xml").replace(
        b"<dcterms:identifier>kst-36200-VII", b"<dcterms:identifier>KST-36200-vii"
    )
    server.routes["/sru"] = served(shouted)
    assert by_id(source).keys() == before.keys()


def test_prefixes_do_not_matter(source, server, recording):
    before = by_id(source)
    body = recording("koop/normal.xml").replace(b"dcterms:", b"dc9:").replace(b"xmlns:dcterms", b"xmlns:dc9")
    server.routes["/sru"] = served(body.replace(b"sru:", b"zoek:").replace(b"xmlns:sru", b"xmlns:zoek"))
    assert by_id(source) == before


# -- asking -----------------------------------------------------------------------------------------------------------


def test_a_poll_asks_for_what_became_visible_and_once_a_day_for_what_changed(source, server):
    list(source.poll(Cursor(), NOW))
    (first,) = [asked.query["query"] for asked in server.asked]
    assert first == (
        "c.product-area==officielepublicaties AND dt.available>=2023-01-27 AND dt.available<=2023-02-10"
        ' AND w.organisatietype=="staten generaal"'
    )
    server.asked.clear()
    pages = list(source.poll(Cursor({"since": "2023-02-09"}), NOW))
    asked = [one.query["query"] for one in server.asked]
    assert "dt.available>=2023-02-07" in asked[0]
    assert "dt.modified>=2023-02-07" in asked[1]
    assert len(documents(pages)) == 7  # what both bring comes once
    assert pages[-1].cursor == Cursor({"since": "2023-02-10", "swept": "2023-02-10"})
    server.asked.clear()
    list(source.poll(pages[-1].cursor, NOW + timedelta(hours=1)))
    assert len(server.asked) == 1


def test_a_poll_that_dies_half_way_keeps_the_old_cursor(source, server, recording):
    answers = [served(recording("koop/paging_1.xml")), Reply(b"", 500)]
    server.routes["/sru"] = lambda asked: answers.pop(0)
    pages = source.poll(Cursor({"since": "2023-02-01"}), NOW)
    assert next(pages).cursor.get("since") == "2023-02-01"
    with pytest.raises(Refused):
        list(pages)


def test_pages_follow_until_the_service_has_no_more_whatever_it_estimates(source, server, recording):
    starts = []

    def answer(asked):
        starts.append(asked.query["startRecord"])
        return served(recording("koop/paging_1.xml" if starts[-1] == "1" else "koop/paging_2.xml"))

    server.routes["/sru"] = answer
    assert len(by_id(source)) == 4
    assert starts == ["1", "3"]


@pytest.mark.parametrize("name", ["diagnostic", "ignored"])
def test_a_diagnostic_in_a_200_is_refused(source, server, recording, name):
    server.routes["/sru"] = served(recording(f"koop/{name}.xml"))
    with pytest.raises(Refused, match="mismatched input" if name == "diagnostic" else "ignored"):
        list(source.poll(Cursor(), NOW))


def test_a_question_with_too_many_answers_is_cut_by_date(server, fetcher, monkeypatch):
    """Four records a day, a window of ten, and a service that fails beyond it as the real one does."""
    monkeypatch.setattr(koop_sru, "WINDOW", 10)
    monkeypatch.setattr(koop_sru, "PAGE_SIZE", 3)

    def answer(asked):
        words = asked.query["query"].split()
        first, last = (date.fromisoformat(w.rpartition("=")[2]) for w in words if w.startswith("dt.date"))
        days = (last - first).days + 1
        start, size, total = int(asked.query["startRecord"]), int(asked.query["maximumRecords"]), days * 4
        if start > 10:
            return Reply(b"", 504)
        ids = [f"kst-3{(first + timedelta(n // 4)).strftime('%m%d')}-{n % 4}" for n in range(total)][start - 1 :][:size]
        records = "".join(f"<record><recordData><identifier>{one}</identifier></recordData></record>" for one in ids)
        count = f"<numberOfRecords>{total}</numberOfRecords>"
        body = f"<searchRetrieveResponse>{count}<records>{records}</records></searchRetrieveResponse>"
        return served(body.encode())

    server.routes["/sru"] = answer
    question = Question("", date(2023, 2, 1), date(2023, 2, 28), "dt.date")
    pages = list(Sru(fetcher, server.url).pages(question))
    found = ["".join(record.itertext()) for page in pages for record in page]
    assert len(found) == len(set(found)) == 28 * 4
    assert found == sorted(found)


def test_recipes():
    assert in_dossier("32761") == "w.dossiernummer==32761 NOT dt.type==Bijlage"
    assert answering("2022Z10980") == 'w.publicatienaam=="Kamervragen (Aanhangsel)" AND w.vraagnummer==2022Z10980'
    assert annexes_of("kst-32761-304") == "w.hoofddocument==kst-32761-304"
    assert about('naleving" AVG') == 'cql.textAndIndexes="naleving  AVG"'


def test_a_question_of_ones_own(source, server):
    found = list(source.asking(in_dossier("32761"), date(2023, 1, 1), date(2023, 12, 31)))
    assert len(found) == 7
    assert "w.dossiernummer==32761 NOT dt.type==Bijlage" in server.asked[0].query["query"]


def test_history_goes_by_the_date_on_the_paper_and_can_go_on(source, server):
    pages = list(source.backfill(date(2023, 1, 1), date(2023, 3, 1), Cursor(), NOW))
    asked = [one.query["query"] for one in server.asked]
    assert ["dt.date>=2023-01-01 AND dt.date<=2023-01-31" in asked[0], "dt.date>=2023-02-01" in asked[1]] == [
        True,
        True,
    ]
    assert pages[-1].cursor == Cursor({"day": "2023-03-02"})
    assert pages[-1].outcome is Outcome.NOTHING
    server.asked.clear()
    list(source.backfill(date(2023, 1, 1), date(2023, 3, 1), pages[1].cursor, NOW))
    assert len(server.asked) == 1


# -- texts ------------------------------------------------------------------------------------------------------------

HTML = """<html><body><main class="global-main"><div class="stuk"><p>Aan de Voorzitter van de Tweede Kamer</p>
<p>Den Haag, 9 februari 2023</p><p>Hierbij bied ik u het rapport aan, zie Kamerstuk 26 643, nr. 940.</p>
<p>De Minister voor Rechtsbescherming,<br>F.M. Weerwind</p></div></main></body></html>"""


def test_the_text_comes_from_the_file_at_the_place_of_the_settings(source, server):
    path = "/frbr/officielepublicaties/kst/kst-32761-261/1/xml/kst-32761-261.xml"
    server.routes[path] = served(HTML.encode(), "html")
    letter = by_id(source)["kst-32761-261"]
    full = source.fill(letter)
    assert "Hierbij bied ik u het rapport aan" in full.text
    assert "kst-26643-940" in full.references
    assert "kst-32761-261" not in full.references
    assert "Rechtsbescherming" in full.office
    assert len(full.facts["sha256"]) == 64
    assert path in server.paths


@pytest.mark.parametrize(
    "answer", [Reply(b"", 404), Reply(b"", 302, {"Location": "/fout404.html"})], ids=["404", "302"]
)
def test_a_file_that_is_not_there_leaves_the_paper_as_it_is(source, server, answer):
    server.routes["/fout404.html"] = served(b"<p>niet gevonden</p>", "html")
    letter = by_id(source)["kst-32761-261"]
    server.other = answer
    assert source.fill(letter) is letter


def test_a_file_that_cannot_be_read_is_said(source, server):
    server.other = Reply(b"%PDF-1.7 damaged", headers={"Content-Type": "application/pdf"})
    full = source.fill(by_id(source)["blg-1074321"])
    assert full.facts["unreadable"]
