import type { HeaderList } from '../../scenarios/outcome.ts';
import type { Diagnosis } from './diagnosis.ts';
import { headerOf } from './headers.ts';
import { fails, fine } from './verdicts.ts';

const REDIRECTS = [301, 302, 303, 307, 308];

/**
 * Says where requests goes next, or null where it reads this answer: another status, no Location,
 * an empty one.
 */
export function diagnoseRedirect(status: number, headers: HeaderList): Diagnosis | null {
  if (!REDIRECTS.includes(status)) return null;
  const location = headerOf(headers, 'location');
  if (location === null || location === '') return null;
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(location)?.[1]?.toLowerCase();
  if (scheme !== undefined && scheme !== 'http' && scheme !== 'https') {
    return fails({
      exception: 'requests.exceptions.InvalidSchema',
      message: `No connection adapters were found for '${location}'`,
      because: `The answer redirects to a ${scheme}: address, which requests cannot open.`,
      hint: 'Redirect to an http: or https: address.',
    });
  }
  const method = status >= 307 ? 'the same POST' : 'a GET without a body';
  return fine(
    `The client follows the redirect to ${location} with ${method}; what it makes of that answer decides. It follows 30 in a row.`,
  );
}
