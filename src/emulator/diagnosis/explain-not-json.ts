import type { Failure } from './verdicts.ts';

const HINT = 'Answer one JSON object with the key "prompt", and nothing else.';

/** Says what an answer is that is not JSON. */
export function explainNotJson(status: number, text: string): Pick<Failure, 'because' | 'hint'> {
  if (text.startsWith('\ufeff')) {
    return {
      because: 'The answer begins with a byte order mark, which Python does not skip.',
      hint: 'Write UTF-8 without a byte order mark.',
    };
  }
  const start = text.trimStart().slice(0, 100).toLowerCase();
  if (start === '') return { because: `The answer has no body (status ${status}).`, hint: HINT };
  if (start.startsWith('internal server error') && status === 500) {
    return {
      because: 'The function raised an exception, and FastAPI answered a bare text.',
      hint: "Look for the exception in the function's log. The class sees JSONDecodeError, never the 500.",
    };
  }
  if (start.startsWith('modal-http:') && status === 413) {
    return {
      because:
        "The request's body is over the limit: it was answered before the function was asked.",
      hint: 'Send less, or raise the limit: --body-max-bytes.',
    };
  }
  if (start.startsWith('modal-http:')) {
    return {
      because: "Modal's edge answered, not the function: a text that is not JSON.",
      hint: 'Check the URL and whether the app runs.',
    };
  }
  if (/^(?:data|event|id|retry)?:/.test(start)) {
    return {
      because: "The answer is a stream of events, and LangChain's Modal class reads no streams.",
      hint: 'Answer one JSON object; stream only to clients of your own.',
    };
  }
  if (start.startsWith('<')) {
    return { because: `The answer is a page of HTML (status ${status}).`, hint: HINT };
  }
  return { because: 'The answer is not JSON that Python reads.', hint: HINT };
}
