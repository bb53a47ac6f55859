import { describe, expect, it } from 'vitest';
import { STACK_NAMES } from '../src/emulator/index.ts';
import { describeDoors } from './doors.ts';
import { comparable, expectedOf, nameOf, readOddities, requestOf } from './oddities/cases.ts';
import { endpointOptions } from './oddities/endpoints.ts';

const TOPICS = [
  'digits',
  'depth',
  'paths',
  'dict',
  'raw-body',
  'echo',
  'headers',
  'content-types',
  'query',
];

// Odd requests and what real FastAPI answered them: the corners between the conformance cases.
describe.each(TOPICS)('%s', (topic) => {
  const cases = readOddities(topic);
  const endpoints = [...new Set(cases.map(({ endpoint }) => endpoint))];

  for (const stack of STACK_NAMES) {
    for (const endpoint of endpoints) {
      const options = { stack, ...endpointOptions(endpoint) };
      describeDoors(`${stack} ${endpoint}`, options, (door, kind) => {
        const known = cases
          .filter((odd) => odd.endpoint === endpoint && (odd.only ?? kind) === kind)
          .flatMap((odd) => {
            const answer = odd.answers.find(({ stacks }) => stacks.includes(stack));
            return answer === undefined ? [] : [{ name: nameOf(odd), odd, answer }];
          });
        it.for(known)('$name', async ({ odd, answer }) => {
          const got = comparable(await door().send(requestOf(odd)), door().host);
          expect(got).toEqual(expectedOf(answer));
        });
      });
    }
  }
});
