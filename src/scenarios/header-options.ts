import { z } from 'zod';

/** A value that can stand in a header. */
export const headerValueSchema = z
  .string()
  .max(8000)
  .regex(/^[\t\x20-\x7e\x80-\xff]*$/, 'must be a header value without line breaks');

/** Headers by name, without those that frame the answer. */
export const headersOption = z
  .record(
    z
      .string()
      .regex(/^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,200}$/, 'must be a header name')
      .refine(
        (name) => !/^(?:content-length|transfer-encoding|connection)$/i.test(name),
        'frames the answer on the wire and cannot be set',
      ),
    headerValueSchema,
  )
  .refine((headers) => Object.keys(headers).length <= 50, 'at most 50 headers');
