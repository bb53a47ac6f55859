import { headerOf } from '../../emulator/diagnosis/headers.ts';
import { showValue } from '../../emulator/explain/show.ts';
import { seen } from '../reading/read-head.ts';
import { defineCheck } from './check.ts';

/** One function, one method. */
export const WRONG_METHOD = defineCheck({
  id: 'wrong-method',
  title: 'Another method is refused with 405, and Allow names the right one.',
  why: 'A client that took the wrong method has to be told the right one.',
  of: 'wrong-method',
  judge: ({ request, answer, terms }) => {
    const { status, headers, body } = answer;
    const { method } = terms.definition;
    const is = `A ${request.method} is answered with ${status}, not 405; the body is ${seen(body)}.`;
    if (status >= 200 && status < 300) return { code: 'method-accepted', reason: is };
    if (status !== 405) return { code: 'method-status', reason: is };
    const hint = `Name the method that is taken: "Allow: ${method}".`;
    const allow = headerOf(headers, 'allow');
    if (allow === null) return { code: 'allow-missing', reason: 'The 405 has no Allow.', hint };
    if (allow.split(',').some((taken) => taken.trim() === method)) return null;
    return { code: 'allow-wrong', reason: `The 405's Allow is ${showValue(allow)}.`, hint };
  },
});
