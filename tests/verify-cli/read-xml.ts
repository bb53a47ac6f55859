/** An element of an XML document, its text joined. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlElement[];
  readonly text: string;
}

/**
 * Reads the part of XML 1.0 that a report is made of: elements, attributes, text, references.
 * @throws Error for whatever a strict parser would refuse of it
 */
export function readXml(document: string): XmlElement {
  const match = ALLOWED.exec(document);
  if (match === null) throw new Error('it holds a character that XML 1.0 forbids');
  const [head = ''] = /^<\?xml version="1\.0" encoding="UTF-8"\?>\n/.exec(document) ?? [];
  if (head === '') throw new Error('it has no XML declaration');
  const state = { text: document, at: head.length };
  const root = readElement(state);
  if (state.text.slice(state.at).trim() !== '') throw new Error('there is more behind the root');
  return root;
}

// Without the controls, the lone surrogates and the two non-characters of XML 1.0.
const ALLOWED = /^[\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]*$/u;

interface State {
  readonly text: string;
  at: number;
}

function take(state: State, pattern: RegExp): RegExpExecArray {
  const sticky = new RegExp(pattern.source, 'y');
  sticky.lastIndex = state.at;
  const match = sticky.exec(state.text);
  if (match === null) {
    throw new Error(`expected ${pattern.source} at ${state.text.slice(state.at, state.at + 40)}`);
  }
  state.at = sticky.lastIndex;
  return match;
}

function readElement(state: State): XmlElement {
  const name = take(state, /<([a-z]+)/)[1] ?? '';
  const attributes: Record<string, string> = {};
  while (/^\s+[a-z]/.test(state.text.slice(state.at, state.at + 2))) {
    const [, key = '', value = ''] = take(state, /\s+([a-z]+)="([^"<]*)"/);
    if (Object.hasOwn(attributes, key)) throw new Error(`attribute ${key} stands twice`);
    attributes[key] = withoutReferences(value.replace(/[\t\n\r]/g, ' '));
  }
  if (take(state, /\s*(\/?)>/)[1] === '/') return { name, attributes, children: [], text: '' };
  const children: XmlElement[] = [];
  let text = '';
  for (;;) {
    text += withoutReferences(take(state, /[^<]*/)[0]);
    if (state.text.startsWith('</', state.at)) break;
    children.push(readElement(state));
  }
  take(state, new RegExp(`</${name}>`));
  return { name, attributes, children, text };
}

const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
};

function withoutReferences(text: string): string {
  return text.replace(/&([^;&\s]*;)?/g, (whole, body: string | undefined) => {
    const name = body?.slice(0, -1) ?? '';
    const code = /^#(\d+)$/.exec(name)?.[1];
    const found = code === undefined ? ENTITIES[name] : String.fromCodePoint(Number(code));
    if (found === undefined) throw new Error(`${whole} is no reference`);
    return found;
  });
}
