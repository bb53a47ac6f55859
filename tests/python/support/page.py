"""The example of LangChain's page on Modal."""

TEMPLATE = """Question: {question}

Answer: Let's think step by step."""

QUESTION = "What NFL team won the Super Bowl in the year Justin Beiber was born?"

# What the template makes of the question.
PROMPT = (
    "Question: What NFL team won the Super Bowl in the year Justin Beiber was born?\n\n"
    "Answer: Let's think step by step."
)
