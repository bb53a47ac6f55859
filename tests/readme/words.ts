const WORD = /(?:[^\s'"\\]|'[^']*'|"[^"]*"|\\.)+/g;

/** The words of a plain command line: quotes are understood, expansions are not. */
export function splitWords(line: string): readonly string[] {
  if (/[$`|;<>]/.test(line.replace(/'[^']*'/g, ''))) {
    throw new Error(`Failed to read command "${line}": it is more than a plain command.`);
  }
  return (line.match(WORD) ?? []).map((word) =>
    word.replace(/'([^']*)'|"([^"]*)"|\\(.)/g, '$1$2$3'),
  );
}
