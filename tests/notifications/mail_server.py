"""A real SMTP server on loopback that can refuse, be slow, hang up, speak TLS and ask for a login."""

import asyncio
import shutil
import ssl
import subprocess
import threading
from contextlib import contextmanager
from email import message_from_bytes, policy

from aiosmtpd.smtp import SMTP, AuthResult

LOGIN = ("nakoming", "gé heim")


class Inbox:
    """The handler: keeps what it took; `rcpt`, `data` answer instead of taking when they are set."""

    def __init__(self):
        self.mails, self.recipients, self.commands, self.peers = [], [], [], set()
        self.rcpt, self.data, self.mail = {}, "", ""

    async def handle_MAIL(self, server, session, envelope, address, options):
        self.commands.append(f"MAIL {address}")
        self.peers.add(session.peer)
        if self.mail:
            return self.mail
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, options):
        self.commands.append(f"RCPT {address}")
        if address in self.rcpt:
            return self.rcpt[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        if self.data == "hang up":
            server.transport.abort()
            return "250 never read"
        if self.data:
            return self.data
        self.mails.append(envelope.content)
        self.recipients += envelope.rcpt_tos
        return "250 OK"

    @property
    def read(self):
        return [message_from_bytes(raw, policy=policy.default) for raw in self.mails]


@contextmanager
def smtp(inbox=None, tls=None, **settings):
    """Yields the inbox with the port it listens at. tls: a context to speak TLS with from the first byte."""
    inbox = inbox or Inbox()
    loop = asyncio.new_event_loop()
    server = loop.run_until_complete(
        loop.create_server(lambda: SMTP(inbox, loop=loop, **settings), "127.0.0.1", 0, ssl=tls)
    )
    inbox.port = server.sockets[0].getsockname()[1]
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    try:
        yield inbox
    finally:
        asyncio.run_coroutine_threadsafe(_end(server), loop).result(10)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(10)
        loop.close()


async def _end(server):
    server.close()
    rest = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
    for task in rest:
        task.cancel()
    await asyncio.gather(*rest, return_exceptions=True)
    await asyncio.sleep(0)  # the transports close in the next round


def certificate(folder):
    """A certificate for localhost that is its own authority, made by openssl; None where there is no openssl."""
    openssl = shutil.which("openssl")
    if openssl is None:
        return None
    key, cert = folder / "key.pem", folder / "cert.pem"
    made = f"req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=localhost -keyout {key}"
    names = "subjectAltName=DNS:localhost,IP:127.0.0.1"
    subprocess.run([openssl, *made.split(), "-out", cert, "-addext", names], check=True, capture_output=True)
    return cert, key


def server_context(cert, key):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(cert, key)
    return context


def authenticator(server, session, envelope, mechanism, data):
    given = (data.login.decode(), data.password.decode())
    return AuthResult(success=given == LOGIN, handled=False)
