import type { z } from 'zod';
import type { Effect } from './effect.ts';

/** What a fault is about, and the page of the documentation that it stands on. */
export type FaultFamily = 'time' | 'wire' | 'edge' | 'function' | 'answer' | 'money';

/** Something that can go wrong: options that are JSON, and the effect they select. */
export interface Fault<Options extends z.ZodObject = z.ZodObject> {
  readonly kind: string;
  readonly family: FaultFamily;
  /** One line for the documentation. */
  readonly summary: string;
  /** Without `kind`; strict, every option described. */
  readonly options: Options;
  /** Options that show what it does; the conformance tests run it. */
  readonly example: z.input<Options>;
  /** Names that other tools have for it. */
  readonly aliases?: readonly string[];
  effect(options: z.output<Options>): Effect;
}

/** Defines a fault; it does nothing until a step asks for it. */
export function defineFault<Options extends z.ZodObject>(fault: Fault<Options>): Fault<Options> {
  return fault;
}
