"""What the suites with LangChain's real client share."""
