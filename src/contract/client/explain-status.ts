import type { StatusFailure } from './failure.ts';
import type { Explained, Untold } from './untold.ts';

/** What to do about a status, where nobody said more. */
const HINTS: readonly (readonly [statuses: readonly number[], hint: string])[] = [
  [[401, 403], 'Give credentials: modalKey and modalSecret, or what the app asks for as headers.'],
  [[404], 'Check the path of the URL; the function answers on its own alone.'],
  [[408, 429, 502, 503, 504], 'Ask again later.'],
  [[413], 'Send a shorter prompt.'],
  [[422], 'Check promptKey and the extra keys against the parameters of the function.'],
];

const ISSUES_SHOWN = 3;
const SHOWN_LENGTH = 200;

/** Why an answer with this status is none, and what to do. */
export function explainStatus(failure: Untold<StatusFailure>, method: string): Explained {
  const { status, edge, body } = failure;
  if (edge !== null) {
    const said = body.trim().slice(0, SHOWN_LENGTH);
    return [
      `Modal's front answered ${status}, ${edge.summary} (${JSON.stringify(said)})`,
      edge.hint,
    ];
  }
  if (status === 405) return [`it does not take ${method}${said(failure)}`, 'Set method.'];
  return [`it answered ${status}${said(failure)}`, hintOf(status)];
}

function hintOf(status: number): string {
  const known = HINTS.find(([statuses]) => statuses.includes(status));
  if (known !== undefined) return known[1];
  return status >= 500 ? "Look at the app's log." : 'Check the request against the function.';
}

/** In the words of FastAPI where it is FastAPI, else the start of the body. */
function said({ validation, detail, body, contentType }: Untold<StatusFailure>): string {
  if (validation !== null) {
    const shown = validation
      .slice(0, ISSUES_SHOWN)
      .map(({ loc, msg }) => `${loc.join('.')}: ${msg}`)
      .join('; ');
    return `: ${shown.slice(0, SHOWN_LENGTH)}`;
  }
  if (typeof detail === 'string') return `: ${detail.slice(0, SHOWN_LENGTH)}`;
  if (body.trim() === '') return ' without a word';
  // A page for people says little in its first lines.
  if (contentType?.includes('html') === true) return ' with a page of HTML';
  return `: ${JSON.stringify(body.slice(0, SHOWN_LENGTH))}`;
}
