// A pact's numbers must reach the endpoint as they were written: `1.0` is another request than `1`,
// and so is an integer beyond 2^53. What was parsed and written again would have lost them, so that
// parts of a pact are cut out of its text. The text has been found to be JSON before.

/** The texts of an object's values by their names; of equal names the last one counts. */
export function memberTexts(json: string): ReadonlyMap<string, string> {
  return new Map(
    partsOf(json).map((part): [string, string] => {
      const nameEnd = stringEnd(part, 0) + 1;
      const colon = part.indexOf(':', nameEnd);
      return [String(JSON.parse(part.slice(0, nameEnd))), part.slice(colon + 1).trim()];
    }),
  );
}

/** The texts of a list's items. */
export function itemTexts(json: string): readonly string[] {
  return partsOf(json);
}

/** JSON on one line: without the blanks that say nothing. */
export function compactJson(json: string): string {
  const runs: string[] = [];
  let start = 0;
  for (let index = 0; index < json.length; index += 1) {
    const unit = json.charAt(index);
    if (unit === '"') index = stringEnd(json, index);
    if (!isBlank(unit)) continue;
    if (index > start) runs.push(json.slice(start, index));
    start = index + 1;
  }
  runs.push(json.slice(start));
  return runs.join('');
}

/** What stands between the commas of the outermost brackets. */
function partsOf(json: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  for (let index = 0; index < json.length; index += 1) {
    const unit = json.charAt(index);
    if (unit === '"') index = stringEnd(json, index);
    if (unit === '}' || unit === ']') depth -= 1;
    const isEnd = depth === 0 || (depth === 1 && unit === ',');
    if (isEnd && start > 0) {
      parts.push(json.slice(start, index).trim());
      start = depth === 0 ? 0 : index + 1;
    }
    if (unit !== '{' && unit !== '[') continue;
    depth += 1;
    if (depth === 1) start = index + 1;
  }
  return parts.filter((part) => part !== '');
}

/** The place of the quote that ends the string that begins at a place. */
function stringEnd(json: string, start: number): number {
  let end = json.indexOf('"', start + 1);
  while (isEscaped(json, end)) end = json.indexOf('"', end + 1);
  return end;
}

function isEscaped(json: string, index: number): boolean {
  let slashes = 0;
  while (json.charAt(index - 1 - slashes) === '\\') slashes += 1;
  return slashes % 2 === 1;
}

function isBlank(unit: string): boolean {
  return unit === ' ' || unit === '\n' || unit === '\r' || unit === '\t';
}
