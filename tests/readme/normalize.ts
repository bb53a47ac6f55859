/** What differs from run to run, and what stands for it; applied to both sides of a comparison. */
const CHANGING: readonly (readonly [pattern: RegExp, replacement: string])[] = [
  [/http:\/\/127\.0\.0\.1:\d+/g, 'http://127.0.0.1:PORT'],
  [/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/g, 'TIME'],
  [/\d\d:\d\d:\d\d\.\d{3}Z/g, 'TIME'],
  [/\b\d+(?:\.\d+)? m?s\b/g, 'DURATION'],
  [/("durationMs": ?)[\d.]+/g, '$10'],
  [/("(?:port|pid)": ?)\d+/g, '$10'],
  [/("seed": ?)"\d+"/g, '$1"SEED"'],
  [/^(Date: ).+$/gim, '$1DATE'],
  [/\r\n/g, '\n'],
];

/** Makes texts of different runs comparable. */
export function normalize(text: string): string {
  return CHANGING.reduce(
    (done, [pattern, replacement]) => done.replace(pattern, replacement),
    text,
  );
}

/** The URL that the pages use; a test puts the running server's in its place. */
export const PAGE_URL = 'http://127.0.0.1:8000';
