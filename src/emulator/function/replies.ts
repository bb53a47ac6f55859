import type { HeaderList, Reply, ReplyBody } from '../../scenarios/outcome.ts';
import { writeJson } from '../python/json-write.ts';
import type { PyValue } from '../python/value.ts';

const JSON_HEADERS: HeaderList = [['content-type', 'application/json']];
const TEXT_HEADERS: HeaderList = [['content-type', 'text/plain; charset=utf-8']];

/** A JSONResponse whose body is written already. */
export function jsonReply(status: number, body: string, headers: HeaderList = []): Reply {
  return reply(status, body, headers, JSON_HEADERS);
}

/** A PlainTextResponse. */
export function textReply(status: number, body: string, headers: HeaderList = []): Reply {
  return reply(status, body, headers, TEXT_HEADERS);
}

/** An HTTPException as FastAPI answers it. @throws JsonWriteError */
export function detailReply(status: number, detail: PyValue, headers: HeaderList = []): Reply {
  return jsonReply(status, writeJson(new Map([['detail', detail]])), headers);
}

/** What Starlette's outermost middleware answers when nobody handled an exception. */
export const INTERNAL_SERVER_ERROR: Reply = textReply(500, 'Internal Server Error');

/** What Starlette answers on a path without a route. */
export const NOT_FOUND: Reply = detailReply(404, 'Not Found');

/** What FastAPI answers when reading the body raises anything but a syntax error. */
export const UNREADABLE_BODY: Reply = detailReply(400, 'There was an error parsing the body');

/** Starlette writes the given headers first, and its own only where they are not given. */
function reply(status: number, body: ReplyBody, given: HeaderList, own: HeaderList): Reply {
  if (given.length === 0) return { status, headers: own, body };
  const names = new Set(given.map(([name]) => name.toLowerCase()));
  return { status, headers: [...given, ...own.filter(([name]) => !names.has(name))], body };
}
