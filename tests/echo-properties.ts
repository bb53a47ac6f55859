import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { validationErrorSchema } from '../src/contract/failures.ts';
import { promptAnswerSchema, repeatsPrompt } from '../src/contract/prompt.ts';
import { STACKS, type StackName } from '../src/emulator/function/stacks.ts';

/** Posts a body of type JSON to an endpoint that repeats the prompt. */
export type PostJson = (body: Uint8Array<ArrayBuffer>) => Promise<PostAnswer>;

/** What came back. */
export interface PostAnswer {
  readonly status: number;
  readonly contentType: string | null;
  readonly text: string;
}

/** What people type, every code point there is, and halves of characters that are none. */
const anyText = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.string({ unit: 'binary' }),
  fc
    .array(fc.integer({ min: 0, max: 0xff_ff }), { maxLength: 20 })
    .map((units) => String.fromCharCode(...units)),
);

const anyExtras = fc
  .dictionary(fc.string({ unit: 'grapheme' }), fc.jsonValue({ maxDepth: 4 }), { maxKeys: 6 })
  .map(({ prompt: _, ...extras }) => extras);

/** JSON whose bytes were damaged here and there, and bytes that never were JSON. */
const anyBytes = fc.oneof(
  fc.uint8Array({ maxLength: 200 }),
  fc
    .tuple(
      fc.record({ prompt: fc.oneof(anyText, fc.jsonValue()), more: fc.jsonValue() }),
      fc.array(fc.tuple(fc.nat(), fc.nat({ max: 255 })), { minLength: 1, maxLength: 4 }),
    )
    .map(([value, damages]) => {
      const bytes = encode(value);
      for (const [at, byte] of damages) bytes[at % bytes.length] = byte;
      return bytes;
    }),
);

/** NaN, infinity (as a word, or a number too large for a float), half a character. */
const UNSAYABLE = /NaN|Infinity|\\[uU][dD]|[eE]\+?[0-9]{3}|\xed[\xa0-\xbf]/;

/**
 * Whether something in it may be what Python reads and cannot write: it answers 500 then, and so
 * does the emulator. UTF-16 and UTF-32, which Python knows by the first bytes, may hold anything.
 */
function mayBeUnsayable(bytes: Uint8Array): boolean {
  const isWide = bytes.subarray(0, 4).includes(0) || (bytes[0] ?? 0) >= 0xfe;
  return isWide || UNSAYABLE.test(new TextDecoder('latin1').decode(bytes));
}

const JSON_TYPE = 'application/json';
const CRASH: PostAnswer = {
  status: 500,
  contentType: 'text/plain; charset=utf-8',
  text: 'Internal Server Error',
};

function encode(value: unknown): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(JSON.stringify(value));
}

/** The properties that no example can show, of an endpoint that answers as a stack does. */
export function describeEchoProperties(
  stack: StackName,
  post: () => PostJson,
  { runs }: { readonly runs: number },
): void {
  // A failure prints its seed, its path and the smallest example.
  const parameters = {
    numRuns: runs,
    interruptAfterTimeLimit: 15_000,
    markInterruptAsFailure: true,
  };

  describe(`${stack}, whatever is asked`, () => {
    test('a prompt is answered with a text that has the prompt in it', async () => {
      const property = fc.asyncProperty(anyText, anyExtras, async (prompt, extras) => {
        const answer = await post()(encode({ prompt, ...extras }));
        if (!prompt.isWellFormed()) {
          expect(answer).toEqual(CRASH);
          return;
        }
        expect(answer).toMatchObject({ status: 200, contentType: JSON_TYPE });
        const { prompt: text } = promptAnswerSchema.parse(JSON.parse(answer.text));
        expect(repeatsPrompt(text, prompt)).toBe(true);
      });
      await fc.assert(property, parameters);
    });

    test('a prompt that is no string is refused', async () => {
      // Pydantic 1 makes strings of numbers, and of true and false.
      const isWrong = (value: unknown) =>
        STACKS[stack].traits.validation === 'pydantic-1'
          ? typeof value === 'object'
          : typeof value !== 'string';
      const wrongPrompt = fc.jsonValue({ maxDepth: 4 }).filter(isWrong);
      const property = fc.asyncProperty(wrongPrompt, anyExtras, async (prompt, extras) => {
        const answer = await post()(encode({ prompt, ...extras }));
        expect(answer).toMatchObject({ status: 422, contentType: JSON_TYPE });
        const { detail } = validationErrorSchema.parse(JSON.parse(answer.text));
        expect(detail[0]?.loc).toEqual(['body', 'prompt']);
      });
      await fc.assert(property, parameters);
    });

    test('any bytes are answered in JSON, and without a crash', async () => {
      const property = fc.asyncProperty(anyBytes, async (bytes) => {
        const answer = await post()(bytes);
        if (answer.status === 500 && mayBeUnsayable(bytes)) {
          expect(answer).toEqual(CRASH);
          return;
        }
        expect(answer.status).toBeLessThan(500);
        expect(answer.contentType).toBe(JSON_TYPE);
        JSON.parse(answer.text);
      });
      await fc.assert(property, parameters);
    });
  });
}
