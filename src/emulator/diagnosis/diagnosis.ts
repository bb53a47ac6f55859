/**
 * What LangChain's `Modal` class (langchain-community) would make of an answer.
 * Source: facts/langchain-client.md section (b), and langchain-answers.json.
 */
export interface Diagnosis {
  /** `fine`: `invoke` returns a text. `fails`: it raises. */
  readonly verdict: 'fine' | 'fails';
  /** The exception's name as Python prints it, such as `UnboundLocalError`; null when fine. */
  readonly exception: string | null;
  /** The exception's message; null when fine. */
  readonly message: string | null;
  /** Why, in one sentence, in terms of the answer. */
  readonly because: string;
  /** What to do about it; null when fine. */
  readonly hint: string | null;
}
