import type { WireEnd } from '../../scenarios/outcome.ts';
import type { Diagnosis } from './diagnosis.ts';
import { fails } from './verdicts.ts';

/** Nothing comes any more, and nothing ends. */
export const SILENCE: Diagnosis = Object.freeze({
  verdict: 'fails',
  exception: null,
  message: null,
  because:
    "The connection stays open and nothing more comes. LangChain's Modal class sets no timeout: it raises nothing and waits for ever.",
  hint: 'Limit the time around the call, in a thread or a process that can be given up; asyncio.wait_for gives up the result, but not the thread.',
});

/** The connection was of no use before there was a head. */
export function aborted(error: string, bytes: Uint8Array): Diagnosis {
  const isNothing = bytes.length === 0;
  return fails({
    exception: 'requests.exceptions.ConnectionError',
    message: `('Connection aborted.', ${error})`,
    because: /^(?:BadStatusLine|UnknownProtocol)/.test(error)
      ? 'What came is no HTTP answer: it does not begin with a status line.'
      : `The connection ended before ${isNothing ? 'anything came' : 'the head of an answer was whole'}.`,
    hint: 'Try again: with_retry(retry_if_exception_type=(requests.RequestException,)) does. The call may have been made and paid for.',
  });
}

/** The connection broke off in the body. */
export function broken(message: string, end: WireEnd): Diagnosis {
  const how = end === 'reset' ? 'was reset in the middle of' : 'ended, or broke its rules, in';
  return fails({
    exception: 'requests.exceptions.ChunkedEncodingError',
    message,
    because: `The connection ${how} the body. urllib3 before 2.0 would take a body that is too short for whole.`,
    hint: 'Try again: with_retry(retry_if_exception_type=(requests.RequestException,)) does. The call was made and may have been paid for.',
  });
}

/** Two lengths of one body. */
export function invalidHeader(message: string): Diagnosis {
  return fails({
    exception: 'requests.exceptions.InvalidHeader',
    message,
    because: 'The answer says twice how long its body is, and not the same.',
    hint: 'Answer with one Content-Length.',
  });
}
