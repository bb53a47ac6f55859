"""The newest Modal class, and what became of a call."""

import threading
import warnings

with warnings.catch_warnings():
    # Importing langchain-community announces its end (langchain-community issue 674).
    warnings.simplefilter("ignore")
    from langchain_community.llms import Modal


def modal_at(url):
    """The class with an endpoint: its constructor loses endpoint_url since community 0.3."""
    modal = Modal()
    modal.endpoint_url = url
    return modal


def outcome_of(call):
    """What a call returned or raised, as langchain-answers.json writes it."""
    try:
        return {"ok": call()}
    except Exception as error:  # The suites are about every exception there is.
        return {"exception": exception_name(error), "message": str(error)}


def outcome_or_hang(call, release, seconds=1.0):
    """What `outcome_of` says, or that nothing came in this time; `release` then ends the call."""
    outcomes = []
    thread = threading.Thread(target=lambda: outcomes.append(outcome_of(call)), daemon=True)
    thread.start()
    thread.join(seconds)
    if outcomes:
        return outcomes[0]
    release()
    thread.join()
    return {"hangs": True}


def exception_name(error):
    """The name as a traceback prints it."""
    kind = type(error)
    module = "" if kind.__module__ == "builtins" else f"{kind.__module__}."
    return f"{module}{kind.__qualname__}"
