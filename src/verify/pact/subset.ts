import type { Pact, PactCase } from './pact.ts';

/** A pact with some of the interactions of another one. */
export interface Subset {
  readonly text: string;
  readonly cases: readonly PactCase[];
}

/**
 * Makes a pact for the engine of the chosen interactions of every pact. The consumer is called by
 * its number, since two files may name the same one and the engine's report tells no more of them.
 */
export function subsetsOf(cases: readonly PactCase[]): readonly Subset[] {
  const byPact = new Map<Pact, PactCase[]>();
  for (const one of cases) {
    const group = byPact.get(one.pact);
    if (group === undefined) byPact.set(one.pact, [one]);
    else group.push(one);
  }
  return [...byPact].map(([pact, group], index) => ({
    text: subsetText(pact, group, subsetName(index)),
    cases: group,
  }));
}

/** What the consumer of a subset is called. */
export function subsetName(index: number): string {
  return `consumer-${index}`;
}

function subsetText(pact: Pact, cases: readonly PactCase[], name: string): string {
  const members = [
    `"consumer":{"name":${JSON.stringify(name)}}`,
    `"provider":${pact.providerText}`,
    `"interactions":[${cases.map(({ interaction }) => interaction.text).join(',')}]`,
  ];
  if (pact.metadataText !== null) members.push(`"metadata":${pact.metadataText}`);
  return `{${members.join(',')}}`;
}
