import { stringify } from 'yaml';
import type { Fault } from '../../src/scenarios/fault.ts';
import { FAULT_REGISTRY } from '../../src/scenarios/registry.ts';

/** A fault as a step writes it. */
export interface FaultRow {
  readonly fault: Fault;
  readonly options: Readonly<Record<string, unknown>>;
  /** `{ kind: reset, afterBytes: 12 }`, or the kind alone. */
  readonly written: string;
}

/** Options beside those of the examples, where a client does something else. */
const MORE: Readonly<Record<string, readonly Readonly<Record<string, unknown>>[]>> = {
  hang: [{}],
  stall: [{ afterTokens: 2 }],
  reset: [{}],
  close: [{}],
  'content-length': [{ by: -5 }],
  truncate: [{ insideJson: true }, { insideJson: true, contentLength: 'cut' }],
  'early-303': [{ redirects: 25 }, { redirects: 31 }],
  'rate-limited': [{ retryAfter: '2s', by: 'function' }],
  gateway: [
    { persona: 'html-504' },
    { persona: 'json-502' },
    { persona: 'empty-503' },
    { persona: 'empty-404' },
  ],
  'missing-key': [{}],
  'null-answer': [{ at: 'answer' }],
  'number-answer': [{ at: 'answer' }],
  'list-answer': [{ holds: 'prompt' }, { at: 'answer' }],
  'object-answer': [{ holds: 'prompt' }],
  'changed-echo': [{ change: 'case' }, { change: 'nfd' }, { change: 'crlf' }],
  'empty-answer': [{ at: 'answer' }],
  'fenced-json': [{ at: 'value' }],
  'prose-before-json': [{ at: 'value' }],
  'double-encoded': [{ at: 'value' }],
  charset: [{ encoding: 'utf-16' }, {}],
  'duplicate-keys': [{ other: 'draft', last: 'answer' }],
  swap: [{}],
  'reply-lost': [{ ending: 'reset' }, { ending: 'hang' }],
};

/** Every fault by its example, and some by other options. */
export const FAULT_ROWS: readonly FaultRow[] = FAULT_REGISTRY.faults.flatMap((fault) =>
  [fault.example, ...(MORE[fault.kind] ?? [])].map((options) => ({
    fault,
    options,
    written: writeFault(fault.kind, options),
  })),
);

function writeFault(kind: string, options: Readonly<Record<string, unknown>>): string {
  if (Object.keys(options).length === 0) return kind;
  return stringify({ kind, ...options }, { collectionStyle: 'flow', lineWidth: 0 }).trimEnd();
}
