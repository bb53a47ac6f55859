import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { CONTRACT_EXAMPLES } from '../src/contract/examples.ts';
import {
  FUNCTION_FAILURES,
  httpExceptionSchema,
  validationErrorSchema,
} from '../src/contract/failures.ts';
import { templateOf } from '../src/contract/matching.ts';
import { interactionOf, PROVIDER_NAME } from '../src/contract/pact.ts';

const [refused, method] = FUNCTION_FAILURES;

describe('a template says what the schema says', () => {
  test('of a refusal: where, and that there are words', () => {
    expect(templateOf(validationErrorSchema, refused.example)).toEqual({
      kind: 'object',
      keys: {
        detail: {
          kind: 'each',
          item: {
            kind: 'object',
            keys: {
              loc: { kind: 'each', item: { kind: 'scalar', example: 'body' } },
              msg: { kind: 'type', example: 'Field required' },
              type: { kind: 'type', example: 'missing' },
            },
          },
        },
      },
    });
  });

  test('of an exception: the type of the example, where the schema allows any', () => {
    const template = (detail: unknown) => templateOf(httpExceptionSchema, { detail });
    const keys = (detail: object) => ({ kind: 'object', keys: { detail } });
    expect(template(method.example.detail)).toEqual(
      keys({ kind: 'type', example: 'Method Not Allowed' }),
    );
    expect(template({ code: 7 })).toEqual(keys({ kind: 'type', example: { code: 7 } }));
  });

  test('and an example that is none is refused', () => {
    expect(() => templateOf(validationErrorSchema, { detail: 'x' })).toThrow(z.ZodError);
  });
});

describe('the pact of the typed client is a reading of the contract', () => {
  const file = join(import.meta.dirname, '..', 'pacts', `prompt-client-${PROVIDER_NAME}.json`);
  const { interactions } = z
    .object({
      interactions: z.array(
        z.looseObject({
          description: z.string(),
          request: z.object({
            method: z.string(),
            path: z.string(),
            body: z.object({ content: z.unknown() }).optional(),
          }),
          response: z.object({ status: z.int() }),
        }),
      ),
    })
    .parse(JSON.parse(readFileSync(file, 'utf8')));

  test('with an interaction for every example, and no other', () => {
    const descriptions = CONTRACT_EXAMPLES.map(({ description }) => description);
    expect(interactions.map(({ description }) => description)).toEqual(descriptions.sort());
  });

  test.each(CONTRACT_EXAMPLES)('$name', (example) => {
    const recorded = interactions.find(({ description }) => description === example.description);
    const { request, response } = interactionOf(example, { needsEcho: false, sendsExactly: false });
    expect(recorded?.request).toMatchObject({ method: request.method, path: request.path });
    expect(recorded?.request.body?.content).toEqual(example.body);
    expect(recorded?.response.status).toBe(response.status);
  });
});
