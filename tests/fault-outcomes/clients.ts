import { readFileSync } from 'node:fs';
import { createPromptClient } from '../../src/contract/client.ts';
import { COMPLETION, type RowServer } from './serve-rows.ts';

/** What the Python suite records: tests/python/record_fault_outcomes.py. */
export interface RecordedRow {
  /** As `FaultRow.written`. */
  readonly fault: string;
  readonly outcome:
    | { readonly ok: string }
    | { readonly exception: string; readonly message: string }
    | { readonly silent: true };
}

/** The records, and with which versions they were made. */
export interface RecordedOutcomes {
  readonly client: string;
  readonly prompt: string;
  readonly rows: readonly RecordedRow[];
}

/** Reads what LangChain's class did. */
export function readRecordedOutcomes(): RecordedOutcomes {
  const file = new URL('../python/fault-outcomes.json', import.meta.url);
  // Sound: our own script writes it, and the tests compare its rows with those of today.
  return JSON.parse(readFileSync(file, 'utf8')) as RecordedOutcomes;
}

const EARLIER_PROMPT = 'Who are you?';

/** A client asks twice, since some faults answer what was answered before; the second time counts. */
export interface Asked {
  readonly rows: RowServer;
  readonly row: number;
  readonly prompt: string;
}

type Ask = (url: string, prompt: string, signal: AbortSignal) => Promise<string>;

async function askTwice({ rows, row, prompt }: Asked, ask: Ask): Promise<string> {
  const once = (text: string) => {
    const leaving = new AbortController();
    rows.onSilence = () => leaving.abort();
    return ask(rows.urlOf(row), text, leaving.signal);
  };
  await once(EARLIER_PROMPT);
  return once(prompt);
}

/** What `fetch` and then `json()` come to, in words. */
export function seenByFetch(asked: Asked): Promise<string> {
  return askTwice(asked, async (url, prompt, signal) => {
    let phase = '';
    try {
      const headers = { 'content-type': 'application/json' };
      const body = JSON.stringify({ prompt });
      const response = await fetch(url, { method: 'POST', headers, body, signal });
      phase = `${response.status}, then `;
      const value: unknown = await response.json();
      const text = JSON.stringify(value);
      const isAnswer = text === JSON.stringify({ prompt: `${prompt}${COMPLETION}` });
      return `${response.status}, ${isAnswer ? 'the answer' : code(text)}`;
    } catch (error) {
      // How much had arrived by then is a matter of chance.
      if (signal.aborted) return 'waits for ever';
      const { name, message } = error as Error; // Nothing else is thrown by these two.
      // What a parser says differs from release to release of the engine.
      return `${phase}${code(name === 'SyntaxError' ? name : `${name}: ${message}`)}`;
    }
  });
}

/** What the typed client says, in words. */
export function seenByTypedClient(asked: Asked): Promise<string> {
  return askTwice(asked, async (url, prompt, signal) => {
    const result = await createPromptClient({ url }).ask(prompt, { signal });
    if (result.ok) return result.text === `${prompt}${COMPLETION}` ? 'the answer' : 'another text';
    const { failure } = result;
    if (failure.kind === 'aborted') return `${code('timeout')}, when its time is over`;
    return failure.kind === 'status' ? `${code('status')} ${failure.status}` : code(failure.kind);
  });
}

const SHOWN_MAX = 70;

/** Inline code of Markdown, in a cell of a table; of long texts the beginning. */
export function code(text: string, lengthMax = SHOWN_MAX): string {
  const [line = ''] = text.split(/\r?\n/);
  const isWhole = line.length === text.length && line.length <= lengthMax;
  const shown = isWhole ? line : `${line.slice(0, lengthMax - 1)}…`;
  const ticks = shown.includes('`') ? '``' : '`';
  return `${ticks}${shown.replaceAll('|', '\\|')}${ticks}`;
}
