import type { z } from 'zod';
import type { Random } from '../random.ts';

/** Where in its life a step is when it draws: what ramps look at. */
export interface LatencyPoint {
  /** How many requests the step has met before this one. */
  readonly requests: number;
  /** How long the step has been in force. */
  readonly elapsedMs: number;
}

/** How long something takes: draws milliseconds, never less than 0. */
export type Latency = (random: Random, point: LatencyPoint) => number;

/** One family of latencies: its options, and what they mean. */
export interface LatencyModel<Shape extends z.ZodObject = z.ZodObject> {
  readonly name: string;
  /** One line for the documentation. */
  readonly summary: string;
  readonly options: Shape;
  readonly example: Readonly<Record<string, unknown>>;
  /** @throws nothing: what does not fit together is refused by the schema before. */
  create(options: z.output<Shape>): Latency;
}

/** Defines a family; it does nothing until it is asked. */
export function defineLatency<Shape extends z.ZodObject>(
  model: LatencyModel<Shape>,
): LatencyModel<Shape> {
  return model;
}
