import { z } from 'zod';
import { findBuiltIn } from './catalog.ts';
import { canonicalJson, digestText } from './digest.ts';
import { parseScenario, type Scenario } from './scenario.ts';
import { nameSchema } from './step.ts';

/** What a run can be had again from. */
export interface ReplayToken {
  readonly seed: string;
  readonly name: string;
  /** Of the scenario's steps. */
  readonly digest: string;
  /** The steps themselves, where they are few and not built in; null otherwise. */
  readonly steps: readonly unknown[] | null;
}

/** What reading a token comes to: it, or why not, as sentences that say what to do. */
export type TokenReading =
  | { readonly token: ReplayToken; readonly reason: null }
  | { readonly token: null; readonly reason: string };

const VERSION = 'r1';
/** Longer steps make a token that nobody wants to paste; their file is needed then. */
const STEPS_LENGTH_MAX = 1500;
const TOKEN_LENGTH_MAX = 8000;

/** The token of a run. */
export function tokenOf({ name, digest, written }: Scenario, seed: string): string {
  const isBuiltIn = findBuiltIn(name)?.digest === digest;
  const isShort = (canonicalJson(written)?.length ?? Infinity) <= STEPS_LENGTH_MAX;
  return encodeToken({ seed, name, digest, steps: !isBuiltIn && isShort ? written : null });
}

/** Writes a token as text that stands in addresses, shells and logs without quotes. */
export function encodeToken({ seed, name, digest, steps }: ReplayToken): string {
  const bytes = new TextEncoder().encode(JSON.stringify([seed, name, digest, steps]));
  const base64 = btoa(String.fromCharCode(...bytes));
  const payload = base64.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
  return `${VERSION}.${payload}.${checkOf(payload)}`;
}

const payloadSchema = z.tuple([
  z.string().min(1),
  nameSchema,
  z.string(),
  z.array(z.unknown()).nullable(),
]);

/** Reads a token back. */
export function decodeToken(text: string): TokenReading {
  const trimmed = text.trim();
  if (trimmed.length > TOKEN_LENGTH_MAX) {
    return refuse(`it has more than ${TOKEN_LENGTH_MAX} characters, so it is something else`);
  }
  const match = /^(r\d+)\.([\w-]+)\.([0-9a-f]+)$/.exec(trimmed);
  if (match === null) {
    return refuse(`it does not have the form ${VERSION}.‹letters and digits›.‹check›`);
  }
  const [, version, payload = '', check] = match;
  if (version !== VERSION) {
    return refuse(`it is of the kind "${version}", and this version reads "${VERSION}"`);
  }
  if (checkOf(payload) !== check) return refuse('a character is missing or wrong in it');
  const read = payloadSchema.safeParse(parsePayload(payload));
  if (!read.success) return refuse('what it says is no run');
  const [seed, name, digest, steps] = read.data;
  return { token: { seed, name, digest, steps }, reason: null };
}

function refuse(reason: string): TokenReading {
  return {
    token: null,
    reason: `${reason}. Copy the whole token, as it is printed at the end of a run.`,
  };
}

function checkOf(payload: string): string {
  return digestText(`${VERSION}.${payload}`).slice(0, 6);
}

function parsePayload(payload: string): unknown {
  try {
    const base64 = payload.replaceAll('-', '+').replaceAll('_', '/');
    const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return null;
  }
}

/** A token's scenario, or why it cannot be had, as sentences that say what to do. */
export type TokenScenario =
  | { readonly scenario: Scenario; readonly reason: null }
  | { readonly scenario: null; readonly reason: string };

/**
 * The scenario of a token: the one given, the token's own steps, or the built-in one of its name;
 * in each case only if it still is what it was.
 */
export function scenarioOf(token: ReplayToken, given: Scenario | null = null): TokenScenario {
  const { name, seed, steps, digest } = token;
  const own = steps === null ? null : parseScenario({ name, seed, steps }).scenario;
  const scenario = given ?? own ?? findBuiltIn(name);
  if (scenario?.digest === digest) return { scenario, reason: null };
  if (scenario === null) {
    const reason = `it is of the scenario "${name}", which is not built in. Give its file as well.`;
    return { scenario, reason };
  }
  const reason =
    `the scenario "${scenario.name}" is not what it was in that run (${digest} then, ` +
    `${scenario.digest} now). Use the file, or the version of the emulator, of that run.`;
  return { scenario: null, reason };
}
