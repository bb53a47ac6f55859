import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { PROVIDER_NAME } from '../../../src/contract/pact.ts';
import { COMMITTED_FOLDER, CONSUMERS, type Consumer, pathOf, RECORDED_FOLDER } from '../files.ts';
import { isRunnable } from '../langchain/pythons.ts';

const pactSchema = z.looseObject({
  consumer: z.object({ name: z.string() }),
  provider: z.object({ name: z.string() }),
  interactions: z.array(
    z.looseObject({
      description: z.string(),
      providerStates: z.array(z.object({ name: z.string() })).default([]),
      request: z.looseObject({ body: z.object({ content: z.unknown() }).optional() }),
    }),
  ),
  metadata: z.looseObject({ pactSpecification: z.object({ version: z.string() }) }),
});

const read = (folder: string, path: string) => readFileSync(join(folder, path), 'utf8');

const readPact = (consumer: Consumer) =>
  pactSchema.parse(JSON.parse(read(COMMITTED_FOLDER, pathOf(consumer))));

const pathsIn = (folder: string) => globSync('**/*.json', { cwd: folder }).sort();

describe('what the consumers have recorded', () => {
  const recorded = CONSUMERS.filter(isRunnable);

  test('is in the files that are named, and no others', () => {
    expect(pathsIn(RECORDED_FOLDER)).toEqual(recorded.map(pathOf).sort());
  });

  test.each(recorded)('$name: is what is committed, byte for byte', (consumer) => {
    const path = pathOf(consumer);
    expect(
      read(RECORDED_FOLDER, path),
      `pacts/${path} is not what its consumer records now. When that is meant, "npm run pacts" ` +
        'writes it anew: review the difference as a change of the contract, and commit it.',
    ).toBe(read(COMMITTED_FOLDER, path));
  });
});

describe('the committed pacts', () => {
  test('are those of the consumers that are named, and no others', () => {
    expect(pathsIn(COMMITTED_FOLDER)).toEqual(CONSUMERS.map(pathOf).sort());
  });

  test.each(CONSUMERS)('$name: has exactly $interactions interactions', (consumer) => {
    const pact = readPact(consumer);
    expect(pact.consumer.name).toBe(consumer.name);
    expect(pact.provider.name).toBe(PROVIDER_NAME);
    expect(pact.metadata.pactSpecification.version).toBe('4.0');
    expect(pact.interactions).toHaveLength(consumer.interactions);
  });

  test.each(CONSUMERS)('$name: no two interactions have the same name', (consumer) => {
    // Pact keeps the last one of them and says nothing.
    const names = readPact(consumer).interactions.map(({ description, providerStates }) =>
      JSON.stringify([description, ...providerStates.map(({ name }) => name)]),
    );
    expect(new Set(names).size).toBe(names.length);
  });

  test.each(CONSUMERS)('$name: has states where it says so', (consumer) => {
    for (const { providerStates } of readPact(consumer).interactions) {
      expect(providerStates).toHaveLength(consumer.needsStates ? 1 : 0);
    }
  });

  test.each(CONSUMERS.filter(({ suite }) => suite !== null))(
    '$name: sends no stop words',
    (consumer) => {
      for (const { request } of readPact(consumer).interactions) {
        expect(request.body?.content).toHaveProperty('prompt');
        expect(request.body?.content).not.toHaveProperty('stop');
      }
    },
  );
});
