"""The door to the network against a real server that behaves badly: bounded, guarded, polite, and silent on secrets."""

import gzip
import socket
import threading
import time
import zlib

import pytest
from loopback import Loopback, Reply, conditional, dripping, endless, served

from sources import addresses
from sources.addresses import check, is_public, origin, shown
from sources.http import Fetcher
from sources.source import Forbidden, Refused, SourceError, TooLarge, Unreachable

OK = b"HTTP/1.1 200 OK\r\n"


def to(target: str, status: int = 302) -> Reply:
    return Reply(b"", status, {"Location": target})


def test_an_answer_comes_whole_with_its_validators(server, fetcher):
    server.routes["/a"] = served(b"<a/>", ETag='"x"', Last_Modified="Tue, 06 May 2025 08:00:00 GMT")
    answer = fetcher.get(f"{server.url}/a", accept="application/xml")
    assert (answer.content, answer.status, answer.not_modified) == (b"<a/>", 200, False)
    assert (answer.etag, answer.modified) == ('"x"', "Tue, 06 May 2025 08:00:00 GMT")
    assert (answer.content_type, answer.url) == ("application/xml", f"{server.url}/a")
    asked = server.asked[0].headers
    assert asked["accept"] == "application/xml"
    assert asked["user-agent"].startswith("Nakoming/")
    assert "beheer@voorbeeld.nl" in asked["user-agent"]
    assert "cookie" not in asked


def test_not_modified_is_an_answer_of_its_own(server, fetcher):
    server.routes["/a"] = conditional(b"<a/>")
    first = fetcher.get(f"{server.url}/a")
    second = fetcher.get(f"{server.url}/a", etag=first.etag, modified="Tue, 06 May 2025 08:00:00 GMT")
    assert second.not_modified
    assert second.content == b""
    assert server.asked[1].headers["if-modified-since"] == "Tue, 06 May 2025 08:00:00 GMT"


def test_not_modified_that_nobody_asked_for_is_refused(server, fetcher):
    server.routes["/a"] = Reply(b"", 304)
    with pytest.raises(Refused, match="304"):
        fetcher.get(f"{server.url}/a")


@pytest.mark.parametrize("status", [400, 403, 404, 410, 500, 418])
def test_an_error_status_is_refused_at_once(server, fetcher, status):
    server.routes["/a"] = Reply(b"nee", status)
    with pytest.raises(Refused) as refused:
        fetcher.get(f"{server.url}/a")
    assert refused.value.status == status
    assert len(server.asked) == 1


def test_a_passing_fault_is_tried_again_after_a_pause(server, fetcher, waits):
    answers = [Reply(b"", 503, {"Retry-After": "2"}), Reply(b"", 502), served(b"<a/>")]
    server.routes["/a"] = lambda asked: answers.pop(0)
    assert fetcher.get(f"{server.url}/a").content == b"<a/>"
    assert waits[0] == 2
    assert len(waits) == 2


def test_a_lasting_fault_is_refused_after_three_tries(server, fetcher, waits):
    server.routes["/a"] = Reply(b"", 503)
    with pytest.raises(Refused, match="503"):
        fetcher.get(f"{server.url}/a")
    assert len(server.asked) == 3
    assert sum(waits) < 5


def test_a_long_retry_after_is_left_to_the_schedule(server, fetcher, waits):
    server.routes["/a"] = Reply(b"", 429, {"Retry-After": "7200"})
    with pytest.raises(Refused) as refused:
        fetcher.get(f"{server.url}/a")
    assert (refused.value.status, refused.value.retry_after) == (429, 7200)
    assert (len(server.asked), waits) == (1, [])


def test_a_senseless_retry_after_does_no_harm(server, fetcher):
    server.routes["/a"] = Reply(b"", 503, {"Retry-After": "soon"})
    with pytest.raises(Refused, match="503"):
        fetcher.get(f"{server.url}/a")


# -- bounds -----------------------------------------------------------------------------------------------------------


def test_a_slow_drip_ends_at_the_deadline(server, fetcher):
    server.routes["/a"] = Reply(wild=dripping(server, OK + b"Content-Type: text/xml\r\n\r\n", b"x"))
    began = time.monotonic()
    with pytest.raises(TooLarge, match="longer than allowed"):
        fetcher.get(f"{server.url}/a", most_seconds=0.3)
    assert time.monotonic() - began < 3


def test_headers_that_drip_end_at_the_deadline(server, fetcher):
    server.routes["/a"] = Reply(wild=dripping(server, OK, b"X"))
    began = time.monotonic()
    with pytest.raises(TooLarge):
        fetcher.get(f"{server.url}/a", most_seconds=0.3)
    assert time.monotonic() - began < 3


