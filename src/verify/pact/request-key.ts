import { compactJson, memberTexts } from './json-slices.ts';
import type { PactCase } from './pact.ts';

/** What names an interaction or tells of it, and changes nothing about its verification. */
const NAMES = new Set(['description', 'key', 'comments', 'interactionMarkup']);

/**
 * What interactions have in common that one request verifies: what is asked, what is expected, the
 * states, and the version of the specification, by which all of that is read.
 */
export function requestKey({ pact, interaction }: PactCase): string {
  const members = [...memberTexts(interaction.text)]
    .filter(([name]) => !NAMES.has(name))
    .map(([name, text]) => `${JSON.stringify(name)}:${compactJson(text)}`);
  return [String(pact.specification), ...members.sort()].join('\n');
}
