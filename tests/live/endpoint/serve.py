"""Serves functions as Modal serves a web endpoint: FastAPI around each, by Modal's own wrapper.

Reads one line of JSON, {name: definition}, from standard input, and writes one when all of them
answer: {"ports": {name: port}, "versions": {...}}. Ends when standard input does.
"""

import asyncio
import contextlib
import json
import os
import platform
import sys
import threading
import traceback
from importlib.metadata import version

import uvicorn
from modal._runtime.asgi import magic_fastapi_app
from source import source_of

LOOPBACK = "127.0.0.1"
PACKAGES = ["fastapi", "starlette", "pydantic", "modal"]
# h11 is there on every platform. Idle connections are the client's to close.
SERVING = {"loop": "asyncio", "http": "h11", "log_level": "critical", "timeout_keep_alive": 600}


def build(definition):
    namespace = {"__name__": "user_code"}
    exec(compile(source_of(definition), definition["name"], "exec"), namespace)
    function = namespace[definition["name"]]
    return magic_fastapi_app(function, definition["method"], definition["docs"])


class GuestServer(uvicorn.Server):
    """A server in another one's loop: signals are its host's business."""

    def capture_signals(self):
        return contextlib.nullcontext()


async def start_all(definitions):
    """Starts the servers, and says so when every one of them listens."""
    servers = {
        name: GuestServer(uvicorn.Config(build(definition), host=LOOPBACK, port=0, **SERVING))
        for name, definition in definitions.items()
    }
    tasks = [asyncio.create_task(server.serve()) for server in servers.values()]
    while not all(server.started for server in servers.values()):
        for task in tasks:
            if task.done():
                task.result()
        await asyncio.sleep(0.01)
    ports = {
        name: server.servers[0].sockets[0].getsockname()[1] for name, server in servers.items()
    }
    versions = {"python": platform.python_version(), **{name: version(name) for name in PACKAGES}}
    print(json.dumps({"ports": ports, "versions": versions}), flush=True)
    return tasks


async def host(scope, receive, send):
    """An app that is only a lifespan, in which the servers of the definitions live."""
    if scope["type"] != "lifespan":
        raise RuntimeError("nothing is served here")
    await receive()
    try:
        tasks = await start_all(json.loads(sys.stdin.readline()))
    except Exception:
        traceback.print_exc()
        os._exit(1)
    threading.Thread(target=end_with_input, daemon=True).start()
    await send({"type": "lifespan.startup.complete"})
    await asyncio.gather(*tasks)


def end_with_input():
    sys.stdin.read()
    os._exit(0)


if __name__ == "__main__":
    # How deep JSON may nest depends on how many calls are under the app. So there are exactly those
    # of a script that ends in `uvicorn.run(app)`: a request's task is called by the loop alone.
    uvicorn.run(host, host=LOOPBACK, port=0, **SERVING)
