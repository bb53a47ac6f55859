import { REASON_PHRASES } from '../../scenarios/reason-phrases.ts';

/** Where `http.HTTPStatus(status).phrase` is another than everybody's, by the names of RFC 9110. */
const PHRASES_OF_RFC_9110: Readonly<Record<number, string>> = {
  413: 'Content Too Large',
  422: 'Unprocessable Content',
};

/** What CPython 3.13 calls by the names of RFC 9110 had these before. */
const PHRASES_BEFORE_RFC_9110: Readonly<Record<number, string>> = {
  413: 'Request Entity Too Large',
  414: 'Request-URI Too Long',
  416: 'Requested Range Not Satisfiable',
  422: 'Unprocessable Entity',
};

/** A status that Python does not know. */
const UNKNOWN = 509;

/** Python's own words for a status of an error; null for one that it does not know. */
export function phraseOf(status: number, traits: { readonly rfc9110Phrases: boolean }) {
  if (status < 400 || status === UNKNOWN) return null;
  const own = traits.rfc9110Phrases ? PHRASES_OF_RFC_9110 : PHRASES_BEFORE_RFC_9110;
  return own[status] ?? REASON_PHRASES[status] ?? null;
}
