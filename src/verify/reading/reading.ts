import type { PyValue } from '../../emulator/python/value.ts';
import type { ProbeAnswer } from '../exchange.ts';
import { readContent, readText, type UnpackTime } from './read-content.ts';
import { readContentType, readStatus } from './read-head.ts';
import { readJsonAnswer } from './read-json.ts';
import { readShape } from './read-shape.ts';
import { next, type Stage } from './stage.ts';

/** An answer, read step by step; each step may find a problem, and may end the reading. */
export interface Reading {
  readonly status: Stage<true>;
  readonly contentType: Stage<true>;
  /** What the body unpacks to, whatever the status is. */
  readonly unpacked: Stage<Uint8Array>;
  readonly content: Stage<Uint8Array>;
  readonly text: Stage<string>;
  readonly json: Stage<PyValue>;
  /** The text under the answer's key. */
  readonly shape: Stage<string>;
}

/** Reads the answer to a good request. */
export type ReadAnswer = (answer: ProbeAnswer) => Reading;

/** Creates a reader that reads every answer once. */
export function createReader(key: string | null, time: UnpackTime): ReadAnswer {
  const known = new WeakMap<ProbeAnswer, Reading>();
  return (answer) => {
    const before = known.get(answer);
    if (before !== undefined) return before;
    const now = readAnswer(answer, key, time);
    known.set(answer, now);
    return now;
  };
}

function readAnswer(answer: ProbeAnswer, key: string | null, time: UnpackTime): Reading {
  const status = readStatus(answer);
  const contentType = next(status, () => readContentType(answer));
  const unpacked = readContent(answer, time);
  const content = next(status, () => unpacked);
  const text = next(content, readText);
  const json = next(text, (value) => readJsonAnswer(value, key));
  const shape = next(json, (value) => readShape(value, key));
  return { status, contentType, unpacked, content, text, json, shape };
}
