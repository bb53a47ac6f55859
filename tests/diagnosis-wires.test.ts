import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { diagnoseWire, type SentWire } from '../src/emulator/diagnosis/diagnose-wire.ts';

type Step = readonly [kind: 'send', data: { text?: string; base64?: string }] | readonly [string];

interface Recorded {
  readonly name: string;
  readonly outcome:
    | { readonly ok: string }
    | { readonly hangs: true }
    | { readonly exception: string; readonly message: string };
}

interface Records<Wire> {
  readonly prompt: string;
  readonly answers: readonly (Recorded & { readonly wire: Wire })[];
}

const readRecords = (path: string) =>
  JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8'));

// Recorded by tests/python/record_wires.py; the Python suite replays them.
const { prompt, answers }: Records<readonly Step[]> = readRecords('python/wires.json');
// Whole answers, most of them, which diagnosis-captured.test.ts compares as such.
const captured: Records<readonly Step[] | null> = readRecords('langchain-answers.json');

function sentOf(wire: readonly Step[]): SentWire {
  const sends = wire.flatMap(([kind, data]) => (kind === 'send' && data ? [data] : []));
  const bytes = Buffer.concat(
    sends.map(({ text = '', base64 }) =>
      base64 === undefined ? Buffer.from(text, 'utf8') : Buffer.from(base64, 'base64'),
    ),
  );
  const last = wire.at(-1)?.[0];
  const end = last === 'rst' ? 'reset' : last === 'hang' ? 'hang' : 'close';
  return { bytes, bytesSent: bytes.length, end, isWhole: true };
}

describe("what LangChain's real client did with broken connections", () => {
  test('is recorded for each kind of end', () => {
    const ends = new Set(answers.map(({ wire }) => sentOf(wire).end));
    expect([...ends].sort()).toEqual(['close', 'hang', 'reset']);
    expect(answers.length).toBeGreaterThan(100);
    expect(captured.prompt).toBe(prompt);
  });

  const all = [...answers, ...captured.answers.filter(({ wire }) => wire !== null)];
  test.each(all)('$name', ({ wire, outcome }) => {
    const diagnosis = diagnoseWire(sentOf(wire ?? []), prompt);
    const { verdict, exception } = diagnosis ?? {};
    const message = diagnosis?.message?.replace(/dev\/[0-9.]+\//, 'dev/*/') ?? null;
    if ('ok' in outcome) {
      expect({ verdict, exception, message }).toEqual({
        verdict: 'fine',
        exception: null,
        message: null,
      });
      return;
    }
    const told = 'hangs' in outcome ? { exception: null, message: null } : outcome;
    expect({ verdict, exception, message }).toEqual({
      verdict: 'fails',
      exception: told.exception,
      message: told.message?.replace(/dev\/[0-9.]+\//, 'dev/*/') ?? null,
    });
    expect(diagnosis?.because).toMatch(/\w.*\.$/);
    expect(diagnosis?.hint).toMatch(/\w.*\.$/);
  });

  test('a client that left first is another matter', () => {
    const sent = sentOf([['send', { text: 'HTTP/1.1 200 OK\r\n' }]]);
    expect(diagnoseWire({ ...sent, isWhole: false }, prompt)?.because).toContain('client left');
  });

  test('what was not kept is not examined', () => {
    const sent = sentOf([['send', { text: 'HTTP/1.1 200 OK\r\n' }]]);
    expect(diagnoseWire({ ...sent, bytesSent: 1_000_000 }, prompt)).toBeNull();
  });
});
