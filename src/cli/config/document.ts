import {
  type Document,
  isAlias,
  isCollection,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  parseDocument,
  type YAMLError,
} from 'yaml';

/** A place in a text; both count from 1. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** A YAML or JSON text as plain data that knows where everything stood. */
export interface ConfigDocument {
  readonly data: unknown;
  /** What keeps the text from being read; `data` means nothing then. */
  readonly syntaxErrors: readonly (Position & { readonly reason: string })[];
  /** Where a path stands; of a path that is not there, the nearest parent. */
  locate(path: readonly PropertyKey[], at: 'key' | 'value'): Position;
}

// Enough for any honest use of anchors; stops the ones that expand to gigabytes.
const ALIASES_MAX = 100;

/** Reads a text as YAML 1.2, of which JSON is a part. Never throws for what the text says. */
export function parseConfigText(text: string): ConfigDocument {
  const lines = new LineCounter();
  // prettyErrors would quote the lines around, and with them perhaps a secret.
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, version: '1.2' });
  const position = (offset: number): Position => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(1, line), column: Math.max(1, col) };
  };
  const syntaxErrors = [...document.errors, ...document.warnings].map((error) => ({
    ...position(error.pos[0]),
    reason: reasonOf(error),
  }));
  const read = syntaxErrors.length > 0 ? { data: undefined } : readData(document);
  if ('reason' in read) syntaxErrors.push({ line: 1, column: 1, reason: read.reason });
  return {
    data: 'data' in read ? read.data : undefined,
    syntaxErrors,
    locate: (path, at) => position(offsetOf(document, path, at)),
  };
}

function readData(document: Document.Parsed): { data: unknown } | { reason: string } {
  try {
    const data: unknown = document.toJS({ maxAliasCount: ALIASES_MAX });
    if (isCyclic(data)) return { reason: 'an alias stands inside its own anchor' };
    return { data };
  } catch (error) {
    if (error instanceof RangeError) return { reason: NESTED };
    if (!(error instanceof ReferenceError)) throw error;
    const excessive = error.message.startsWith('Excessive');
    return {
      reason: excessive ? 'its aliases expand too far' : 'an alias has no anchor before it',
    };
  }
}

const NESTED = 'it is nested too deeply';

/** An anchor that holds its own alias makes data without end. */
function isCyclic(value: unknown, parents: Set<unknown> = new Set()): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (parents.has(value)) return true;
  parents.add(value);
  const found = Object.values(value).some((inner) => isCyclic(inner, parents));
  parents.delete(value);
  return found;
}

/** The library's message, unless it could repeat a word of the text: that may be a secret. */
function reasonOf(error: YAMLError): string {
  if (error.code === 'RESOURCE_EXHAUSTION') return NESTED;
  if (error.code === 'DUPLICATE_KEY') return 'this key was already given above; keep one of them';
  if (error.code === 'MULTIPLE_DOCS') return 'a second document begins here; a file holds one';
  if (error.code === 'TAG_RESOLVE_FAILED') return 'this tag is not known here; leave it out';
  if (error.code === 'BAD_SCALAR_START') return 'a value that begins with @ or ` needs quotes';
  if (error.code === 'UNEXPECTED_TOKEN') return 'this is not expected here';
  const message = error.message.replace(/:.*$/s, '');
  return `${message.charAt(0).toLowerCase()}${message.slice(1)}`;
}

function offsetOf(document: Document.Parsed, path: readonly PropertyKey[], at: 'key' | 'value') {
  let node: Node | null = document.contents;
  let offset = startOf(node);
  for (const [index, key] of path.entries()) {
    if (isAlias(node)) node = node.resolve(document) ?? null;
    const isLast = index === path.length - 1;
    const found: Found | null = isCollection(node) ? find(node, key) : null;
    if (found === null) return offset;
    offset = isLast && at === 'key' ? found.keyOffset : found.valueOffset;
    node = found.value;
  }
  return offset;
}

interface Found {
  readonly keyOffset: number;
  readonly valueOffset: number;
  readonly value: Node | null;
}

function find(collection: Node, key: PropertyKey): Found | null {
  if (isSeq(collection)) {
    // Sound: a parsed sequence holds nodes; only one built by hand can hold anything else.
    const value = (collection.items[Number(key)] ?? null) as Node | null;
    return value === null
      ? null
      : { keyOffset: startOf(value), valueOffset: startOf(value), value };
  }
  if (!isMap(collection)) return null;
  for (const pair of collection.items) {
    if (!isScalar(pair.key) || String(pair.key.value) !== String(key)) continue;
    // Sound: as above, a parsed pair holds nodes or nothing.
    const value = (pair.value ?? null) as Node | null;
    const keyOffset = startOf(pair.key);
    return { keyOffset, valueOffset: value === null ? keyOffset : startOf(value), value };
  }
  return null;
}

function startOf(node: Node | null): number {
  return node?.range?.[0] ?? 0;
}
