"""LangChain's Modal class on call: one JSON job per line in, one JSON outcome per line out.

A process of its own for many calls, because importing LangChain takes more than a second.
"""

import json
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "python"))

# The imports of the package take the machine's proxy out of the way first.
from support.client import Modal, modal_at, outcome_of  # noqa: E402


def modal_for(job):
    """The class as its users make it."""
    if job["isConstructed"]:
        return Modal(endpoint_url=job["url"], model_kwargs=job["modelKwargs"])
    modal = modal_at(job["url"])
    modal.model_kwargs = job["modelKwargs"]
    return modal


def run(job):
    """What became of a call."""
    return outcome_of(
        lambda: modal_for(job).invoke(job["prompt"], stop=job["stop"], **job["arguments"])
    )


def main():
    for line in sys.stdin:
        print(json.dumps(run(json.loads(line))), flush=True)


if __name__ == "__main__":
    main()