def test_a_silent_server_ends_at_the_deadline(server, fetcher):
    server.routes["/a"] = Reply(wild=lambda handler: server.over.wait(10))
    began = time.monotonic()
    with pytest.raises(SourceError):
        fetcher.get(f"{server.url}/a", most_seconds=0.3)
    assert time.monotonic() - began < 5


def test_an_endless_body_ends_at_the_cap(server, fetcher):
    server.routes["/a"] = Reply(wild=endless(OK + b"\r\n", b"x" * 65536))
    with pytest.raises(TooLarge, match="100000"):
        fetcher.get(f"{server.url}/a", most_bytes=100_000)


def test_a_body_that_announces_too_much_is_not_read(server, fetcher):
    server.routes["/a"] = Reply(wild=endless(OK + b"Content-Length: 99999999999\r\n\r\n", b"x"))
    with pytest.raises(TooLarge, match="announces"):
        fetcher.get(f"{server.url}/a")


@pytest.mark.parametrize("pack", [gzip.compress, zlib.compress], ids=["gzip", "deflate"])
def test_a_compressed_bomb_is_bounded_by_what_comes_out(server, fetcher, pack):
    name = "gzip" if pack is gzip.compress else "deflate"
    server.routes["/a"] = served(pack(bytes(30_000_000)), Content_Encoding=name)
    with pytest.raises(TooLarge):
        fetcher.get(f"{server.url}/a", most_bytes=1_000_000)


def test_gzip_is_unpacked_and_damaged_gzip_is_unreachable(server, fetcher):
    packed = gzip.compress(b"<a>" + b"x" * 1000 + b"</a>")
    server.routes["/good"] = served(packed, Content_Encoding="gzip")
    server.routes["/bad"] = served(b"\x1f\x8bnonsense", Content_Encoding="gzip")
    assert len(fetcher.get(f"{server.url}/good").content) == 1007
    with pytest.raises(Unreachable, match="damaged"):
        fetcher.get(f"{server.url}/bad")


def test_a_body_that_is_cut_off_is_unreachable(server, fetcher):
    server.routes["/a"] = Reply(wild=lambda h: h.wfile.write(OK + b"Content-Length: 100\r\n\r\nhalf"))
    with pytest.raises(Unreachable):
        fetcher.get(f"{server.url}/a")


def test_an_error_page_without_end_is_not_read(server, fetcher):
    server.routes["/a"] = Reply(wild=endless(b"HTTP/1.1 404 Not Found\r\n\r\n", b"x" * 65536))
    with pytest.raises(Refused, match="404"):
        fetcher.get(f"{server.url}/a", most_seconds=5)


# -- redirects and private networks -----------------------------------------------------------------------------------


def test_redirects_within_a_place_are_followed(server, fetcher):
    server.routes |= {"/a": to("/b", 301), "/b": to(f"{server.url}/c", 307), "/c": served(b"<c/>")}
    answer = fetcher.get(f"{server.url}/a")
    assert (answer.content, answer.url) == (b"<c/>", f"{server.url}/c")


def test_redirects_in_circles_end(server, fetcher):
    server.routes |= {"/a": to("/b"), "/b": to("/a")}
    with pytest.raises(Refused, match="redirects without end"):
        fetcher.get(f"{server.url}/a")
    assert len(server.asked) == 6


def test_the_body_of_a_redirect_is_never_read(server, fetcher):
    server.routes["/a"] = Reply(wild=endless(b"HTTP/1.1 302 Found\r\nLocation: /b\r\n\r\n", b"x" * 65536))
    server.routes["/b"] = served(b"<b/>")
    assert fetcher.get(f"{server.url}/a", most_seconds=5).content == b"<b/>"


@pytest.mark.parametrize(
    "target",
    ["http://localhost:1/", "http://169.254.169.254/latest/", "http://[::1]/", "http://10.0.0.1/", "http://0x7f.1/"],
)
def test_a_redirect_to_another_private_host_is_forbidden(server, fetcher, target):
    server.routes["/a"] = to(target)
    with pytest.raises((Forbidden, Unreachable)) as refused:
        fetcher.get(f"{server.url}/a")
    assert isinstance(refused.value, Forbidden) or "0x7f" in target


def test_a_redirect_to_another_port_of_loopback_is_forbidden(server, fetcher):
    with Loopback() as other:
        other.routes["/secret"] = served(b"geheim")
        server.routes["/a"] = to(f"{other.url}/secret")
        with pytest.raises(Forbidden, match="private"):
            fetcher.get(f"{server.url}/a")
        assert other.asked == []


