"""The example of LangChain's page, word for word, with the last releases that it fits."""

import json
import unittest
import warnings

from langchain.chains import LLMChain
from langchain_community.llms import Modal
from langchain_core.prompts import PromptTemplate

from support.emulator import STACKS, Emulator
from support.page import PROMPT, QUESTION, TEMPLATE


def run_page(endpoint_url):
    """The page's example: the constructor takes the URL, and the chain runs the question."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        prompt = PromptTemplate.from_template(TEMPLATE)
        llm = Modal(endpoint_url=endpoint_url)
        llm_chain = LLMChain(prompt=prompt, llm=llm)
        return llm_chain.run(QUESTION)


class PageTest(unittest.TestCase):
    def check_echo(self, stack):
        flags = ("--stack", stack, "--answer", "echo", "--completion", " The Dallas Cowboys.")
        with Emulator(*flags) as emulator:
            self.assertEqual(run_page(emulator.url), PROMPT + " The Dallas Cowboys.")
            exchange = emulator.only_exchange()
            self.assertEqual(json.loads(exchange["request"]["body"]["text"]), {"prompt": PROMPT})
            self.assertEqual(exchange["diagnosis"]["verdict"], "fine")

    def test_echo_on_the_newest_stack(self):
        self.check_echo(STACKS[0])

    def test_echo_on_the_middle_stack(self):
        self.check_echo(STACKS[1])

    def test_echo_on_the_oldest_stack(self):
        self.check_echo(STACKS[2])

    def test_faker(self):
        with Emulator("--answer", "faker") as emulator:
            self.assertTrue(run_page(emulator.url).startswith(PROMPT))
            self.assertEqual(emulator.only_exchange()["diagnosis"]["verdict"], "fine")

    def test_the_pages_dummy_crashes_the_pages_client(self):
        self.check_failure(UnboundLocalError)

    def test_another_key(self):
        self.check_failure(KeyError, "--answer", "echo", "--answer-key", "response")

    def test_crash(self):
        # requests' JSONDecodeError is a ValueError.
        self.check_failure(ValueError, config="function: {handler: {kind: crash}}\n")

    def test_get_endpoint(self):
        config = "function: {method: GET, query: {prompt: str}}\n"
        self.check_failure(KeyError, config=config)

    def check_failure(self, exception, *flags, config=None):
        with Emulator(*flags, config=config) as emulator:
            with self.assertRaises(exception) as raised:
                run_page(emulator.url)
            diagnosis = emulator.only_exchange()["diagnosis"]
            self.assertEqual(diagnosis["exception"].split(".")[-1], type(raised.exception).__name__)
            self.assertTrue(diagnosis["hint"])


class ConstructorTest(unittest.TestCase):
    def test_other_arguments_become_parameters_of_the_request(self):
        with Emulator("--answer", "echo") as emulator:
            llm = Modal(endpoint_url=emulator.url, temperature=0.5)
            llm.invoke("Why?")
            body = emulator.only_exchange()["request"]["body"]["text"]
            self.assertEqual(json.loads(body), {"prompt": "Why?", "temperature": 0.5})
