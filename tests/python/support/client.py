"""The newest Modal class, and what became of a call."""

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


def exception_name(error):
    """The name as a traceback prints it."""
    kind = type(error)
    module = "" if kind.__module__ == "builtins" else f"{kind.__module__}."
    return f"{module}{kind.__qualname__}"
