import { z } from 'zod';
import type { ControlPort } from './port.ts';
import { type BodyLimit, read, readBody, readQuery } from './read.ts';

/** What a route's answer is made of, already checked. */
export interface RouteInput<Query, Body> {
  readonly query: Query;
  readonly body: Body;
  /** The number in the path; 0 where the path has none. */
  readonly ordinal: number;
  /** The name in the path; empty where the path has none. */
  readonly name: string;
  /** Aborts when the client leaves. */
  readonly signal: AbortSignal;
  readonly port: ControlPort;
}

/** One thing the control plane can do. */
export interface Route {
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** Below the prefix, in the router's spelling; empty for the index. */
  readonly path: string;
  /** One line for the index. */
  readonly summary: string;
  /** Answers with a value that becomes JSON, or throws a `ProblemError`. */
  handle(request: Request, params: PathParams, port: ControlPort): Promise<unknown>;
}

/** What a path says. */
export type PathParams = Pick<RouteInput<unknown, unknown>, 'ordinal' | 'name'>;

const nothing = z.strictObject({});
type Nothing = typeof nothing;

interface RouteDefinition<Query extends z.ZodObject, Body extends z.ZodObject> {
  readonly method: Route['method'];
  readonly path: string;
  readonly summary: string;
  readonly query?: Query;
  readonly body?: Body;
  readonly bodyLimit?: BodyLimit;
  answer(input: RouteInput<z.output<Query>, z.output<Body>>): unknown;
}

/** Defines a route; what its schemas do not know is refused before it answers. */
export function defineRoute<
  Query extends z.ZodObject = Nothing,
  Body extends z.ZodObject = Nothing,
>(definition: RouteDefinition<Query, Body>): Route {
  const { method, path, summary } = definition;
  return {
    method,
    path,
    summary,
    async handle(request, params, port) {
      // Left out, a schema is `Nothing`: its type parameter had no other place to come from.
      const query = read((definition.query ?? nothing) as Query, readQuery(request), 'query');
      const given = await readBody(request, definition.bodyLimit);
      const body = read((definition.body ?? nothing) as Body, given, 'body');
      return definition.answer({ query, body, ...params, signal: request.signal, port });
    },
  };
}
