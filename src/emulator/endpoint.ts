import { z } from 'zod';
import type { Clock } from '../scenarios/clock.ts';
import { createRandom } from '../scenarios/random.ts';
import { createAnswerSource } from './answers/create-answer-source.ts';
import type { AnswerSource } from './answers/source.ts';
import { type Call, queryOf } from './call.ts';
import { openapiDocument } from './function/docs/openapi.ts';
import { type Answered, createFunction } from './function/function.ts';
import { parseQuery } from './function/query.ts';
import { composeStack } from './function/stacks.ts';
import type { EmulatorConfig } from './options.ts';
import type { PyDict } from './python/value.ts';

/** One configuration at work: what answers, and what is to be known of its answers. */
export interface Endpoint {
  readonly config: EmulatorConfig;
  respond(call: Call): Answered | Promise<Answered>;
  /** Key of a plain answer; null where there is none. */
  readonly answerKey: string | null;
  /** What was sent as the prompt, as far as that can be told before it is validated. */
  askedPrompt(call: Call): string | null;
  /** What the client sent under `prompt`. */
  postedPrompt(call: Call, answered: Answered | null): string | null;
  /** What `/openapi.json` says when the docs are on, exactly. */
  openapi(): string;
  /** Starts the sequences of answers over. */
  reset(): void;
}

/** What an endpoint needs beside its configuration. */
export interface EndpointParts {
  readonly clock: Clock;
  /** A source of one's own in place of the configured one. */
  readonly answers: AnswerSource | undefined;
  readonly onCrash: (reason: string) => void;
}

/** Puts a configuration to work. */
export function createEndpoint(config: EmulatorConfig, parts: EndpointParts): Endpoint {
  const { clock, onCrash } = parts;
  const answers = parts.answers ?? createAnswerSource(config.answer);
  const random = createRandom(config.seed).fork('answer');
  const { handler, parameters, promptField } = config.function;
  const hasPostedPrompt = promptField === 'prompt' && parameters.kind !== 'query';
  const stack = composeStack(config.stack, config.python);
  return {
    config,
    respond: createFunction(config.function, stack, {
      answers,
      context: {
        clock,
        randomFor: ({ parameters }) => random.fork(identityOf(parameters)),
      },
      onCrash,
    }),
    answerKey: handler.kind === 'answer' ? handler.key : null,
    askedPrompt: (call) => {
      if (parameters.kind !== 'query') return promptIn(call.body, promptField);
      const prompt = parseQuery(queryOf(call)).get(promptField);
      return typeof prompt === 'string' ? prompt : null;
    },
    // Where the function calls it otherwise, what was posted as `prompt` is still in the body.
    postedPrompt: (call, answered) =>
      hasPostedPrompt ? (answered?.prompt ?? null) : promptIn(call.body, 'prompt'),
    openapi: () => openapiDocument(config.function, stack),
    reset: () => answers.reset?.(),
  };
}

/** What makes two questions the same question: all validated parameters, types included. */
function identityOf(parameters: PyDict): string {
  return JSON.stringify([...parameters], (_key, value: unknown) => {
    if (typeof value === 'bigint') return `${value}n`;
    return value instanceof Map ? [...value] : value;
  });
}

/** What stands under the prompt's key in a JSON body. */
function promptIn(body: Uint8Array, key: string): string | null {
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(body));
    return z.object({ [key]: z.string() }).parse(value)[key] ?? null;
  } catch {
    return null;
  }
}
