import type { Random } from '../random.ts';

/** A draw from the normal distribution of mean 0 and deviation 1: Box and Muller's first half. */
export function drawStandardNormal(random: Random): number {
  // 1 - u is never 0, whose logarithm is endless.
  const radius = Math.sqrt(-2 * Math.log(1 - random.next()));
  return radius * Math.cos(2 * Math.PI * random.next());
}

/** How many deviations above its mean the normal distribution has its 99th percentile. */
export const P99_DEVIATIONS = 2.3263478740408408;
