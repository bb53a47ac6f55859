import type { HeaderList } from '../../scenarios/outcome.ts';
import { JsonDecodeError, JsonDepthError, JsonIntError } from '../python/json-errors.ts';
import type { PyValue } from '../python/value.ts';
import { ContentDecodingError, decodeContent, OutputLimitError } from './content-encoding.ts';
import { diagnoseValue } from './diagnose-value.ts';
import type { Diagnosis } from './diagnosis.ts';
import { explainNotJson } from './explain-not-json.ts';
import { diagnoseHeaders } from './header-limits.ts';
import { containerAtDepth, digitsOfHugeInt } from './json-limits.ts';
import { diagnoseRedirect } from './redirect.ts';
import { DEPTH_MAX, jsonText, readJsonText } from './response-json.ts';
import { fails, fine } from './verdicts.ts';

export { diagnoseText } from './diagnose-text.ts';
export { diagnoseAbandoned } from './verdicts.ts';

/** A complete HTTP answer. */
export interface CompleteAnswer {
  readonly status: number;
  readonly headers: HeaderList;
  readonly body: Uint8Array | string;
}

/**
 * What `Modal.invoke(prompt)` of the newest langchain-community does with an answer. It repeats
 * what the class and the libraries under it do, step by step, as of langchain-community 0.4.2,
 * requests 2.34.2 and urllib3 2.8.0 on CPython 3.11; see langchain-answers.json in tests/.
 */
export function diagnose(answer: CompleteAnswer, prompt: string): Diagnosis {
  const { status, headers } = answer;
  const early = diagnoseHeaders(headers) ?? diagnoseRedirect(status, headers);
  if (early !== null) return early;
  try {
    const body = decodeContent(headers, bodyOf(answer));
    return diagnoseBody(status, jsonText(headers, body), prompt);
  } catch (error) {
    if (error instanceof OutputLimitError)
      return fine(`Not examined: it unpacks to ${error.message}.`);
    if (!(error instanceof ContentDecodingError)) throw error;
    return fails({
      exception: 'requests.exceptions.ContentDecodingError',
      message: error.message,
      because: 'The body is not what its Content-Encoding says.',
      hint: 'Answer without Content-Encoding, or compress the body.',
    });
  }
}

const EMPTY = new Uint8Array(0);

/** These statuses have no body, whatever was sent behind the head. */
function bodyOf({ status, body }: CompleteAnswer): Uint8Array {
  if (status < 200 || status === 204 || status === 304) return EMPTY;
  return typeof body === 'string' ? new TextEncoder().encode(body) : body;
}

function diagnoseBody(status: number, text: string, prompt: string): Diagnosis {
  let value: PyValue;
  try {
    value = readJsonText(text);
  } catch (error) {
    return diagnoseUnreadable(status, text, error);
  }
  const diagnosis = diagnoseValue(status, value, prompt);
  if (diagnosis.verdict === 'fails' || status < 400) return diagnosis;
  return fine(
    `The answer repeats the prompt, and the class does not look at the status: it takes this ${status} for a success.`,
  );
}

function diagnoseUnreadable(status: number, text: string, error: unknown): Diagnosis {
  if (error instanceof JsonDecodeError) {
    return fails({
      exception: 'requests.exceptions.JSONDecodeError',
      message: error.message,
      ...explainNotJson(status, text),
    });
  }
  if (error instanceof JsonDepthError) {
    const container = containerAtDepth(text, DEPTH_MAX);
    return fails({
      exception: 'RecursionError',
      message: `maximum recursion depth exceeded while decoding a JSON ${container} from a unicode string`,
      because: `The answer is nested deeper than Python reads: about ${DEPTH_MAX} levels.`,
      hint: 'Answer a flat object.',
    });
  }
  if (!(error instanceof JsonIntError)) throw error;
  return fails({
    exception: 'ValueError',
    message: `Exceeds the limit (4300 digits) for integer string conversion: value has ${digitsOfHugeInt(text)} digits; use sys.set_int_max_str_digits() to increase the limit`,
    because: 'The answer holds an integer of more than 4300 digits, which Python refuses.',
    hint: 'Answer shorter numbers, or write them as strings.',
  });
}
