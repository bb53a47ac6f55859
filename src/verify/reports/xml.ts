const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

// XML 1.0 has no way to write these, not even as a reference: a parser refuses the whole document.
// Lone halves of surrogate pairs are none of its characters either. C1 controls are allowed, and
// escaped because a terminal may obey them.
const FORBIDDEN =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: finding them is the purpose.
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ud800-\udfff\ufffe\uffff]/gu;

/** Makes a text fit for XML 1.0, between tags. */
export function escapeXml(text: string): string {
  return text
    .replace(FORBIDDEN, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character)
    .replaceAll('\r', '&#13;');
}

/** `name="value"`. A parser turns white space in a value into blanks, unless it is a reference. */
export function xmlAttribute(name: string, value: string): string {
  const text = escapeXml(value).replaceAll('\t', '&#9;').replaceAll('\n', '&#10;');
  return `${name}="${text}"`;
}
