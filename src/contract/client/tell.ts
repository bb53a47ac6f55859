import { explainNotJson, explainShape } from './explain-answer.ts';
import { explainNetwork } from './explain-network.ts';
import { explainStatus } from './explain-status.ts';
import type { PromptFailure, RedirectFailure, TimeoutFailure, TooLargeFailure } from './failure.ts';
import { hideSecrets, secretsOf } from './headers.ts';
import { ANSWER_BOUNDS } from './parse-answer.ts';
import type { Outgoing } from './request.ts';
import type { Explained, Untold } from './untold.ts';

/** Puts a failure into words, in which no credentials stand and no query. */
export function tell(failure: Untold, { url, method, headers }: Outgoing): PromptFailure {
  const [reason, hint] = explain(failure, method);
  const words = `Failed to ask "${placeOf(url)}": ${reason.replace(/[\s.]+$/, '')}. ${hint}`;
  // Some name the whole URL in their errors.
  const bare = url.search === '' ? words : words.replaceAll(url.search, '');
  const line = bare.replace(/\p{Cc}+/gu, ' ');
  // Sound: the message is all that a failure lacks before it is told.
  return { ...failure, message: hideSecrets(line, secretsOf(headers)) } as PromptFailure;
}

function placeOf({ origin, pathname }: URL): string {
  return `${origin}${pathname}`;
}

function explain(failure: Untold, method: string): Explained {
  switch (failure.kind) {
    case 'timeout':
      return explainTimeout(failure);
    case 'aborted':
      return ["the caller's signal ended it", 'Ask again when there is time.'];
    case 'network':
      return explainNetwork(failure.code, failure.cause);
    case 'redirect':
      return explainRedirect(failure);
    case 'status':
      return explainStatus(failure, method);
    case 'too-large':
      return explainTooLarge(failure);
    case 'not-json':
      return explainNotJson(failure);
    case 'wrong-shape':
      return explainShape(failure);
    default:
      return failure satisfies never;
  }
}

function explainTimeout({ timeoutMs, phase, hops }: Untold<TimeoutFailure>): Explained {
  const what = phase === 'head' ? 'no answer came' : 'the answer was not whole';
  const followed = hops === 0 ? '' : `, after ${hops} ${hops === 1 ? 'redirect' : 'redirects'}`;
  return [
    `${what} within ${timeoutMs} ms${followed}`,
    'Raise timeoutMs (a cold start can take minutes), or look why the endpoint takes so long.',
  ];
}

function explainTooLarge({ reason, answerMaxBytes }: Untold<TooLargeFailure>): Explained {
  switch (reason) {
    case 'bytes': {
      const hint = 'Let the function answer less, or raise answerMaxBytes.';
      return [`the answer has more than ${answerMaxBytes} bytes`, hint];
    }
    case 'values':
      return [
        `the answer is JSON of more than ${ANSWER_BOUNDS.valuesMax} values`,
        'Let the function answer fewer.',
      ];
    case 'depth':
      return [
        `the answer is JSON of more than ${ANSWER_BOUNDS.depthMax} levels`,
        'Let the function answer flatter.',
      ];
    default:
      return reason satisfies never;
  }
}

const SHOWN_LENGTH = 200;

function explainRedirect(failure: Untold<RedirectFailure>): Explained {
  const { status, location, hops } = failure;
  const isUrl = location !== null && URL.canParse(location);
  const where = isUrl ? placeOf(new URL(location)).slice(0, SHOWN_LENGTH) : '';
  switch (failure.reason) {
    case 'not-303':
      return [`it answered ${status} and sent to "${where}"`, 'Use that URL in the first place.'];
    case 'too-many':
      return [
        `after ${hops} redirects it sent on to "${where}" once more`,
        'Make the function faster, or raise redirectsMax.',
      ];
    case 'other-origin':
      return [
        `it sent to "${where}", another origin, which credentials are not for`,
        'Use that URL in the first place, where it is trusted.',
      ];
    case 'no-location':
      return [`it answered ${status} without saying where to go`, 'Correct the endpoint.'];
    case 'bad-location':
      return [
        `it answered ${status} with a Location that is no URL to ask`,
        'Correct the endpoint.',
      ];
    case 'hidden':
      return [
        'it answered a redirect, and browsers hide where to',
        'Ask from a server: Modal redirects whatever takes longer than 150 seconds.',
      ];
    default:
      return failure.reason satisfies never;
  }
}
