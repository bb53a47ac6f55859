import { z } from 'zod';

/**
 * How FastAPI refuses a request: 422. Message and type differ between the generations, so that the
 * contract promises that they are there, and where the mistake is, and no more.
 * Source: facts/modal-endpoint.md section 3.
 */
export const validationErrorSchema = z.looseObject({
  detail: z
    .array(
      z.looseObject({
        loc: z.array(z.union([z.string(), z.int()])).min(1),
        msg: z.string(),
        type: z.string(),
      }),
    )
    .min(1),
});

/** What FastAPI answers for what it raises itself, and for `HTTPException`: `{"detail": ...}`. */
export const httpExceptionSchema = z.looseObject({ detail: z.json() });

/** A failure that the function's framework answers, the same for every endpoint. */
export interface FunctionFailure {
  readonly name: 'validation-error' | 'method-not-allowed' | 'not-found' | 'internal-error';
  readonly summary: string;
  readonly status: number;
  readonly contentType: string;
  /** An answer of that kind, as the newest generation writes it. */
  readonly example: unknown;
}

/** What FastAPI answers where the function is not reached, or does not come back. */
export const FUNCTION_FAILURES = [
  {
    name: 'validation-error',
    summary: 'the request is not what the function takes',
    status: 422,
    contentType: 'application/json',
    example: {
      detail: [{ type: 'missing', loc: ['body', 'prompt'], msg: 'Field required', input: {} }],
    },
  },
  {
    name: 'method-not-allowed',
    summary: 'the function takes another method',
    status: 405,
    contentType: 'application/json',
    example: { detail: 'Method Not Allowed' },
  },
  {
    name: 'not-found',
    summary: 'the function answers on / only',
    status: 404,
    contentType: 'application/json',
    example: { detail: 'Not Found' },
  },
  {
    name: 'internal-error',
    summary: 'the function raised an exception that nobody handled',
    status: 500,
    contentType: 'text/plain; charset=utf-8',
    example: 'Internal Server Error',
  },
] as const satisfies readonly FunctionFailure[];
