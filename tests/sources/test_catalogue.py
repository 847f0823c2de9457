"""The catalogue: every shipped entry makes a source, settings win, and what is wrong is named."""

import tomllib
from datetime import UTC, datetime, timedelta
from importlib.resources import files

import pytest

from sources.catalogue import KINDS, build
from sources.document import Kind

SHIPPED = tomllib.loads((files("seeds") / "sources.toml").read_text(encoding="utf-8"))
NAMES = (
    "tweedekamer", "officielebekendmakingen", "wodc", "autoriteit_persoonsgegevens", "rijksoverheid", "open_overheid",
    "eerste_kamer",
)  # fmt: skip


def test_every_source_of_the_contract_is_in_the_shipped_catalogue(fetcher):
    made = build(SHIPPED, {}, fetcher)
    assert set(NAMES) <= set(made)
    assert any("edpb" in name for name in made)
    for name, source in made.items():
        assert source.name == name
        assert source.url.startswith("https://")
        assert timedelta(minutes=5) <= source.every < source.silent_after


def test_what_is_switched_off_is_checked_but_not_made(fetcher):
    off = {name for name, entry in SHIPPED.items() if entry.get("enabled") is False}
    assert off
    assert not off & set(build(SHIPPED, {}, fetcher))
    assert off <= set(build(SHIPPED, {name: {"enabled": "true"} for name in off}, fetcher))


def test_settings_win_also_as_text_from_the_environment(fetcher):
    settings = {
        "wodc": {"base_url": "http://127.0.0.1:9000/wodc/", "every": "PT1H"},
        "rijksoverheid": {"terms": '["AVG", "privacy"]'},
        "open_overheid": {"terms": "AVG"},
        "edpb_news": {"enabled": "false"},
        "eerste_kamer": {"pages": '["aaa/bbb"]'},
    }
    made = build(SHIPPED, settings, fetcher)
    assert made["wodc"].url == "http://127.0.0.1:9000/wodc"
    assert made["wodc"].every == timedelta(hours=1)
    assert "edpb_news" not in made


def test_every_address_can_be_pointed_elsewhere_and_is_then_asked(server, fetcher):
    settings = {name: {"base_url": f"{server.url}/{name}"} for name in NAMES}
    made = build(SHIPPED, settings, fetcher)
    now = datetime(2026, 3, 1, 12, tzinfo=UTC)
    for name in NAMES:
        server.asked.clear()
        with pytest.raises(Exception, match="404"):
            made[name].probe(now)
        assert server.paths
        assert all(path.startswith(f"/{name}/") for path in server.paths)


def test_a_setting_can_add_a_source(fetcher):
    settings = {"mijn_feed": {"kind": "feed", "base_url": "https://a.nl/rss", "kind_of_paper": "report"}}
    made = build({}, settings, fetcher)
    assert list(made) == ["mijn_feed"]
    assert made["mijn_feed"]._kind is Kind.REPORT


@pytest.mark.parametrize(
    ("settings", "named"),
    [
        ({"wodk": {}}, "sources.wodk"),
        ({"wodc": {"evry": "PT1H"}}, r"sources\.wodc\.evry: unknown; known are .*every"),
        ({"wodc": {"every": "soon"}}, r"sources\.wodc\.every.*PT15M"),
        ({"wodc": {"every": "PT0S"}}, r"sources\.wodc\.every"),
        ({"wodc": {"every": "-PT1H"}}, r"sources\.wodc\.every"),
        ({"wodc": {"enabled": "misschien"}}, r"sources\.wodc\.enabled"),
        ({"wodc": {"base_url": 7}}, r"sources\.wodc\.base_url"),
        ({"x1": {"kind": "rss"}}, r"sources\.x1\.kind: 'rss' is not one of"),
        ({"x1": {"kind": "list", "base_url": "https://a.nl"}}, r"sources\.x1\.item: is missing"),
        ({"x1": {"kind": "list", "base_url": "https://a.nl", "item": "(("}}, r"sources\.x1\.item"),
        ({"x1": {"kind": "feed", "base_url": "https://a.nl", "kind_of_paper": "boek"}}, r"sources\.x1\.kind_of_paper"),
        ({"Groot": {"kind": "feed", "base_url": "https://a.nl"}}, "sources.Groot: a name is"),
        ({"tweedekamer": {"changes": "post"}}, r"sources\.tweedekamer\.changes"),
    ],
)
def test_what_is_wrong_is_named(fetcher, settings, named):
    with pytest.raises(ValueError, match=named):
        build(SHIPPED, settings, fetcher)


def test_an_entry_that_is_no_table_is_named(fetcher):
    with pytest.raises(ValueError, match=r"sources\.wodc: has to be a table"):
        build({"wodc": "https://repository.wodc.nl"}, {}, fetcher)


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_keeps_the_protocol(fetcher, kind):
    options = {"feed": {}, "list": {"item": "li"}, "page": {}}
    base = {"base_url": "https://a.nl"} if kind in options else {}
    (source,) = build({"x1": {"kind": kind, **base, **options.get(kind, {})}}, {}, fetcher).values()
    for verb in ("poll", "fill", "backfill", "probe"):
        assert callable(getattr(source, verb))
