import { describe, expect, it } from 'vitest';
import { comparable, ENDPOINTS, expectedOf, readCapture, requestOf } from './conformance/cases.ts';
import { describeDoors } from './doors.ts';

describe.each(['fastapi-0.143', 'fastapi-0.115', 'fastapi-0.92'] as const)('%s', (stack) => {
  const { cases } = readCapture(stack);
  const endpoints = [...new Set(cases.map(({ endpoint }) => endpoint))];

  it('has all captured cases', () => {
    expect(cases).toHaveLength(162);
    expect(Object.keys(ENDPOINTS)).toEqual(expect.arrayContaining(endpoints));
  });

  for (const endpoint of endpoints) {
    describeDoors(endpoint, { stack, function: ENDPOINTS[endpoint] ?? {} }, (door) => {
      it.each(cases.filter((known) => known.endpoint === endpoint))('$id', async (known) => {
        expect(comparable(await door().send(requestOf(known)))).toEqual(expectedOf(known));
      });
    });
  }
});
