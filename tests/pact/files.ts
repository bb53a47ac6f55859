import { join } from 'node:path';
import { PROVIDER_NAME } from '../../src/contract/pact.ts';

const PROJECT = join(import.meta.dirname, '..', '..');

/** The pacts that are committed: what every provider is held to. */
export const COMMITTED_FOLDER = join(PROJECT, 'pacts');

/** Where the consumer tests write. */
export const RECORDED_FOLDER = join(PROJECT, '.cache', 'pacts');

/** The folder within both for the interactions that need a provider state. */
export const STATES_FOLDER = 'with-states';

/** A consumer that writes a pact. */
export interface Consumer {
  readonly name: string;
  readonly needsStates: boolean;
  /** The suite of tests/python whose packages it needs; null for none. */
  readonly suite: 'newest' | 'before-0.3' | null;
  /** Exactly so many: a writer that loses one says nothing. */
  readonly interactions: number;
}

/** Everybody who writes a pact. */
export const CONSUMERS = [
  { name: 'prompt-client', needsStates: false, suite: null, interactions: 9 },
  { name: 'prompt-client-with-states', needsStates: true, suite: null, interactions: 6 },
  ...(['newest', 'before-0.3'] as const).flatMap((suite) => {
    const name = suite === 'newest' ? 'langchain-community' : `langchain-community-${suite}`;
    return [
      { name, needsStates: false, suite, interactions: 7 },
      { name: `${name}-with-states`, needsStates: true, suite, interactions: 6 },
    ] as const;
  }),
] as const satisfies readonly Consumer[];

/** The name of a consumer. */
export type ConsumerName = (typeof CONSUMERS)[number]['name'];

/** The consumer with a name. */
export function consumerNamed(name: ConsumerName): Consumer {
  const consumer = CONSUMERS.find((one) => one.name === name);
  if (consumer === undefined) throw new Error(`no consumer is called "${name}"`);
  return consumer;
}

/** The folder of a consumer's pact, within one of the two above. */
export function folderOf({ needsStates }: Consumer): string {
  return needsStates ? STATES_FOLDER : '.';
}

/** The path of a consumer's pact, within one of the two above. */
export function pathOf(consumer: Consumer): string {
  // Pact makes the name of the file.
  return join(folderOf(consumer), `${consumer.name}-${PROVIDER_NAME}.json`);
}
