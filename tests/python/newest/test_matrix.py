"""Many endpoints: what the real client does is what the journal's diagnosis says."""

import unittest

from support.client import modal_at, outcome_of
from support.emulator import STACKS, Emulator
from support.wording import assert_same, predicted

PROMPT = "Why is the sky blue?"


class Row:
    """One endpoint and one call: `flags` and `config` for the emulator, the rest for the client."""

    def __init__(self, *flags, expects, config=None, path="", prompt=PROMPT, model_kwargs=None):
        self.flags = flags
        self.expects = expects
        self.config = config
        self.path = path
        self.prompt = prompt
        self.model_kwargs = model_kwargs or {}


def handler(text):
    return f"function:\n  handler: {text}\n"


JSON_ERROR = "requests.exceptions.JSONDecodeError"

ECHO = ("--answer", "echo")

# On every stack.
ENDPOINTS = {
    "hello": Row(expects="UnboundLocalError"),
    "hello, asked for hello": Row(prompt="hello", expects=None),
    "echo": Row(*ECHO, expects=None),
    "faker": Row("--answer", "faker", expects=None),
    "faker without echo": Row("--answer", "faker", "--no-echo", expects="UnboundLocalError"),
    "another key": Row(*ECHO, "--answer-key", "response", expects="KeyError"),
    "key in another case": Row(*ECHO, "--answer-key", "Prompt", expects="KeyError"),
    "bare string": Row(config=handler("{kind: answer, key: null}"), expects="TypeError"),
    "crash": Row(config=handler("{kind: crash}"), expects=JSON_ERROR),
    "http exception": Row(
        config=handler(
            "{kind: http-exception, status: 429, detail: slow, headers: {Retry-After: '3'}}"
        ),
        expects="KeyError",
    ),
    "http exception with a list": Row(
        config=handler("{kind: http-exception, status: 503, detail: [1, {a: null}]}"),
        expects="KeyError",
    ),
    "stream": Row(config=handler("{kind: stream}"), expects=JSON_ERROR),
    "stream of JSON": Row(
        config=handler(
            "{kind: stream, mediaType: application/json, "
            "events: ['{\"prompt\":', '\"Why is the sky blue? So.\"}']}"
        ),
        expects=None,
    ),
    "stream of text that is JSON": Row(
        config=handler(
            "{kind: stream, mediaType: text/plain, events: ['{\"prompt\": \"\u00e9t\u00e9?\"}']}"
        ),
        prompt="\u00e9t\u00e9?",
        expects=None,
    ),
    "stream of JSON longer than the journal keeps": Row(
        "--journal-body-max-bytes",
        "100",
        config=handler(
            "{kind: stream, mediaType: application/json, "
            f"events: ['{{\"pad\": \"{'x' * 900}\",', '\"prompt\": \"{PROMPT} So.\"}}']}}"
        ),
        expects=None,
    ),
    "stream of nothing": Row(config=handler("{kind: stream, events: []}"), expects=JSON_ERROR),
    "GET endpoint": Row(
        config="function:\n  method: GET\n  query: {prompt: str}\n", expects="KeyError"
    ),
    "wrong path": Row(*ECHO, path="generate", expects="KeyError"),
    "query in the URL": Row(*ECHO, path="?a=1", expects=None),
    "missing field": Row(
        *ECHO,
        config="function:\n  body: {fields: {prompt: str, max_new_tokens: int}}\n",
        expects="KeyError",
    ),
    "field from model_kwargs": Row(
        *ECHO,
        config="function:\n  body: {fields: {prompt: str, max_new_tokens: int}}\n",
        model_kwargs={"max_new_tokens": 64, "stop": None},
        expects=None,
    ),
    "field of a wrong type": Row(
        *ECHO,
        config="function:\n  body: {fields: {prompt: str, temperature: float = 1.0}}\n",
        model_kwargs={"temperature": "hot"},
        expects="KeyError",
    ),
    "any object": Row(*ECHO, config="function:\n  body: dict\n", expects=None),
    "prompt under another name": Row(
        *ECHO,
        config="function:\n  body: {fields: {question: str}}\n",
        model_kwargs={"question": "How?"},
        expects="UnboundLocalError",
    ),
    "prompt overridden by model_kwargs": Row(
        *ECHO, model_kwargs={"prompt": f"{PROMPT} Or green?"}, expects=None
    ),
}

# Prompts that may get lost on the way.
PROMPTS = {
    "empty": "",
    "spaces around": "  Why?\n",
    "quotes and backslashes": "\"'\\ \\n",
    "control characters": "a\x00b\x1f\x7f",
    "line separators": "a\u2028b\u2029c\r\nd",
    "composed and decomposed": "\u00e9 e\u0301",
    "wide": "\U0001f600 \u65e5\u672c\u8a9e",
    "markup": "</script><b>&amp;",
    "long": "word " * 4000,
}


class MatrixTest(unittest.TestCase):
    def check(self, stack, row):
        flags = ("--stack", stack, *row.flags)
        with Emulator(*flags, config=row.config) as emulator:
            client = modal_at(emulator.url.rstrip("/") + "/" + row.path)
            client.model_kwargs = row.model_kwargs
            outcome = outcome_of(lambda: client.invoke(row.prompt))
            diagnosis = emulator.only_exchange()["diagnosis"]
        self.assertEqual(outcome.get("exception"), row.expects)
        assert_same(self, predicted(diagnosis), outcome)
        if row.expects is not None:
            self.assertTrue(diagnosis["because"] and diagnosis["hint"])


class PromptTest(unittest.TestCase):
    def check(self, prompt):
        with Emulator(*ECHO, "--completion", " So.") as emulator:
            outcome = outcome_of(lambda: modal_at(emulator.url).invoke(prompt))
            self.assertEqual(outcome, {"ok": f"{prompt} So."})
            self.assertEqual(emulator.only_exchange()["diagnosis"]["verdict"], "fine")

    def test_half_of_a_character(self):
        # The client sends it, and FastAPI cannot write it: a crash, on both sides.
        for prompt in ("\ud83d", "a\ude00"):
            with Emulator(*ECHO) as emulator:
                outcome = outcome_of(lambda: modal_at(emulator.url).invoke(prompt))
                self.assertEqual(outcome.get("exception"), JSON_ERROR)
                assert_same(self, predicted(emulator.only_exchange()["diagnosis"]), outcome)


def add_tests():
    """One test per endpoint and stack, and per prompt, so that each is counted and named."""
    for stack in STACKS:
        for name, row in ENDPOINTS.items():
            test = lambda self, stack=stack, row=row: self.check(stack, row)  # noqa: E731
            setattr(MatrixTest, f"test {name} on {stack}", test)
    for name, prompt in PROMPTS.items():
        test = lambda self, prompt=prompt: self.check(prompt)  # noqa: E731
        setattr(PromptTest, f"test {name}", test)


add_tests()
