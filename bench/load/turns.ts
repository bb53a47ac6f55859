import type { Turns } from './connection.ts';
import type { Job } from './job.ts';
import { createNumberedPrompts, createRequestWriter, promptOf } from './prompt.ts';

const HELLO = '{"prompt":"hello world"}';

/** Makes the turns of every connection of one job: what to ask, and which answer is right. */
export function createTurnsFactory(job: Job): () => Turns {
  return job.expect === 'hello' ? helloTurns(job) : echoTurns(job);
}

function helloTurns(job: Job): () => Turns {
  const request = createRequestWriter(job)(promptOf(job.promptBytes));
  const turns: Turns = {
    next: () => request,
    answered: (body) => (body === HELLO ? null : 'the answer is wrong'),
  };
  return () => turns;
}

function echoTurns(job: Job): () => Turns {
  const write = createRequestWriter(job);
  const promptAt = createNumberedPrompts(job.promptBytes);
  let ordinal = job.firstPrompt;
  let completion: string | null = null;
  return () => {
    let prompt = '';
    return {
      next() {
        prompt = promptAt(ordinal);
        ordinal += 1;
        return write(prompt);
      },
      answered(body) {
        const answer = readPrompt(body);
        if (!answer?.startsWith(prompt)) return `the answer to "${prompt}" is not its own`;
        // What follows the prompt is always the same: the tail of another answer would show.
        completion ??= answer.slice(prompt.length);
        return answer.slice(prompt.length) === completion ? null : 'the completion is wrong';
      },
    };
  };
}

function readPrompt(body: string): string | null {
  try {
    const value: unknown = JSON.parse(body);
    if (typeof value !== 'object' || value === null || !('prompt' in value)) return null;
    return typeof value.prompt === 'string' ? value.prompt : null;
  } catch {
    return null;
  }
}
