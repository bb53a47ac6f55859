import type { z } from 'zod';
import { explainIssues } from '../../emulator/explain/issues.ts';
import { escapeControls, showValue } from '../../emulator/explain/show.ts';
import { itemTexts, memberTexts } from './json-slices.ts';
import type { Pact, PactInteraction, PactRequest } from './pact.ts';
import type { PactProblemCode } from './pact-problems.ts';
import {
  type HttpInteraction,
  httpInteractionSchema,
  metadataSchema,
  pactSchema,
} from './pact-schema.ts';

/** What is wrong with a pact file. */
export interface PactFault {
  readonly code: PactProblemCode;
  /** As a sentence. */
  readonly reason: string;
}

/** Reads the text of a pact file: a pact, or what is wrong with it. It never throws. */
export function parsePact(text: string, path: string): Pact | PactFault {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return { code: 'pact-not-json', reason: `It is no JSON: ${messageOf(error)}.` };
  }
  const unsupported = findUnsupported(value);
  if (unsupported !== null) return unsupported;
  const pact = pactSchema.safeParse(value);
  if (!pact.success) return notAPact(pact.error, value, pactSchema);
  if (pact.data.interactions.length === 0) {
    return { code: 'pact-empty', reason: 'It has no interaction.' };
  }
  const members = memberTexts(text);
  const texts = itemTexts(members.get('interactions') ?? '[]');
  const interactions: PactInteraction[] = [];
  for (const [index, interaction] of pact.data.interactions.entries()) {
    const read = readInteraction(interaction, texts[index] ?? '');
    if ('code' in read) return { ...read, reason: `Its interactions[${index}] ${read.reason}` };
    interactions.push(read);
  }
  return {
    path,
    consumer: pact.data.consumer.name,
    specification: versionOf(value),
    interactions,
    providerText: members.get('provider') ?? '{}',
    metadataText: members.get('metadata') ?? null,
  };
}

function messageOf(error: unknown): string {
  return escapeControls(error instanceof Error ? error.message : String(error)).replace(/\.$/, '');
}

const VERSION = /^[1-4](?:\.\d+){0,2}$/;

function findUnsupported(value: unknown): PactFault | null {
  if (typeof value !== 'object' || value === null) return null;
  if ('messages' in value && !('interactions' in value)) {
    return { code: 'pact-unsupported', reason: 'It is about messages, not about HTTP.' };
  }
  const version = versionOf(value);
  // Pacts that were written by hand name none, and the engine takes them.
  if (version === null || VERSION.test(version)) return null;
  const reason = `It is of version ${showValue(version)} of Pact's specification.`;
  return { code: 'pact-unsupported', reason };
}

function versionOf(pact: unknown): string | null {
  const isNamed = typeof pact === 'object' && pact !== null && 'metadata' in pact;
  const read = metadataSchema.safeParse(isNamed ? pact.metadata : null);
  const metadata = read.success ? read.data : {};
  const named = metadata.pactSpecification ?? metadata['pact-specification'];
  return named?.version ?? metadata.pactSpecificationVersion ?? null;
}

function notAPact(error: z.ZodError, value: unknown, schema: z.ZodType): PactFault {
  const [problem] = explainIssues(error.issues, value, schema);
  if (problem === undefined) return { code: 'pact-not-a-pact', reason: 'It is no pact.' };
  const { path, predicate } = problem;
  const subject = path.length === 0 ? 'it' : `its ${escapeControls(showPath(path))}`;
  return { code: 'pact-not-a-pact', reason: `It is no pact: ${subject} ${predicate}` };
}

function showPath(path: readonly PropertyKey[]): string {
  return path
    .map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`))
    .join('')
    .replace(/^\./, '');
}

const HTTP = 'Synchronous/HTTP';

function readInteraction(
  value: { readonly type?: string | undefined; readonly description: string },
  text: string,
): PactInteraction | PactFault {
  const { type = HTTP, description } = value;
  if (type !== HTTP) return { description, states: [], isPending: false, request: null, text };
  const read = httpInteractionSchema.safeParse(value);
  if (!read.success) {
    const [problem] = explainIssues(read.error.issues, value, httpInteractionSchema);
    const at = problem === undefined ? '' : ` ${escapeControls(showPath(problem.path))}`;
    const predicate = problem?.predicate ?? 'is of an unknown shape.';
    return { code: 'pact-not-a-pact', reason: `is none: its${at} ${predicate}` };
  }
  const { data } = read;
  const isPending = data.pending === true;
  return { description, states: statesOf(data), isPending, request: requestOf(data), text };
}

function statesOf(interaction: HttpInteraction): readonly string[] {
  const { providerStates } = interaction;
  const names = Array.isArray(providerStates)
    ? providerStates.map(({ name }) => name)
    : [providerStates ?? interaction.providerState ?? interaction.provider_state ?? ''];
  return names.filter((name) => name !== '');
}

function requestOf({ request }: HttpInteraction): PactRequest {
  const { method, path, query, headers } = request;
  const pairs = typeof query === 'string' ? [...new URLSearchParams(query)] : pairsOf(query ?? {});
  return { method: method.toUpperCase(), path, query: pairs, headers: pairsOf(headers ?? {}) };
}

function pairsOf(
  values: Readonly<Record<string, string | readonly string[]>>,
): (readonly [string, string])[] {
  return Object.entries(values).flatMap(([name, value]) =>
    (typeof value === 'string' ? [value] : value).map((one) => [name, one] as const),
  );
}
