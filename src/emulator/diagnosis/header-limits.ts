import type { HeaderList } from '../../scenarios/outcome.ts';
import type { Diagnosis } from './diagnosis.ts';
import { fails } from './verdicts.ts';

/** Limits of Python's http.client. */
const HEADERS_MAX = 100;
const LINE_MAX_BYTES = 65_536;

/** Says which headers Python's http.client does not read; null when it reads them all. */
export function diagnoseHeaders(headers: HeaderList): Diagnosis | null {
  const isLong = headers.some(([name, value]) => name.length + value.length + 4 > LINE_MAX_BYTES);
  // The line that ends the head counts, too.
  if (!isLong && headers.length < HEADERS_MAX) return null;
  const problem = isLong
    ? `LineTooLong('got more than ${LINE_MAX_BYTES} bytes when reading header line')`
    : `HTTPException('got more than ${HEADERS_MAX} headers')`;
  return fails({
    exception: 'requests.exceptions.ConnectionError',
    message: `('Connection aborted.', ${problem})`,
    because: isLong
      ? `A header line of the answer is longer than ${LINE_MAX_BYTES} bytes.`
      : `The answer has ${headers.length} headers; Python reads fewer than ${HEADERS_MAX}.`,
    hint: 'Answer with fewer and shorter headers.',
  });
}
