import { maskReplyHeaders } from '../../emulator/mask.ts';
import type { HeaderList } from '../../scenarios/outcome.ts';
import { isPlainHeader } from '../secrets.ts';
import { queryText, quoteForShell } from '../shell.ts';
import { compactJson, memberTexts } from './json-slices.ts';
import type { PactInteraction, PactRequest } from './pact.ts';

/** Longer bodies fill the terminal; they stand in the pact. */
const BODY_MAX_CHARS = 4000;

/**
 * The request of an interaction as a line for a POSIX shell; null where its body is too long for
 * one. Secrets stand there as variables: `"$MODAL_KEY"`.
 */
export function pactCurl(
  interaction: PactInteraction,
  url: string,
  headers: HeaderList,
): string | null {
  const { request, text } = interaction;
  if (request === null) return null;
  const body = bodyOf(text);
  if (body !== null && body.text.length > BODY_MAX_CHARS) return null;
  const words = ['curl', '-i'];
  if (request.method !== (body === null ? 'GET' : 'POST')) words.push('-X', request.method);
  words.push(quoteForShell(requestUrl(url, request)));
  words.push(...headerWords(request.headers, headers));
  if (body === null) return words.join(' ');
  const isTyped = request.headers.some(([name]) => /^content-type$/i.test(name));
  // Else curl would say that it were a form.
  if (!isTyped) words.push('-H', quoteForShell('Content-Type: application/json'));
  if (!body.isBase64) return [...words, '--data-raw', quoteForShell(body.text)].join(' ');
  const decoded = `printf %s ${quoteForShell(body.text)} | base64 -d`;
  return [decoded, '|', ...words, '--data-binary', '@-'].join(' ');
}

function requestUrl(url: string, { path, query }: PactRequest): string {
  const base = url.replace(/\/$/, '');
  // The engine, too, asks for the base itself where it has a path and the pact says "/".
  const isBase = path === '/' && new URL(url).pathname !== '/';
  const target = isBase ? base : `${base}/${path.replace(/^\//, '')}`;
  return query.length === 0 ? target : `${target}?${queryText(query)}`;
}

/** What a pact says of a header counts; the engine adds the others. */
function headerWords(own: HeaderList, added: HeaderList): readonly string[] {
  const names = new Set(own.map(([name]) => name.toLowerCase()));
  const words = own.map(([name, value], index) => {
    const isSecret = maskReplyHeaders(own)[index]?.[1] !== value;
    return isSecret ? asVariable(name) : quoteForShell(`${name}: ${value}`);
  });
  const others = added
    .filter(([name]) => !names.has(name.toLowerCase()))
    .map(([name, value]) =>
      isPlainHeader(name) ? quoteForShell(`${name}: ${value}`) : asVariable(name),
    );
  return [...words, ...others].flatMap((word) => ['-H', word]);
}

/** As in the lines of the other checks: Modal's own two have the names that Modal gives them. */
function asVariable(name: string): string {
  const upper = name.toUpperCase().replace(/[^A-Z0-9]+/g, '_');
  const prefix = /^modal-(?:key|secret)$/i.test(name) ? '' : 'HEADER_';
  if (/^[A-Za-z0-9-]+$/.test(name)) return `"${name}: $${prefix}${upper}"`;
  // Of what else HTTP allows in a name, the shell reads some inside of double quotes.
  return `${quoteForShell(`${name}: `)}"$${prefix}${upper}"`;
}

interface Body {
  readonly text: string;
  readonly isBase64: boolean;
}

/** The body as the file has it, so that no number changes; null without one. */
function bodyOf(interaction: string): Body | null {
  const request = memberTexts(interaction).get('request');
  const body = request === undefined ? undefined : memberTexts(request).get('body');
  if (body === undefined || body === 'null') return null;
  // Version 4 puts it into an object of its own. Other versions may have a body with such a key.
  const isWrapped = body.startsWith('{') && memberTexts(interaction).has('type');
  if (!isWrapped) return { text: bodyText(body, body.startsWith('"')), isBase64: false };
  const members = memberTexts(body);
  const content = members.get('content');
  if (content === undefined || content === 'null') return null;
  const encoded = members.get('encoded') ?? 'false';
  const isJson = /json/.test(members.get('contentType') ?? 'json') && encoded === 'false';
  const isText = content.startsWith('"') && !isJson;
  return { text: bodyText(content, isText), isBase64: /base64/i.test(encoded) };
}

function bodyText(json: string, isText: boolean): string {
  return isText ? String(JSON.parse(json)) : compactJson(json);
}