@pytest.mark.parametrize("target", ["file:///etc/passwd", "gopher://x/", "ftp://voorbeeld.nl/", "javascript:alert(1)"])
def test_a_redirect_out_of_the_web_is_forbidden(server, fetcher, target):
    server.routes["/a"] = to(target)
    with pytest.raises(Forbidden):
        fetcher.get(f"{server.url}/a")


def test_an_address_that_a_person_entered_reaches_no_private_network(server, fetcher):
    server.other = served(b"geheim")
    for host in ("127.0.0.1", "localhost"):
        with pytest.raises(Forbidden, match="private"):
            fetcher.get(f"http://{host}:{server.url.rpartition(':')[2]}/", guarded=True)
    assert server.asked == []


def test_private_networks_can_be_allowed_by_the_operator(server, waits):
    free = Fetcher(pace_per_second=10_000, allow_private=True)
    with Loopback() as other:
        other.routes["/b"] = served(b"<b/>")
        server.routes["/a"] = to(f"{other.url}/b")
        assert free.get(f"{server.url}/a", guarded=True).content == b"<b/>"
    free.close()


def test_a_name_that_turns_private_after_the_check_changes_nothing(server, fetcher, monkeypatch):
    """The name is asked for once; the connection goes to the address that was checked."""
    answers = [[(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("192.0.2.1", 80))]]
    turned = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", 80))]
    monkeypatch.setattr(addresses, "is_public", lambda address: address == "192.0.2.1")
    reached = []

    def resolve(host, port, *args, **kwargs):
        return answers.pop() if host == "wisselt.example" and answers else turned

    def connect(address, *args, **kwargs):
        reached.append(address)
        raise OSError("no route")

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    monkeypatch.setattr("urllib3.util.connection.create_connection", connect)
    with pytest.raises((Unreachable, Forbidden)):
        fetcher.get("http://wisselt.example/", guarded=True)
    assert reached == [("192.0.2.1", 80)]


def test_a_name_with_one_private_address_among_public_ones_is_forbidden(fetcher, monkeypatch):
    both = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (ip, 80)) for ip in ("8.8.8.8", "10.1.1.1")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *a, **k: both)
    with pytest.raises(Forbidden, match="private"):
        fetcher.get("http://half.example/", guarded=True)


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("8.8.8.8", True), ("2a02:a44f::1", True), ("127.0.0.1", False), ("10.0.0.1", False), ("192.168.1.1", False),
        ("172.16.0.1", False), ("169.254.169.254", False), ("100.64.0.1", False), ("0.0.0.0", False), ("::1", False),
        ("::", False), ("fe80::1%eth0", False), ("fc00::1", False), ("::ffff:127.0.0.1", False), ("224.0.0.1", False),
        ("::ffff:8.8.8.8", True), ("64:ff9b::7f00:1", False), ("2002:7f00:1::", False), ("geen adres", False),
    ],
)  # fmt: skip
def test_which_addresses_are_public(address, public):
    assert is_public(address) is public


# -- what is asked for, and what is said ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "url",
    ["", "file:///etc/passwd", "http://", "//a.nl", "http://a.nl\r\nX: y", "http://a b.nl", "http://[1", "http://a:b/"],
)
def test_what_is_no_web_address_is_forbidden(fetcher, url):
    with pytest.raises(Forbidden):
        fetcher.get(url)


def test_a_guarded_address_carries_no_credentials():
    with pytest.raises(Forbidden, match="user name"):
        check("https://jan:geheim@voorbeeld.nl/", guarded=True)


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("https://jan:geheim@a.nl/x?q=1", "https://a.nl/x?q=1"),
        ("https://a.nl/feed?token=geheim&q=een%20twee", "https://a.nl/feed?token=***&q=een+twee"),
        ("https://a.nl/?API_KEY=geheim", "https://a.nl/?API_KEY=***"),
        ("https://a.nl/x#geheim", "https://a.nl/x"),
    ],
)
def test_messages_never_hold_credentials(url, said):
    assert shown(url) == said


def test_errors_name_the_place_and_hide_the_secret(server, fetcher):
    server.routes["/a"] = Reply(b"", 404)
    host = server.url.partition("://")[2]
    for url in (f"http://jan:geheim@{host}/a?token=geheim", "http://jan:geheim@127.0.0.1:1/a?token=geheim"):
        with pytest.raises(SourceError) as error:
            fetcher.get(url)
        assert "geheim" not in repr(error.value)
        assert "/a?token=***" in str(error.value)
        assert error.value.__suppress_context__ or error.value.__context__ is None


def test_refused_connections_and_unknown_names_are_unreachable(fetcher, monkeypatch):
    with pytest.raises(Unreachable, match="no connection"):
        fetcher.get("http://127.0.0.1:1/")
    with pytest.raises(Unreachable, match="name is not found"):
        fetcher.get("http://bestaat-niet.invalid/")
    with pytest.raises(Unreachable, match="name is not found"):
        fetcher.get("http://bestaat-niet.invalid/", guarded=True)


