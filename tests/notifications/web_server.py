"""A web server on loopback that keeps what it is sent and answers what it is told to."""

import json
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Receiver:
    """answers: (status, headers) for the next requests, the last one for all after it; None: hang until the end."""

    def __init__(self, *answers):
        self.answers = list(answers) or [(200, {})]
        self.got, self.over = [], threading.Event()

    def next(self):
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]

    @property
    def bodies(self):
        return [json.loads(body) for _, _, body in self.got]


@contextmanager
def listening(receiver):
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            length = int(self.headers.get("Content-Length", 0))
            body = self.rfile.read(length)
            if len(body) < length:  # the sender died while it spoke
                return
            receiver.got.append((self.path, dict(self.headers), body))
            answer = receiver.next()
            if answer is None:
                receiver.over.wait(10)
                return
            status, headers = answer
            self.send_response(status)
            for name, value in {"Content-Length": "2", **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(b"ok")

        def do_GET(self):
            receiver.got.append((self.path, dict(self.headers), b"GET"))
            self.send_response(200)
            self.end_headers()

        def log_message(self, *args):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        receiver.port = server.server_address[1]
        yield receiver
    finally:
        receiver.over.set()
        server.shutdown()
        thread.join(10)
        server.server_close()
