import { showValue } from '../../emulator/explain/show.ts';
import type { Problem } from '../problems.ts';
import { judgeEcho } from '../reading/judge-echo.ts';
import type { Judged } from './check.ts';

/** Whether a text is the answer to its prompt: not another's, and with the prompt if it needs it. */
export function judgeText(text: string, judged: Judged): Problem | null {
  const { request, earlierNonces, terms, known } = judged;
  const { text: prompt, nonce } = request.prompt ?? { text: '', nonce: '' };
  const lower = text.toLowerCase();
  const another = earlierNonces.find((earlier) => lower.includes(earlier));
  if (another !== undefined && (nonce === '' || !lower.includes(nonce))) {
    const reason = `The answer ${showValue(text)} has the word "${another}" in it, which is that of an earlier prompt.`;
    return { code: 'stale-answer', reason };
  }
  return terms.needsEcho ? judgeEcho(text, { prompt, nonce, known }) : null;
}
