import type { Diagnosis } from './diagnosis.ts';

/** The answer repeats the prompt: `invoke` returns its text. */
export const FINE: Diagnosis = Object.freeze({
  verdict: 'fine',
  exception: null,
  message: null,
  because: 'The answer is a JSON object whose "prompt" repeats the prompt.',
  hint: null,
});

/**
 * The class binds `response_json` only where the answer repeats the prompt, and reads it anyway.
 * Every version of the class has this defect.
 */
export const NO_ECHO: Diagnosis = Object.freeze({
  verdict: 'fails',
  exception: 'UnboundLocalError',
  message: "cannot access local variable 'response_json' where it is not associated with a value",
  because: `The answer does not contain the prompt; LangChain's Modal class crashes on every answer that does not repeat it word for word.`,
  hint: 'Answer with the prompt included: start with --answer echo.',
});

/** What a failing diagnosis says. */
export interface Failure {
  readonly exception: string;
  readonly message: string;
  readonly because: string;
  readonly hint: string;
}

/** A diagnosis of an answer on which `invoke` raises. */
export function fails(failure: Failure): Diagnosis {
  return { verdict: 'fails', ...failure };
}

/** A diagnosis of an answer on which nothing is raised, where there is more to say than `FINE`. */
export function fine(because: string): Diagnosis {
  return { ...FINE, because };
}

/** The answer has no key "prompt". */
export function keyError(explanation: Pick<Failure, 'because' | 'hint'>): Diagnosis {
  return fails({
    exception: 'KeyError',
    message: `"LangChain requires 'prompt' key in response."`,
    ...explanation,
  });
}

/** The answer, or its "prompt", is of a type that Python cannot look into. */
export function typeError(message: string, because: string): Diagnosis {
  return fails({
    exception: 'TypeError',
    message,
    because,
    hint: 'Answer one JSON object whose "prompt" is a string that repeats the prompt.',
  });
}

const ABANDONED: Diagnosis = Object.freeze({
  verdict: 'fails',
  exception: null,
  message: null,
  because:
    "The client left before there was an answer. LangChain's Modal class sets no timeout and would have waited for ever, so its process ended, or something around it lost patience.",
  hint: 'Answer sooner, or give the client more time: httpx, for one, leaves after 5 seconds.',
});

/** The client left first: what it raised, if anything, cannot be known from here. */
export function diagnoseAbandoned(): Diagnosis {
  return ABANDONED;
}
