import type { ExampleRequest } from '../../contract/example-request.ts';
import type { Prompt } from './prompts.ts';

/** The requests of a run, in the order in which they are sent. */
export const REQUEST_NAMES = [
  'prompt',
  'extra-keys',
  'empty-prompt',
  'non-ascii-prompt',
  'long-prompt',
  'missing-prompt',
  'wrong-prompt',
  'wrong-parameter',
  'wrong-method',
] as const;

/** The name of a request. */
export type RequestName = (typeof REQUEST_NAMES)[number];

/** A request that is sent, as plain data. */
export interface PlannedRequest extends ExampleRequest {
  readonly kind: 'request';
  readonly name: RequestName;
  /** The prompt of a good request; null where the endpoint is to refuse it. */
  readonly prompt: Prompt | null;
  /** The parameter that a 422 has to name; null where there is none. */
  readonly wrongField: string | null;
  /** Whether the body is written in ASCII, with the escapes of JSON. */
  readonly isEscaped: boolean;
}

/** A request that makes no sense for an endpoint of this shape. */
export interface Inapplicable {
  readonly kind: 'inapplicable';
  readonly name: RequestName;
  /** Why not, as a sentence. */
  readonly reason: string;
}

/** All requests of a run, by name. */
export type RequestPlan = Readonly<Record<RequestName, PlannedRequest | Inapplicable>>;
