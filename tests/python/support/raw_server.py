"""A server that sends recorded answers byte for byte."""

import base64
import socket
import struct
import threading
import time


def wire_bytes(data):
    """The bytes of one "send" of a recorded answer."""
    if "base64" in data:
        return base64.b64decode(data["base64"])
    return data["text"].encode("utf-8")


class RawServer:
    """Reads one request per connection, then performs the wire of the answer in force."""

    def __init__(self):
        self.requests = 0
        self.wire = []
        self._released = threading.Event()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}/"
        threading.Thread(target=self._accept, daemon=True).start()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def close(self):
        self.release()
        self._listener.close()

    def release(self):
        """Ends the connections that hang."""
        self._released.set()

    def answer_with(self, wire):
        """Puts an answer in force and starts the count of requests again."""
        self.release()
        self._released = threading.Event()
        self.wire = wire
        self.requests = 0

    def _accept(self):
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            with connection:
                try:
                    self._serve(connection)
                except OSError:
                    pass  # The client hung up, as it does on a broken answer.

    def _serve(self, connection):
        read_request(connection)
        self.requests += 1
        for step, *arguments in self.wire:
            if step == "send":
                connection.sendall(wire_bytes(arguments[0]))
            elif step == "sleep":
                time.sleep(arguments[0])
            elif step == "rst":
                # Closing a socket that lingers for no time sends a reset instead of an end.
                linger = struct.pack("ii", 1, 0)
                connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
            elif step == "hang":
                self._released.wait()


def read_request(connection):
    """Reads the head and as much body as it announces, so that closing does not reset."""
    data = b""
    while b"\r\n\r\n" not in data:
        data += _receive(connection)
    head, _, body = data.partition(b"\r\n\r\n")
    length = 0
    for line in head.split(b"\r\n")[1:]:
        name, _, value = line.partition(b":")
        if name.strip().lower() == b"content-length":
            length = int(value)
    while len(body) < length:
        body += _receive(connection)


def _receive(connection):
    data = connection.recv(65536)
    if data == b"":
        raise ConnectionResetError("the client left")
    return data
