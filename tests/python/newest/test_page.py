"""The example of LangChain's page, with the newest langchain-community."""

import asyncio
import json
import unittest

from langchain_core.prompts import PromptTemplate

from support.client import Modal, modal_at, outcome_of
from support.emulator import Emulator
from support.page import PROMPT, QUESTION, TEMPLATE
from support.wording import assert_same, predicted


class PageTest(unittest.TestCase):
    def test_with_echo_the_chain_gets_its_answer(self):
        with Emulator("--answer", "echo", "--completion", " The Dallas Cowboys.") as emulator:
            prompt = PromptTemplate.from_template(TEMPLATE)
            llm = modal_at(emulator.url)
            chain = prompt | llm
            self.assertEqual(chain.invoke({"question": QUESTION}), PROMPT + " The Dallas Cowboys.")

            exchange = emulator.only_exchange()
            self.assertEqual(exchange["request"]["method"], "POST")
            self.assertEqual(json.loads(exchange["request"]["body"]["text"]), {"prompt": PROMPT})
            self.assertEqual(exchange["request"]["prompt"], PROMPT)
            self.assertEqual(exchange["diagnosis"]["verdict"], "fine")

    def test_the_pages_dummy_crashes_the_pages_client(self):
        with Emulator() as emulator:
            chain = PromptTemplate.from_template(TEMPLATE) | modal_at(emulator.url)
            with self.assertRaises(UnboundLocalError):
                chain.invoke({"question": QUESTION})

            exchange = emulator.only_exchange()
            self.assertEqual(exchange["outcome"]["body"]["text"], '{"prompt":"hello world"}')
            self.assertEqual(exchange["diagnosis"]["exception"], "UnboundLocalError")
            self.assertIn("--answer echo", exchange["diagnosis"]["hint"])

    def test_faker_gives_the_chain_the_same_answer_again(self):
        answers = []
        for _ in range(2):
            with Emulator("--answer", "faker", "--seed", "page") as emulator:
                chain = PromptTemplate.from_template(TEMPLATE) | modal_at(emulator.url)
                answers.append(chain.invoke({"question": QUESTION}))
                self.assertEqual(emulator.only_exchange()["diagnosis"]["verdict"], "fine")
        self.assertEqual(answers[0], answers[1])
        self.assertTrue(answers[0].startswith(PROMPT))
        self.assertGreater(len(answers[0]), len(PROMPT))


class ConstructorTest(unittest.TestCase):
    def test_the_pages_constructor_sends_nothing(self):
        with Emulator("--answer", "echo") as emulator:
            with self.assertLogs("langchain_community.llms.modal", "WARNING"):
                broken = Modal(endpoint_url=emulator.url)
            outcome = outcome_of(lambda: broken.invoke(PROMPT))
            self.assertEqual(outcome.get("exception"), "requests.exceptions.MissingSchema")
            self.assertEqual(emulator.journal()["total"], 0)

            # The journal would have seen it: the same prompt arrives from a client that works.
            modal_at(emulator.url).invoke(PROMPT)
            self.assertEqual(emulator.only_exchange()["request"]["prompt"], PROMPT)


class ArrivalTest(unittest.TestCase):
    def test_every_call_arrives_with_its_own_answer(self):
        prompts = [f"Question {number}?" for number in range(40)]
        with Emulator("--answer", "echo", "--completion", "!") as emulator:
            llm = modal_at(emulator.url)

            async def ask_all():
                return await asyncio.gather(*(llm.ainvoke(prompt) for prompt in prompts))

            self.assertEqual(asyncio.run(ask_all()), [prompt + "!" for prompt in prompts])
            self.assertEqual(llm.batch(prompts[:5]), [prompt + "!" for prompt in prompts[:5]])

            journal = emulator.journal(arrived=45)
            self.assertEqual(journal["total"], 45)
            arrived = [exchange["request"]["prompt"] for exchange in journal["requests"]]
            self.assertCountEqual(arrived, prompts + prompts[:5])
            self.assertEqual(
                [exchange["ordinal"] for exchange in journal["requests"]], list(range(1, 46))
            )

    def test_a_retry_is_an_exchange_of_its_own(self):
        with Emulator() as emulator:
            llm = modal_at(emulator.url).with_retry(wait_exponential_jitter=False)
            outcome = outcome_of(lambda: llm.invoke(PROMPT))
            journal = emulator.journal(arrived=3)
            self.assertEqual(journal["total"], 3)
            for exchange in journal["requests"]:
                assert_same(self, outcome, predicted(exchange["diagnosis"]))
