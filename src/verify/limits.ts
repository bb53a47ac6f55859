import { z } from 'zod';

/** How many requests may be sent; the default is few, because a real endpoint costs money. */
export const requestsMaxSchema = z.int().min(1).max(1000).default(20);

/**
 * How long one check may take. Modal's front answers with a redirect after 150 s: the default is
 * two of its waits, and enough for most cold starts with a GPU.
 */
export const timeoutMsSchema = z.int().min(1).max(3_600_000).default(300_000);

/** A seed as it is written; a number is taken as its text. */
export const verifySeedSchema = z.union([z.string().min(1).max(200), z.int().transform(String)]);
