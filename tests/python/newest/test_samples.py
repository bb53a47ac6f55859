"""What the server prints on start works when pasted."""

import json
import shutil
import subprocess
import sys
import unittest

from support.emulator import Emulator

MODEL = """function:
  body:
    fields: {prompt: str, max_new_tokens: int, names: "list[str]", flag: bool = False}
"""

# Name: flags, config, whether LangChain's class can be used.
SERVERS = {
    "hello": ([], None, True),
    "echo": (["--answer", "echo"], None, True),
    "echo on the oldest stack": (["--answer", "echo", "--stack", "fastapi-0.92"], None, True),
    "faker": (["--answer", "faker", "--seed", "1"], None, True),
    "required fields": (["--answer", "echo"], MODEL, True),
    "any object": (["--answer", "echo"], "function:\n  body: dict\n", True),
    "GET": ([], 'function:\n  method: GET\n  query: {question: str, n: "int"}\n', False),
    "another key": (["--answer-key", "it's"], None, False),
    "faker without echo": (["--answer", "faker", "--no-echo"], None, False),
}


class SamplesTest(unittest.TestCase):
    def check_curl(self, flags, config):
        with Emulator(*flags, config=config) as emulator:
            # --silent only takes away the progress bar.
            line = emulator.ready["curl"].replace("curl ", "curl --silent --show-error ", 1)
            done = subprocess.run(["sh", "-c", line], capture_output=True, text=True, timeout=60)
            self.assertEqual((done.returncode, done.stderr), (0, ""))
            exchange = emulator.only_exchange()
            self.assertEqual(exchange["outcome"]["status"], 200, exchange)
            sent = exchange["outcome"]["body"]["text"]
            self.assertEqual(json.loads(done.stdout), json.loads(sent))

    def check_langchain(self, flags, config, is_usable):
        with Emulator(*flags, config=config) as emulator:
            program = emulator.ready["langchain"]
            if not is_usable:
                self.assertIsNone(program)
                self.assertTrue(emulator.ready["langchainNote"])
                return
            done = subprocess.run(
                [sys.executable, "-c", program], capture_output=True, text=True, timeout=120
            )
            self.assertEqual(done.returncode, 0, done.stderr)
            exchange = emulator.only_exchange()
            self.assertEqual(exchange["diagnosis"]["verdict"], "fine")
            answer = json.loads(exchange["outcome"]["body"]["text"])["prompt"]
            self.assertEqual(done.stdout, f"{answer}\n")
            self.assertIn(exchange["request"]["prompt"], answer)


def add_tests():
    can_paste = shutil.which("curl") is not None and shutil.which("sh") is not None
    for name, (flags, config, is_usable) in SERVERS.items():
        curl = lambda self, f=flags, c=config: self.check_curl(f, c)  # noqa: E731
        skip = unittest.skipUnless(can_paste, "there is no curl on this machine")
        setattr(SamplesTest, f"test curl, {name}", skip(curl))
        row = (flags, config, is_usable)
        langchain = lambda self, row=row: self.check_langchain(*row)  # noqa: E731
        setattr(SamplesTest, f"test langchain, {name}", langchain)


add_tests()
