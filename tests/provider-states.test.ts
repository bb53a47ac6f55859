import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { PROVIDER_STATE_NAMES } from '../src/contract/provider-states.ts';
import { STATE_CHANGES } from '../src/emulator/provider-states.ts';

const FOLDER = join(import.meta.dirname, '..', 'pacts', 'with-states');

const pactSchema = z.looseObject({
  interactions: z.array(
    z.looseObject({ providerStates: z.array(z.object({ name: z.string() })).default([]) }),
  ),
});

/** The states that a pact needs, once each. */
function statesIn(file: string): readonly string[] {
  const { interactions } = pactSchema.parse(JSON.parse(readFileSync(join(FOLDER, file), 'utf8')));
  const names = interactions.flatMap(({ providerStates }) => providerStates);
  return [...new Set(names.map(({ name }) => name))].sort();
}

const names = [...PROVIDER_STATE_NAMES].sort();
const files = globSync('*.json', { cwd: FOLDER }).sort();

describe('the provider states are called the same', () => {
  test('by the contract and by the emulator', () => {
    expect(Object.keys(STATE_CHANGES).sort()).toEqual(names);
  });

  test('and there are pacts that need them', () => {
    expect(files).not.toEqual([]);
  });

  test.each(files)('by the contract and by %s, all of them', (file) => {
    expect(statesIn(file)).toEqual(names);
  });
});
