"""What the suites with LangChain's real client share."""

import os

# A proxy of the machine must not stand between the client and the emulator.
for _name in ("NO_PROXY", "no_proxy"):
    os.environ[_name] = "127.0.0.1,localhost"
