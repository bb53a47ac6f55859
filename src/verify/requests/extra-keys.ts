import type { JsonValue } from '../../contract/annotation.ts';
import { EXTRA_KEYS } from '../../contract/examples.ts';
import type { Random } from '../../scenarios/random.ts';

type Entry = readonly [name: string, value: JsonValue];

const EXTRAS_MAX = 6;
const DEPTH_MAX = 3;

/** Keys that a function does not declare: one of every JSON type, and random ones. */
export function extraKeys(random: Random, taken: ReadonlySet<string>): readonly Entry[] {
  const fixed = Object.entries<JsonValue>(EXTRA_KEYS);
  const count = random.integer(1, EXTRAS_MAX);
  const chosen = Array.from({ length: count }, (_, index): Entry => {
    return [`extra_${index}_${word(random)}`, anyValue(random, DEPTH_MAX)];
  });
  return [...fixed, ...chosen].filter(([name]) => !taken.has(name));
}

/** The same for a query, where every value is a text. */
export function extraParameters(
  random: Random,
  taken: ReadonlySet<string>,
): readonly (readonly [name: string, value: string])[] {
  return extraKeys(random, taken).map(([name, value]) => [
    name,
    typeof value === 'string' ? value : JSON.stringify(value),
  ]);
}

function word(random: Random): string {
  return random.integer(1296, 46_655).toString(36);
}

function anyValue(random: Random, depthMax: number): JsonValue {
  switch (random.integer(0, depthMax > 0 ? 6 : 4)) {
    case 0:
      return `${word(random)} "${word(random)}" Ü\n`;
    case 1:
      return random.integer(-2_147_483_648, 2_147_483_647);
    case 2:
      return random.integer(-1000, 1000) / 8;
    case 3:
      return random.chance(0.5);
    case 4:
      return null;
    case 5:
      return Array.from({ length: random.integer(0, 3) }, () => anyValue(random, depthMax - 1));
    default:
      return Object.fromEntries(
        Array.from({ length: random.integer(0, 3) }, () => [
          word(random),
          anyValue(random, depthMax - 1),
        ]),
      );
  }
}
