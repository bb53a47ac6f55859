import type { PactCase } from './pact.ts';

/** A pact with a single one of the interactions of another. */
export interface Subset extends PactCase {
  readonly text: string;
}

/**
 * Makes a pact for the engine of every interaction: it is run for one after the other, so that it
 * need not ask an endpoint further that answers nothing. The consumer is called by its number, since
 * two interactions may have the same names and the engine's report tells no more of them.
 */
export function subsetsOf(cases: readonly PactCase[]): readonly Subset[] {
  return cases.map((one, index) => ({ ...one, text: subsetText(one, subsetName(index)) }));
}

/** What the consumer of a subset is called. */
export function subsetName(index: number): string {
  return `consumer-${index}`;
}

function subsetText({ pact, interaction }: PactCase, name: string): string {
  const members = [
    `"consumer":{"name":${JSON.stringify(name)}}`,
    `"provider":${pact.providerText}`,
    `"interactions":[${interaction.text}]`,
  ];
  if (pact.metadataText !== null) members.push(`"metadata":${pact.metadataText}`);
  return `{${members.join(',')}}`;
}
