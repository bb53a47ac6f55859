import type { FunctionDefinition, Handler } from '../../contract/function.ts';
import type { Reply } from '../../scenarios/outcome.ts';
import type { AnswerContext, AnswerSource, Question } from '../answers/source.ts';
import { phraseOf } from '../python/http-phrases.ts';
import { JsonWriteError, writeString } from '../python/json-write.ts';
import type { PyDict } from '../python/value.ts';
import { toPyValue } from './defaults.ts';
import { detailReply, INTERNAL_SERVER_ERROR, jsonReply } from './replies.ts';
import type { Stack } from './stacks.ts';

/** What the function's own code did with valid arguments. */
export interface Handled {
  readonly reply: Reply;
  /** The text of a plain answer, as it stands under the answer's key. */
  readonly text: string | null;
}

/** What a handler needs beside its arguments. */
export interface HandlerTools {
  readonly stack: Stack;
  readonly answers: AnswerSource;
  readonly context: AnswerContext;
  /** Told why the function crashed: what Modal would show in its log only. */
  onCrash(reason: string): void;
}

/** Makes the code behind the endpoint from its description. */
export function createHandler(
  definition: FunctionDefinition,
  tools: HandlerTools,
): (values: PyDict) => Handled | Promise<Handled> {
  const { handler, promptField } = definition;
  const crash = (reason: string): Handled => {
    tools.onCrash(reason);
    return { reply: INTERNAL_SERVER_ERROR, text: null };
  };
  if (handler.kind === 'crash') return () => crash(handler.exception);
  if (handler.kind === 'http-exception') {
    const { status, headers } = handler;
    // Starlette puts Python's own words in place of a detail that is None.
    const detail = toPyValue(handler.detail) ?? phraseOf(status, tools.stack.traits);
    if (detail === null) return () => crash(`ValueError: ${status} is not a valid HTTPStatus`);
    const reply = detailReply(status, detail, Object.entries(headers));
    return () => ({ reply, text: null });
  }
  if (handler.kind === 'stream' && handler.events !== undefined) {
    const { events, mediaType } = handler;
    return () => ({ reply: streamReply(mediaType, events), text: null });
  }
  const render =
    handler.kind === 'stream' ? createStreamer(handler) : createAnswerWriter(handler.key);

  return (values) => {
    const prompt = values.get(promptField);
    if (typeof prompt !== 'string' && tools.answers.needsPrompt) {
      return crash(`KeyError: '${promptField}'`);
    }
    const question: Question = {
      prompt: typeof prompt === 'string' ? prompt : '',
      parameters: values,
    };
    try {
      const answer = tools.answers.answer(question, tools.context);
      if (typeof answer === 'string') return render(answer);
      // Another realm's promise, or anything with a `then`, becomes one of this realm's.
      return Promise.resolve(answer)
        .then(render)
        .catch((error: unknown) => crash(reasonOf(error)));
    } catch (error) {
      return crash(reasonOf(error));
    }
  };
}

/** Writes `{"<key>": text}`, or the bare string for a null key. */
function createAnswerWriter(key: string | null): (text: string) => Handled {
  const before = key === null ? '' : `{${writeString(key)}:`;
  const after = key === null ? '' : '}';
  // A source that always says the same is written once.
  let last: Handled | null = null;
  return (text) => {
    if (last === null || last.text !== text) {
      last = { reply: jsonReply(200, before + writeString(text) + after), text };
    }
    return last;
  };
}

function createStreamer(handler: Extract<Handler, { kind: 'stream' }>): (text: string) => Handled {
  return (text) => {
    // Each word keeps the space before it, so that joined words are the text.
    const words = text.match(/\s*\S+|\s+$/g) ?? [];
    const events = words.map((word) => `data: ${word.replaceAll('\n', '\ndata: ')}\n\n`);
    return { reply: streamReply(handler.mediaType, events), text: null };
  };
}

function streamReply(mediaType: string, events: readonly string[]): Reply {
  const isText = mediaType.startsWith('text/') && !mediaType.includes('charset=');
  const contentType = isText ? `${mediaType}; charset=utf-8` : mediaType;
  return { status: 200, headers: [['content-type', contentType]], body: streamOf(events) };
}

async function* streamOf(events: readonly string[]): AsyncGenerator<string> {
  yield* events;
}

function reasonOf(error: unknown): string {
  if (error instanceof JsonWriteError) return `UnicodeEncodeError: ${error.message}`;
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}
