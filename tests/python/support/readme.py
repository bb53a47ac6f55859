"""The Python code blocks of the README and the guides, with the flags and output they state."""

import re
import subprocess
import sys

from support.emulator import PROJECT, Emulator

# The URL of the page.
PAGE_URL = "http://127.0.0.1:8000"

BLOCK = re.compile(
    r"^<!-- check: python (?P<suite>\S+)(?P<flags>(?: \S+)*) -->\n"
    r"```python\n(?P<program>.*?)^```\n"
    r"(?:\n<!-- check: output of python -->\n```text\n(?P<output>.*?)^```\n)?",
    re.MULTILINE | re.DOTALL,
)


def blocks(suite):
    """The blocks that are meant for a suite, as flags, program and output (None when not shown)."""
    pages = [PROJECT / "README.md", *sorted((PROJECT / "docs").glob("*.md"))]
    matches = [one for page in pages for one in BLOCK.finditer(page.read_text(encoding="utf-8"))]
    found = [match for match in matches if match["suite"] == suite]
    return [(match["flags"].split(), match["program"], match["output"]) for match in found]


def check(case, suite):
    """Runs every block of a suite as it stands, but for the port."""
    found = blocks(suite)
    case.assertTrue(found, f"no page has a Python block for {suite}")
    for flags, program, output in found:
        with case.subTest(program=program), Emulator(*flags) as emulator:
            case.assertIn(PAGE_URL, program)
            done = subprocess.run(
                [sys.executable, "-W", "ignore", "-c", program.replace(PAGE_URL, emulator.url)],
                capture_output=True,
                text=True,
                timeout=120,
            )
            case.assertEqual(done.returncode, 0, done.stderr)
            exchange = emulator.only_exchange()
            case.assertEqual(exchange["diagnosis"]["verdict"], "fine")
            case.assertIn(exchange["request"]["prompt"], done.stdout)
            if output is not None:
                case.assertEqual(done.stdout, output)
