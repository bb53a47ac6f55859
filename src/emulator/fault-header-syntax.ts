/** A fault as a scenario would have it. */
interface WrittenFault extends Readonly<Record<string, unknown>> {
  readonly kind: string;
}

/** What reading the header comes to: one fault or several, or why not. */
export type FaultHeaderReading =
  | { readonly faults: WrittenFault | readonly WrittenFault[]; readonly reason: null }
  | { readonly faults: null; readonly reason: string };

const LENGTH_MAX = 4096;

/** Reads `reset;afterBytes=40`, or several such, separated by commas; the first is outermost. */
export function readFaultHeader(text: string): FaultHeaderReading {
  if (text.length > LENGTH_MAX) return refuse(`it has more than ${LENGTH_MAX} characters.`);
  const faults: WrittenFault[] = [];
  for (const part of splitOutside(text, ',')) {
    const read = readFault(part);
    if (typeof read === 'string') return refuse(read);
    faults.push(read);
  }
  const [only] = faults;
  return { faults: faults.length === 1 && only !== undefined ? only : faults, reason: null };
}

function refuse(reason: string): FaultHeaderReading {
  return { faults: null, reason };
}

/** A fault, or what is wrong. */
function readFault(text: string): WrittenFault | string {
  const [name = '', ...parameters] = splitOutside(text, ';');
  const kind = name.trim();
  if (kind === '') return 'it names no fault.';
  const options = new Map<string, unknown>();
  for (const parameter of parameters) {
    const equals = parameter.indexOf('=');
    const key = parameter.slice(0, equals).trim();
    if (equals < 0 || key === '') return `"${parameter.trim()}" is no name=value.`;
    if (options.has(key) || key === 'kind') return `"${key}" is there twice.`;
    options.set(key, readValue(parameter.slice(equals + 1).trim()));
  }
  return { ...Object.fromEntries(options), kind };
}

/** JSON where it is JSON, else the text itself: `2s` needs no quotes. */
function readValue(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** Splits a text, but not inside quotes, braces and brackets. */
function splitOutside(text: string, separator: string): readonly string[] {
  const parts: string[] = [];
  let part = '';
  let depth = 0;
  let isQuoted = false;
  let isEscaped = false;
  for (const character of text) {
    if (isQuoted) {
      isQuoted = isEscaped || character !== '"';
      isEscaped = !isEscaped && character === '\\';
    } else if (character === '"') isQuoted = true;
    else if ('{['.includes(character)) depth += 1;
    else if ('}]'.includes(character)) depth = Math.max(0, depth - 1);
    if (character === separator && depth === 0 && !isQuoted) {
      parts.push(part);
      part = '';
    } else part += character;
  }
  return [...parts, part];
}
