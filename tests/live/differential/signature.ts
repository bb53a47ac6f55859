import type { WireAnswer } from '../../doors.ts';
import { differences, type Exchanged, partsOf } from './sides.ts';

/** What kind of difference it is, without the values; null when the answers are the same. */
export function signatureOf(exchanged: Exchanged): string | null {
  const differing = differences(exchanged);
  if (differing.length === 0) return null;
  const { live, emulated } = exchanged;
  if (differing.includes('status')) {
    const from = `${emulated.status} ${shapeOf(emulated)}`;
    return `status: ${from} is now ${live.status} ${shapeOf(live)}`;
  }
  const parts: string[] = [];
  if (differing.includes('body')) parts.push(bodySignature(exchanged));
  if (differing.includes('headers')) parts.push(`headers: ${headersChanged(exchanged).join(', ')}`);
  return `${parts.join('; ')} (at ${live.status})`;
}

function bodySignature({ live, emulated }: Exchanged): string {
  const [before, now] = [shapeOf(emulated), shapeOf(live)];
  return before === now ? `body: another text in ${now}` : `body: ${before} is now ${now}`;
}

function headersChanged({ live, emulated }: Exchanged): readonly string[] {
  // Sound: `comparable` makes a list of pairs of it.
  const headersOf = (answer: WireAnswer) =>
    new Map(partsOf(answer).headers as readonly (readonly [string, string])[]);
  const [now, before] = [headersOf(live), headersOf(emulated)];
  const names = new Set([...now.keys(), ...before.keys()]);
  return [...names].filter((name) => now.get(name) !== before.get(name)).sort();
}

const SHAPE_CHARS_MAX = 60;

/** What a body says, without its values: the types of its errors, or its keys. */
function shapeOf({ body }: WireAnswer): string {
  if (body.length === 0) return 'an empty body';
  const value = parse(body.toString());
  if (typeof value !== 'object' || value === null) {
    return value === undefined ? body.toString('latin1').slice(0, SHAPE_CHARS_MAX) : typeof value;
  }
  if (!('detail' in value)) return `{${Object.keys(value).join(', ')}}`.slice(0, SHAPE_CHARS_MAX);
  const { detail } = value;
  if (!Array.isArray(detail)) return String(detail).slice(0, SHAPE_CHARS_MAX);
  const errors = detail.map((error: unknown) =>
    typeof error === 'object' && error !== null && 'type' in error
      ? `${String(error.type)}{${Object.keys(error).join(' ')}}`
      : 'no error',
  );
  return [...new Set(errors)].sort().join(' + ');
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
