/**
 * All chance in the emulator: a stream that follows from its seed alone.
 * A fork is named, not numbered, so what one part draws never shifts what another part draws.
 */
export interface Random {
  readonly seed: string;
  /** A number in [0, 1). */
  next(): number;
  /** An integer in [min, max], both included. */
  integer(min: number, max: number): number;
  /** True with the given probability. */
  chance(probability: number): boolean;
  /** A stream of its own, decided by this seed and the label, not by what was drawn before. */
  fork(label: string): Random;
}

/** Four 32-bit words from any text (a 128-bit FNV-like mix; not for secrets). */
function hashWords(text: string): [number, number, number, number] {
  let a = 0x9e3779b9;
  let b = 0x243f6a88;
  let c = 0xb7e15162;
  let d = 0xdeadbeef ^ text.length;
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    a = Math.imul(a ^ unit, 0x85ebca6b) + b;
    b = Math.imul(b ^ unit, 0xc2b2ae35) + c;
    c = Math.imul(c ^ unit, 0x27d4eb2f) + d;
    d = Math.imul(d ^ unit, 0x165667b1) + (a >>> 15);
  }
  return [a | 0, b | 0, c | 0, d | 0];
}

/** Creates a stream from a seed: sfc32, a small fast generator that passes PractRand. */
export function createRandom(seed: string): Random {
  let [a, b, c, counter] = hashWords(seed);

  const nextWord = (): number => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + sum;
    c |= 0;
    return sum >>> 0;
  };
  // The first words still show the seed's structure; a dozen rounds mix it away.
  for (let round = 0; round < 12; round += 1) nextWord();

  const next = () => nextWord() / 0x1_0000_0000;
  return {
    seed,
    next,
    integer: (min, max) => min + Math.floor(next() * (max - min + 1)),
    chance: (probability) => next() < probability,
    // JSON keeps ("a", "b/c") and ("a/b", "c") apart.
    fork: (label) => createRandom(JSON.stringify([seed, label])),
  };
}
