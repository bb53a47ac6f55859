import { createEchoSource } from './echo.ts';
import { createFakerSource } from './faker.ts';
import { createHelloSource } from './hello.ts';
import type { AnswerOptions } from './options.ts';
import { createScriptSource } from './script.ts';
import type { AnswerSource } from './source.ts';

/** Creates the chosen answer source. */
export function createAnswerSource(options: AnswerOptions): AnswerSource {
  switch (options.source) {
    case 'hello':
      return createHelloSource();
    case 'echo':
      return createEchoSource(options);
    case 'faker':
      return createFakerSource(options);
    case 'script':
      return createScriptSource(options.script);
    default:
      return options satisfies never;
  }
}
