"""Measures how deeply nested a JSON body may be for this FastAPI on this CPython.

The server is the plainest there is, `uvicorn.run` at the top of a script; one that has more frames of
Python below gives up earlier on CPython 3.11 and before. Run it with the interpreter to be measured,
with FastAPI and uvicorn installed, and put what it prints into tests/pythons/limits.json:

    venv/bin/python tests/pythons/limits.py
"""

import importlib.metadata
import json
import platform
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request

PACKAGES = ["fastapi", "starlette", "pydantic", "uvicorn"]
# Beyond any limit that was met, but for CPython 3.14's.
DEPTH_MAX = 20_000


def lists(depth, innermost=""):
    return "[" * depth + innermost + "]" * depth


def status_of(port, body):
    request = urllib.request.Request(f"http://127.0.0.1:{port}/", body.encode())
    request.add_header("Content-Type", "application/json")
    try:
        with urllib.request.urlopen(request) as response:
            return response.status
    except urllib.error.HTTPError as error:
        return error.code


def deepest(port, wanted, write):
    """The greatest depth whose body gets the wanted status."""
    depth, beyond = 1, DEPTH_MAX
    while beyond - depth > 1:
        middle = (depth + beyond) // 2
        if status_of(port, write(middle)) == wanted:
            depth = middle
        else:
            beyond = middle
    return depth


def measure(port):
    return {
        # The body's own object is one of the containers.
        "read": deepest(port, 200, lambda n: '{"prompt":"hi","x":%s}' % lists(n - 1)),
        "echo": deepest(port, 422, lambda n: '{"prompt":%s}' % lists(n)),
        # As many containers, and a scalar in the innermost.
        "echo_scalar": deepest(port, 422, lambda n: '{"prompt":%s}' % lists(n, "1")),
    }


def wait_for(port):
    for _ in range(100):
        try:
            return socket.create_connection(("127.0.0.1", port)).close()
        except OSError:
            time.sleep(0.1)
    raise SystemExit("the server does not start")


def main():
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    server = subprocess.Popen([sys.executable, __file__, str(port)])
    try:
        wait_for(port)
        versions = [f"{name} {importlib.metadata.version(name)}" for name in PACKAGES]
        python = f"{platform.python_implementation()} {platform.python_version()}"
        print(json.dumps({"captured_from": ", ".join([python, *versions]), **measure(port)}))
    finally:
        server.terminate()
        server.wait()


if len(sys.argv) == 1:
    main()
else:
    import uvicorn
    from fastapi import FastAPI
    from fastapi.middleware.cors import CORSMiddleware
    from pydantic import BaseModel

    class Request(BaseModel):
        prompt: str

    def answer(request: Request):
        return {"prompt": "hello world"}

    # As Modal builds a web endpoint.
    app = FastAPI(openapi_url=None)
    app.add_middleware(
        CORSMiddleware,
        allow_origins=["*"],
        allow_credentials=True,
        allow_methods=["*"],
        allow_headers=["*"],
    )
    app.add_api_route("/", answer, methods=["POST"])
    uvicorn.run(app, host="127.0.0.1", port=int(sys.argv[1]), http="h11", log_level="critical")
