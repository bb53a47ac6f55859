import { z } from 'zod';
import type { Effect } from './effect.ts';
import type { Fault } from './fault.ts';
import { badChunk } from './faults/bad-chunk.ts';
import { bandwidth } from './faults/bandwidth.ts';
import { bom } from './faults/bom.ts';
import { changedEcho } from './faults/changed-echo.ts';
import { charset } from './faults/charset.ts';
import { close } from './faults/close.ts';
import { contentLength } from './faults/content-length.ts';
import { crash } from './faults/crash.ts';
import { doubleEncoded } from './faults/double-encoded.ts';
import { dribble } from './faults/dribble.ts';
import { duplicateKeys } from './faults/duplicate-keys.ts';
import { early303 } from './faults/early-303.ts';
import { echo500 } from './faults/echo-500.ts';
import { emptyAnswer } from './faults/empty-answer.ts';
import { emptyReply } from './faults/empty-reply.ts';
import { fencedJson } from './faults/fenced-json.ts';
import { garbage } from './faults/garbage.ts';
import { gateway } from './faults/gateway.ts';
import { hang } from './faults/hang.ts';
import { httpException } from './faults/http-exception.ts';
import { inputLost } from './faults/input-lost.ts';
import { latency } from './faults/latency.ts';
import { listAnswer } from './faults/list-answer.ts';
import { missingKey } from './faults/missing-key.ts';
import { missingLastChunk } from './faults/missing-last-chunk.ts';
import { modalEdge } from './faults/modal-edge.ts';
import { nan } from './faults/nan.ts';
import { ndjson } from './faults/ndjson.ts';
import { noEcho } from './faults/no-echo.ts';
import { noop } from './faults/noop.ts';
import { nullAnswer } from './faults/null-answer.ts';
import { numberAnswer } from './faults/number-answer.ts';
import { objectAnswer } from './faults/object-answer.ts';
import { overLong } from './faults/over-long.ts';
import { pace } from './faults/pace.ts';
import { proseBeforeJson } from './faults/prose-before-json.ts';
import { rateLimited } from './faults/rate-limited.ts';
import { refusal } from './faults/refusal.ts';
import { replyLost } from './faults/reply-lost.ts';
import { reset } from './faults/reset.ts';
import { slowClose } from './faults/slow-close.ts';
import { split } from './faults/split.ts';
import { sse } from './faults/sse.ts';
import { stale } from './faults/stale.ts';
import { stall } from './faults/stall.ts';
import { swap } from './faults/swap.ts';
import { trailingComma } from './faults/trailing-comma.ts';
import { truncate } from './faults/truncate.ts';
import { truncatedString } from './faults/truncated-string.ts';
import { wrongCaseKey } from './faults/wrong-case-key.ts';

/** A fault with its options, as a step holds it. */
export interface SelectedFault {
  readonly kind: string;
  /** Makes the effect anew, so that no run shares what an effect remembers. */
  createEffect(): Effect;
}

/** Every fault that a scenario can name. */
export interface FaultRegistry {
  readonly faults: readonly Fault[];
  /** By its kind, or by a name that another tool has for it. */
  find(name: string): Fault | null;
  /** Faults as they are written: `"kind"`, `{ kind, ...options }`, or a list of such. */
  readonly schema: z.ZodType<readonly SelectedFault[]>;
}

/** Gathers faults; a kind or alias that is there twice is a mistake of the programmer. */
export function createFaultRegistry(faults: readonly Fault[]): FaultRegistry {
  const byName = new Map<string, Fault>();
  for (const fault of faults) {
    for (const name of namesOf(fault)) {
      if (byName.has(name)) throw new Error(`two faults have the name "${name}"`);
      byName.set(name, fault);
    }
  }
  return {
    faults,
    find: (name) => byName.get(name) ?? null,
    schema: createSchema(faults, [...byName.keys()]),
  };
}

const LIST_MAX = 20;

function namesOf({ kind, aliases = [] }: Fault): readonly [string, ...string[]] {
  return [kind, ...aliases];
}

function createSchema(faults: readonly Fault[], names: readonly string[]) {
  const variants = faults.map(variantOf);
  const [first, ...rest] = variants;
  if (first === undefined) throw new Error('a registry needs a fault');
  const full = z.discriminatedUnion('kind', [first, ...rest]);
  const short = z
    .enum(names)
    .transform((kind): Record<string, unknown> => ({ kind }))
    // A fault that needs options says so at its own keys.
    .pipe(full);
  const list = z
    .array(z.union([short, full]))
    .min(1)
    .max(LIST_MAX);
  // One union and not two, so that a mistake is told of the form that was meant.
  return z.union([short, full, list]).transform((given) => [given].flat());
}

function variantOf(fault: Fault) {
  return fault.options
    .safeExtend({ kind: z.literal(namesOf(fault)).describe(fault.summary) })
    .transform(
      ({ kind: _name, ...options }): SelectedFault => ({
        kind: fault.kind,
        createEffect: () => fault.effect(options),
      }),
    );
}

/** Names that people bring along: WireMock's faults and Toxiproxy's toxics, each to be an alias. */
export const FOREIGN_FAULT_NAMES: readonly string[] = [
  'CONNECTION_RESET_BY_PEER',
  'EMPTY_RESPONSE',
  'MALFORMED_RESPONSE_CHUNK',
  'RANDOM_DATA_THEN_CLOSE',
  'latency',
  'down',
  'bandwidth',
  'slow_close',
  'timeout',
  'reset_peer',
  'slicer',
  'limit_data',
];

/** The faults that come with the emulator, one file each in faults/. */
export const FAULT_REGISTRY: FaultRegistry = createFaultRegistry([
  noop,
  latency,
  hang,
  dribble,
  bandwidth,
  stall,
  slowClose,
  pace,
  reset,
  close,
  emptyReply,
  contentLength,
  truncate,
  garbage,
  badChunk,
  missingLastChunk,
  split,
  modalEdge,
  inputLost,
  early303,
  rateLimited,
  gateway,
  crash,
  httpException,
  echo500,
  missingKey,
  wrongCaseKey,
  nullAnswer,
  numberAnswer,
  listAnswer,
  objectAnswer,
  noEcho,
  changedEcho,
  emptyAnswer,
  overLong,
  refusal,
  fencedJson,
  proseBeforeJson,
  trailingComma,
  truncatedString,
  doubleEncoded,
  ndjson,
  sse,
  bom,
  charset,
  nan,
  duplicateKeys,
  swap,
  stale,
  replyLost,
]);
