import type { Socket } from 'node:net';
import type { Random } from '../../src/scenarios/random.ts';
import type { ProblemCode } from '../../src/verify/problems.ts';

/** An answer that can be changed before it is written. */
export interface MutantReply {
  readonly status: number;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Buffer;
}

/** The request that is answered. */
export interface Asked {
  readonly method: string;
  readonly target: string;
  /** The URL of the endpoint, without a slash at the end. */
  readonly origin: string;
  /** The JSON of its body; undefined where there is none. */
  readonly json: unknown;
  /** The prompt, where there is one that is a string. */
  readonly prompt: string | null;
  /** What a correct endpoint answers. */
  readonly correct: MutantReply;
  /** What was answered before, by a correct endpoint; null for the first request. */
  readonly previous: MutantReply | null;
  /** Of this request, decided by the seed. */
  readonly random: Random;
}

/** Gives an answer. */
export type Answering = (asked: Asked) => MutantReply;

/** Writes an answer, or something else. */
export type Writing = (socket: Socket, asked: Asked) => void;

/** An endpoint that is correct but for one thing. */
export interface Mutant {
  readonly name: string;
  readonly summary: string;
  /** What the report must say of it, and nothing else. */
  readonly expected: readonly ProblemCode[];
  /** What it answers in place of the correct answer. */
  readonly reply?: Answering;
  /** How it writes its answer, where the answer itself is correct. */
  readonly write?: Writing;
  /** How long a check may take; for mutants that let one wait. */
  readonly timeoutMs?: number;
}

type Change = (reply: MutantReply, asked: Asked) => MutantReply;

/** Changes the answers to good requests, and leaves refusals as they are. */
export function good(change: Change): Answering {
  return (asked) => (asked.correct.status === 200 ? change(asked.correct, asked) : asked.correct);
}

/** Changes the answers of one status, and leaves all others as they are. */
export function refused(status: number, change: Change): Answering {
  return (asked) =>
    asked.correct.status === status ? change(asked.correct, asked) : asked.correct;
}

/** Changes the JSON of good answers. */
export function json(change: (value: { prompt: string }, asked: Asked) => unknown): Answering {
  return good((reply, asked) => withBody(reply, JSON.stringify(change(parse(reply), asked))));
}

/** Changes the text of good answers. */
export function text(change: (text: string, asked: Asked) => unknown): Answering {
  return json((value, asked) => ({ prompt: change(value.prompt, asked) }));
}

/** Changes the bytes of good bodies. */
export function body(change: (body: string, asked: Asked) => string | Buffer): Answering {
  return good((reply, asked) => withBody(reply, change(reply.body.toString(), asked)));
}

/** The same reply with another body. */
export function withBody(reply: MutantReply, content: string | Buffer): MutantReply {
  return { ...reply, body: Buffer.from(content) };
}

/** The same reply with another value of a header; null leaves it out. */
export function withHeader(reply: MutantReply, name: string, value: string | null): MutantReply {
  const others = reply.headers.filter(([known]) => known.toLowerCase() !== name.toLowerCase());
  return { ...reply, headers: value === null ? others : [...others, [name, value]] };
}

/** A reply of a kind. */
export function replyOf(status: number, contentType: string, content: string): MutantReply {
  const headers: MutantReply['headers'] = [['content-type', contentType]];
  return { status, headers, body: Buffer.from(content) };
}

/** The JSON of a good answer. */
export function parse(reply: MutantReply): { prompt: string } {
  return JSON.parse(reply.body.toString());
}

/** A reply as it stands on the wire; the framing is part of its headers. */
export function render({ status, headers, body }: MutantReply, framing: string): Buffer {
  const lines = headers.map(([name, value]) => `${name}: ${value}\r\n`).join('');
  const head = `HTTP/1.1 ${status} Status\r\n${lines}${framing}connection: close\r\n\r\n`;
  return Buffer.concat([Buffer.from(head, 'latin1'), body]);
}

/** The framing that is right. */
export function lengthOf({ body }: MutantReply): string {
  return `content-length: ${body.length}\r\n`;
}