def test_origin_tells_places_apart():
    assert origin("HTTP://A.nl") == origin("http://a.nl:80/x")
    assert origin("https://a.nl") != origin("http://a.nl")


# -- manners ----------------------------------------------------------------------------------------------------------


def test_the_pace_of_a_host_is_shared_by_threads(server):
    server.other = served(b"<a/>")
    paced = Fetcher(pace_per_second=10)
    moments: list[float] = []

    def ask(_: int) -> None:
        paced.get(f"{server.url}/a")
        moments.append(time.monotonic())

    threads = [threading.Thread(target=ask, args=(n,)) for n in range(14)]
    began = time.monotonic()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    paced.close()
    assert len(moments) == 14
    assert sum(moment - began < 0.9 for moment in moments) <= 10


def test_waiting_for_our_own_pace_does_not_count_as_their_slowness(server):
    server.other = served(b"<a/>")
    paced = Fetcher(pace_per_second=4)
    for _ in range(6):
        assert paced.get(f"{server.url}/a", most_seconds=0.5).content
    paced.close()


@pytest.mark.parametrize(
    ("robots", "path", "allowed"),
    [
        ("User-agent: *\nDisallow: /prive", "/prive/a", False),
        ("User-agent: *\nDisallow: /prive", "/open", True),
        ("User-agent: Nakoming\nDisallow: /\n\nUser-agent: *\nAllow: /", "/open", False),
        ("User-agent: *\nDisallow: /*.pdf$", "/a.pdf", False),
        ("geen regels", "/open", True),
    ],
)
def test_robots_are_obeyed_where_asked(server, fetcher, robots, path, allowed):
    server.routes["/robots.txt"] = served(robots.encode(), "txt")
    server.other = served(b"<a/>")
    if allowed:
        assert fetcher.get(f"{server.url}{path}", robots=True).content == b"<a/>"
    else:
        with pytest.raises(Forbidden, match="robots"):
            fetcher.get(f"{server.url}{path}", robots=True)
    assert fetcher.get(f"{server.url}{path}").content == b"<a/>"
    assert [asked.path for asked in server.asked].count("/robots.txt") == 1


def test_a_redirect_into_what_robots_forbid_is_not_followed(server, fetcher):
    server.routes["/robots.txt"] = served(b"User-agent: *\nDisallow: /prive", "txt")
    server.routes["/a"] = to("/prive")
    with pytest.raises(Forbidden, match="robots"):
        fetcher.get(f"{server.url}/a", robots=True)


def test_robots_that_cannot_be_known_mean_no(server, fetcher):
    server.routes["/robots.txt"] = Reply(b"", 500)
    server.other = served(b"<a/>")
    with pytest.raises(Refused):
        fetcher.get(f"{server.url}/a", robots=True)


def test_a_crawl_delay_is_kept(server, fetcher, waits):
    server.routes["/robots.txt"] = served(b"User-agent: *\nCrawl-delay: 3", "txt")
    server.other = served(b"<a/>")
    for _ in range(3):
        fetcher.get(f"{server.url}/a", robots=True)
    assert waits[0] == 0
    assert waits[1] == pytest.approx(3, abs=1)
    assert waits[2] == pytest.approx(6, abs=1)


# -- posting ----------------------------------------------------------------------------------------------------------


def test_a_post_is_sent_once_and_any_status_is_an_answer(server, fetcher):
    server.routes["/hook"] = Reply(b"te druk", 503, {"Retry-After": "9"})
    answer = fetcher.post(f"{server.url}/hook", b'{"a":1}', {"Content-Type": "application/json"}, guarded=False)
    assert (answer.status, answer.headers["retry-after"], answer.content) == (503, "9", b"")
    (asked,) = server.asked
    assert (asked.method, asked.body, asked.headers["content-type"]) == ("POST", b'{"a":1}', "application/json")


def test_a_post_follows_no_redirect_and_reaches_no_private_network(server, fetcher):
    server.routes["/hook"] = to("/elsewhere")
    assert fetcher.post(f"{server.url}/hook", b"", {}, guarded=False).status == 302
    assert server.paths == ["/hook"]
    with pytest.raises(Forbidden):
        fetcher.post(f"{server.url}/hook", b"", {})


def test_a_receiver_without_end_is_not_listened_to(server, fetcher):
    server.routes["/hook"] = Reply(wild=endless(OK + b"\r\n", b"x" * 65536))
    assert fetcher.post(f"{server.url}/hook", b"{}", {}, guarded=False).status == 200
