/** Shorter ones, in an encoding that garbles them, stand in any text by chance. */
const ENCODED_LENGTH_MIN = 8;

/** A secret as it may stand in JSON, a URL, a page, a crash or another encoding. */
export function formsOf(value: string): readonly string[] {
  const json = JSON.stringify(value).slice(1, -1);
  const encodings = [utf8Of(value), latin1Of(value)].flatMap((bytes) => [
    ...base64FormsOf(bytes),
    hexOf(bytes),
  ]);
  return [
    value,
    json,
    json.replaceAll('/', '\\/'),
    json.replace(/[^\x20-\x7e]/g, (unit) => {
      return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
    }),
    value.replaceAll('\\', '\\\\').replaceAll("'", "\\'"),
    ...urlFormsOf(value.toWellFormed()),
    ...htmlFormsOf(value),
    ...encodings.filter((form) => form.length >= ENCODED_LENGTH_MIN),
  ];
}

/** Every library leaves other characters as they are, and some encode what is encoded already. */
function urlFormsOf(value: string): readonly string[] {
  const component = encodeURIComponent(value);
  const strict = component.replace(/[!'()*~]/g, percent);
  const all = strict.replace(/[._-]/g, percent);
  const forms = [encodeURI(value), component, strict, all];
  return [
    ...forms,
    ...forms.map((form) => form.replaceAll('%20', '+')),
    ...forms.map((form) => encodeURIComponent(form)),
  ];
}

function percent(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
}

function htmlFormsOf(value: string): readonly string[] {
  const text = value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  const quoted = text.replaceAll('"', '&quot;');
  const apostrophes = ['&#39;', '&#x27;', '&apos;'];
  return [
    text,
    quoted,
    text.replaceAll('"', '&#34;').replaceAll("'", '&#39;'),
    ...apostrophes.map((one) => quoted.replaceAll("'", one)),
  ];
}

/** Alone, and behind one or two other bytes: there, the same bytes are other characters. */
function base64FormsOf(bytes: string): readonly string[] {
  const whole = btoa(bytes);
  const inner = [0, 1, 2].map((before) => {
    const text = btoa('\0'.repeat(before) + bytes);
    // Of the characters at both ends, some bits belong to what stands beside.
    const start = Math.ceil((before * 8) / 6);
    return text.slice(start, Math.floor(((before + bytes.length) * 8) / 6));
  });
  const forms = [whole, ...inner];
  return [...forms, ...forms.map((form) => form.replaceAll('+', '-').replaceAll('/', '_'))];
}

function hexOf(bytes: string): string {
  return Array.from(bytes, (unit) => unit.charCodeAt(0).toString(16).padStart(2, '0')).join('');
}

/** What base64 stands for, where that is a text; null otherwise. */
export function textOfBase64(text: string): string | null {
  if (!/^[A-Za-z0-9+/_-]{4,}=*$/.test(text)) return null;
  const plain = text.replace(/=+$/, '').replaceAll('-', '+').replaceAll('_', '/');
  if (plain.length % 4 === 1) return null;
  const bytes = Uint8Array.from(atob(plain), (unit) => unit.charCodeAt(0));
  const decoded = new TextDecoder().decode(bytes);
  return /^[^\p{Cc}\ufffd]+$/u.test(decoded) ? decoded : null;
}

/** In UTF-8, and as header values stand on the wire; a character for each byte. */
export function bytesOf(text: string): readonly string[] {
  return [utf8Of(text), latin1Of(text)];
}

function utf8Of(text: string): string {
  return textOfBytes(new TextEncoder().encode(text));
}

function latin1Of(text: string): string {
  return textOfBytes(Uint8Array.from(text, (unit) => unit.charCodeAt(0)));
}

const SLICE_BYTES = 8192;

/** A character for each byte. */
export function textOfBytes(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += SLICE_BYTES) {
    text += String.fromCharCode(...bytes.subarray(at, at + SLICE_BYTES));
  }
  return text;
}
