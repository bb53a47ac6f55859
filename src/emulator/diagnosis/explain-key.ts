import { isDict, isList, type PyDict, type PyValue } from '../python/value.ts';
import { explainRefusal } from './explain-refusal.ts';
import type { Failure } from './verdicts.ts';

type Explanation = Pick<Failure, 'because' | 'hint'>;

const KEYS_SHOWN_MAX = 5;

/** Says why an answer lacks the key "prompt": another key, a refused request, an exception. */
export function explainMissingKey(status: number, answer: PyDict): Explanation {
  const detail = answer.get('detail');
  if (detail !== undefined && status >= 400) return explainDetail(status, detail);
  if (answer.size === 0) {
    return {
      because: 'The answer is an empty object.',
      hint: 'Answer under the key "prompt", the only one that the class reads.',
    };
  }
  const key = [...answer].find(([, value]) => typeof value === 'string')?.[0];
  const keys = [...answer.keys()].slice(0, KEYS_SHOWN_MAX).map((name) => JSON.stringify(name));
  const more = answer.size > KEYS_SHOWN_MAX ? ', …' : '';
  return {
    because: `The answer has no key "prompt"; it has ${keys.join(', ')}${more}. LangChain's Modal class reads "prompt" only.`,
    hint:
      key === undefined
        ? 'Answer under the key "prompt": start with --answer-key prompt.'
        : `Answer under the key "prompt" (start with --answer-key prompt), or subclass the client so that it reads ${JSON.stringify(key)}.`,
  };
}

/** FastAPI's own answers hold one key, `detail`. */
function explainDetail(status: number, detail: PyValue): Explanation {
  if (isList(detail) && detail.some(isDict)) {
    return {
      because: `The function refused the request with ${status} and answered its "detail" instead of a "prompt".`,
      hint: explainRefusal(detail.filter(isDict)),
    };
  }
  const text = typeof detail === 'string' ? detail : null;
  if (status === 405 && text === 'Method Not Allowed') {
    return {
      because: 'The function does not take POST, the only method of the class.',
      hint: "Give the function the method POST, or call it without LangChain's Modal class.",
    };
  }
  if (status === 404 && text === 'Not Found') {
    return {
      because: 'There is nothing under this path: a Modal web endpoint has one route, "/".',
      hint: 'Set endpoint_url to the URL of the endpoint without a path.',
    };
  }
  if (status === 400 && text === 'There was an error parsing the body') {
    return {
      because: 'The function could not decode the body of the request.',
      hint: 'Send the body as UTF-8.',
    };
  }
  const what = text === null ? '' : ` (${JSON.stringify(text)})`;
  return {
    because: `The function raised an HTTPException: status ${status}${what}, and a "detail" instead of a "prompt".`,
    hint: 'The class looks at neither status nor Retry-After: catch KeyError, and retry on it if the failure passes.',
  };
}
