import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as comparison from '@pactflow/openapi-pact-comparator';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { STACK_NAMES, type StackName } from '../../../src/emulator/index.ts';
import { COMMITTED_FOLDER, CONSUMERS, type Consumer, pathOf } from '../files.ts';

/** Part of the package; its declarations name their files so that TypeScript does not find them. */
interface Comparison {
  readonly Comparator: new (documents: {
    readonly oas: unknown;
  }) => {
    compare(pact: unknown): AsyncIterable<{
      readonly code: string;
      readonly mockDetails?: { readonly interactionDescription: string };
    }>;
  };
}

// Sound: the tests below read everything of it that is named above.
const { Comparator } = comparison as unknown as Comparison;

const DOCUMENTS = join(import.meta.dirname, '..', '..', 'docs-openapi');

const capturedSchema = z.array(z.looseObject({ openapi: z.string() })).min(1);

/** What FastAPI itself published for the function of the contract, the first of the captures. */
function publishedBy(stack: StackName) {
  const file = readFileSync(join(DOCUMENTS, `${stack}.json`), 'utf8');
  const [first] = capturedSchema.parse(JSON.parse(file));
  return JSON.parse(first?.openapi ?? '');
}

const readPact = (consumer: Consumer) =>
  JSON.parse(readFileSync(join(COMMITTED_FOLDER, pathOf(consumer)), 'utf8'));

interface Difference {
  readonly code: string;
  readonly interaction: string | undefined;
}

/** In what a pact and a document do not go together. */
async function differences(oas: unknown, pact: unknown): Promise<readonly Difference[]> {
  const found: Difference[] = [];
  for await (const { code, mockDetails } of new Comparator({ oas }).compare(pact)) {
    found.push({ code, interaction: mockDetails?.interactionDescription });
  }
  return found;
}

/** What FastAPI answers where the function is not reached stands in no document. */
const UNPUBLISHED: readonly Difference[] = [
  { code: 'request.path-or-method.unknown', interaction: 'a prompt by GET' },
  { code: 'request.path-or-method.unknown', interaction: 'a prompt to another path' },
];

describe.each(STACK_NAMES)('the document of %s', (stack) => {
  test.each(CONSUMERS.filter(({ needsStates }) => !needsStates))(
    'goes together with the pact of $name',
    async (consumer) => {
      const found = await differences(publishedBy(stack), readPact(consumer));
      expect(found).toEqual(consumer.name === 'prompt-client' ? UNPUBLISHED : []);
    },
  );
});

describe('a pact that the document contradicts is found', () => {
  const [promptClient] = CONSUMERS;

  /** The committed pact with one interaction changed. */
  function changed(description: string, change: (interaction: PactInteraction) => void) {
    const pact = readPact(promptClient);
    const interaction = pact.interactions.find(
      (one: PactInteraction) => one.description === description,
    );
    change(interaction);
    return pact;
  }

  interface PactInteraction {
    readonly description: string;
    readonly request: { readonly body: { content: unknown } };
    readonly response: { readonly body: { content: unknown } };
  }

  test.each([
    ['a prompt', 'request.body.incompatible', { question: 'Why?' }],
    ['a prompt', 'request.body.incompatible', { prompt: 5 }],
  ])('%s: %s: %j', async (interaction, code, content) => {
    const pact = changed(interaction, ({ request: { body } }) => {
      body.content = content;
    });
    const found = await differences(publishedBy('fastapi-0.143'), pact);
    expect(found).toContainEqual({ code, interaction });
  });

  test('a refusal that says it in a text', async () => {
    const interaction = 'a request without a prompt';
    const pact = changed(interaction, ({ response: { body } }) => {
      body.content = { detail: 'there is no prompt' };
    });
    const found = await differences(publishedBy('fastapi-0.143'), pact);
    expect(found).toContainEqual({ code: 'response.body.incompatible', interaction });
  });
});
