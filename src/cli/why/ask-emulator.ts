import { z } from 'zod';
import { escapeControls, showValue } from '../../emulator/explain/show.ts';
import { UsageError } from '../../emulator/usage-error.ts';
import { withoutSecrets } from '../../verify/endpoint-url.ts';
import { PROGRAM } from '../version.ts';

/** A question to the control plane of a running emulator. */
export interface Question {
  /** Of the emulator; a path is where its control plane begins, as `/t/NAME`. */
  readonly url: URL;
  /** Below `/__admin/`. */
  readonly path: string;
  readonly token: string | null;
}

const TIMEOUT_MS = 10_000;
const ANSWER_MAX_BYTES = 4 * 1024 * 1024;

const answerSchema = z.object({ text: z.string() });
const problemSchema = z.object({ type: z.string(), detail: z.string() });

/**
 * Asks an emulator, and returns the text of its answer.
 * @throws UsageError when it is not reached, refuses, or is no emulator
 */
export async function askEmulator(question: Question, what: string): Promise<string> {
  const { url, path, token } = question;
  const shown = showValue(withoutSecrets(url.href));
  const refuse = (code: string, reason: string) =>
    new UsageError(code, `Failed to ask ${shown} ${what}: ${reason}`);
  const target = new URL(`${url.pathname.replace(/\/+$/, '')}/__admin/${path}`, url.origin);
  const headers = { ...(token === null ? {} : { authorization: `Bearer ${token}` }) };
  const signal = AbortSignal.timeout(TIMEOUT_MS);
  let status: number;
  let body: unknown;
  try {
    const response = await fetch(target, { headers, redirect: 'manual', signal });
    status = response.status;
    body = parse(await readBounded(response));
  } catch (error) {
    throw refuse('not-reached', `${reasonOf(error)} ${WAY}`);
  }
  if (status === 401) {
    throw refuse(
      'unauthorized',
      'it asks for its admin token. Set MODAL_EMULATOR_ADMIN_TOKEN to the one that it printed.',
    );
  }
  const answer = answerSchema.safeParse(body);
  if (status === 200 && answer.success) return answer.data.text;
  const problem = problemSchema.safeParse(body);
  if (problem.success && problem.data.type.startsWith(`urn:${PROGRAM}:`)) {
    throw new UsageError('refused', escapeControls(problem.data.detail));
  }
  throw refuse('no-emulator', `what answers there is no ${PROGRAM} of this version. ${WAY}`);
}

const WAY = 'Start the emulator, or name another one with --url.';

async function readBounded(response: Response): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += chunk.length;
    if (bytes > ANSWER_MAX_BYTES) return '';
    text += decoder.decode(chunk, { stream: true });
  }
  return text;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'it does not answer.';
  if (error.name === 'TimeoutError') return `it has not answered for ${TIMEOUT_MS / 1000} s.`;
  const { cause } = error;
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  return code === 'ECONNREFUSED'
    ? 'nothing listens there.'
    : `it cannot be reached${code === '' ? '' : ` (${code})`}.`;
}
