/**
 * The interpreters that a stack can run on, as data. What one CPython does otherwise than another
 * is a named trait here; `composeStack` adds them to a generation's own.
 * Source: measured with `measuredWith` under `uvicorn.run` on x86-64 Linux (2026-11-24), and
 * tests/python-json. CPython 3.14 could only be run in WebAssembly, which has other depth limits.
 */
export interface Python {
  readonly measuredWith: string;
  readonly traits: InterpreterTraits;
  /** How many containers `json.loads` may have open before it gives up. */
  readonly jsonDepth: DepthLimit;
  /** How many levels a rejected value may have before writing it back fails. */
  readonly echoDepth: DepthLimit;
}

/** In what the interpreters differ, whatever runs on them. */
export interface InterpreterTraits {
  /** CPython 3.13: `Illegal trailing comma before end of object`, at the comma. */
  readonly trailingCommaMessage: boolean;
  /** CPython 3.13: `Unprocessable Content` and three more statuses, named as in RFC 9110. */
  readonly rfc9110Phrases: boolean;
  /** Whose tables `int("٣")` and `float("٣")` use: later digits are none. */
  readonly unicodeVersion: number;
  /**
   * True where `jsonable_encoder`, which is Python code and counts a scalar and a key as a level,
   * gives up before `json.dumps`, which counts containers.
   */
  readonly echoCountsScalars: boolean;
}

/** A count of levels; where they share it with the Python frames below, those are taken off. */
export interface DepthLimit {
  readonly levels: number;
  readonly sharesFrames: boolean;
}

// Until CPython 3.11, C code spends the recursion limit of Python code, 1000 in all.
const sharing = (levels: number): DepthLimit => ({ levels, sharesFrames: true });
// Since 3.12, C code has a limit of its own.
const alone = (levels: number): DepthLimit => ({ levels, sharesFrames: false });

/** By minor version, the oldest first. */
export const PYTHONS = {
  '3.10': {
    measuredWith: '3.10.13',
    traits: {
      trailingCommaMessage: false,
      rfc9110Phrases: false,
      unicodeVersion: 13,
      echoCountsScalars: false,
    },
    // One more than 3.11: its `asyncio.run` has one frame fewer.
    jsonDepth: sharing(995),
    echoDepth: sharing(990),
  },
  '3.11': {
    measuredWith: '3.11.7',
    traits: {
      trailingCommaMessage: false,
      rfc9110Phrases: false,
      unicodeVersion: 14,
      echoCountsScalars: false,
    },
    jsonDepth: sharing(994),
    echoDepth: sharing(989),
  },
  '3.12': {
    measuredWith: '3.12.1',
    traits: {
      trailingCommaMessage: false,
      rfc9110Phrases: false,
      unicodeVersion: 15,
      echoCountsScalars: true,
    },
    // A guess: 3.12.3 raised the limit from 1500 to 10,000 (gh-112215); 3.12.1 gave up after 1493.
    jsonDepth: alone(9993),
    echoDepth: sharing(999),
  },
  '3.13': {
    measuredWith: '3.13.0',
    traits: {
      trailingCommaMessage: true,
      rfc9110Phrases: true,
      unicodeVersion: 15.1,
      echoCountsScalars: true,
    },
    jsonDepth: alone(9994),
    echoDepth: sharing(999),
  },
  '3.14': {
    measuredWith: '3.14.2',
    traits: {
      trailingCommaMessage: true,
      rfc9110Phrases: true,
      unicodeVersion: 16,
      echoCountsScalars: true,
    },
    // A guess: it limits the stack by bytes. Between 900 and 100,000 by the captures.
    jsonDepth: alone(25_000),
    echoDepth: sharing(999),
  },
} as const satisfies Record<string, Python>;

/** The name of an interpreter: its minor version. */
export type PythonName = keyof typeof PYTHONS;

/** All names, the oldest first. */
export const PYTHON_NAMES = Object.keys(PYTHONS) as readonly PythonName[];

/** What is left of a limit above so many frames of Python. */
export function levelsAbove({ levels, sharesFrames }: DepthLimit, frames: number): number {
  return sharesFrames ? levels - frames : levels;
}
