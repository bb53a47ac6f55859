import { exampleRequest, takesText } from '../../contract/example-request.ts';
import type { FunctionDefinition } from '../../contract/function.ts';
import type { AnswerOptions } from '../../emulator/answers/options.ts';

/** A Python program for LangChain's Modal class, or why that class cannot work here. */
export type LangChainSample =
  | { readonly program: string; readonly note: null }
  | { readonly program: null; readonly note: string };

/** `hello world` contains it, so even the page's own dummy satisfies the class. */
const HELLO_PROMPT = 'hello';

/** Writes the program for the class of langchain-community, any version. */
export function langChainSample(
  url: string,
  definition: FunctionDefinition,
  answer: AnswerOptions,
  prompt: string,
): LangChainSample {
  const note = obstacle(definition, answer);
  if (note !== null) return { program: null, note };
  const isHello = answer.source === 'hello';
  const asked = isHello ? HELLO_PROMPT : prompt;
  const others = otherParameters(definition, asked);
  const lines = [
    '# pip install langchain-community',
    'from langchain_community.llms import Modal',
    '',
    'llm = Modal()',
    `llm.endpoint_url = ${JSON.stringify(url)}`,
  ];
  if (others !== null) lines.push(`llm.model_kwargs = ${others}`);
  if (isHello) {
    lines.push(
      '# The class fails on an answer that does not contain the prompt, and this one is always',
      '# "hello world". Start with --answer echo to ask anything else.',
    );
  }
  lines.push(`print(llm.invoke(${JSON.stringify(asked)}))`);
  return { program: lines.join('\n'), note: null };
}

const CLASS = "LangChain's Modal class";
const OTHERWISE = 'Use curl or your own client.';

/** Why the class cannot work with this endpoint, and what to do; null when it can. */
function obstacle(definition: FunctionDefinition, answer: AnswerOptions): string | null {
  const { handler, method, parameters, promptField } = definition;
  if (method !== 'POST') {
    return `${CLASS} sends POST only, and this function takes ${method}. ${OTHERWISE}`;
  }
  if (handler.kind !== 'answer') {
    const does = `this function's handler is "${handler.kind}"`;
    return `${CLASS} reads a JSON object with "prompt", and ${does}. ${OTHERWISE}`;
  }
  if (handler.key !== 'prompt') {
    const where = handler.key === null ? 'as a bare string' : `under "${handler.key}"`;
    const does = `this function answers ${where}`;
    const way = 'Start with --answer-key prompt to use the class.';
    return `${CLASS} reads the answer under "prompt", and ${does}. ${way}`;
  }
  if (parameters.kind === 'query') {
    return `${CLASS} sends a JSON body, and this function reads the query string. ${OTHERWISE}`;
  }
  if (promptField !== 'prompt') {
    const does = `this function reads it from "${promptField}"`;
    return `${CLASS} sends the prompt as "prompt", and ${does}. ${OTHERWISE}`;
  }
  if (!takesPrompt(definition)) {
    const does = 'which this function does not take';
    return `${CLASS} sends the prompt as the text "prompt", ${does}. ${OTHERWISE}`;
  }
  return answerObstacle(answer);
}

function takesPrompt({ parameters, promptField }: FunctionDefinition): boolean {
  if (parameters.kind === 'dict') return true;
  const field = parameters.fields.find(({ name }) => name === promptField);
  return field !== undefined && takesText(field.type);
}

function answerObstacle(answer: AnswerOptions): string | null {
  const fails = `${CLASS} fails on an answer that does not contain the prompt`;
  if (answer.source === 'faker' && !answer.echo) {
    return `${fails}. Leave out --no-echo to use the class.`;
  }
  if (answer.source === 'script') {
    const { script } = answer;
    const all = [...script.answers, ...script.match.map((rule) => rule.answer)];
    if (script.answers.length === 0 || !all.every(({ echo = script.echo }) => echo)) {
      return `${fails}, as those of a script may. Put "echo: true" into the script to use it.`;
    }
  }
  return null;
}

/** What the function requires beside the prompt, as a Python dict; null when nothing. */
function otherParameters(definition: FunctionDefinition, prompt: string): string | null {
  const { body } = exampleRequest(definition, prompt);
  const others = Object.entries(body ?? {}).filter(([name]) => name !== definition.promptField);
  return others.length === 0 ? null : toPython(Object.fromEntries(others));
}

/** Writes plain data as a Python literal: JSON, but for three words. */
function toPython(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(toPython).join(', ')}]`;
  if (typeof value === 'object' && value !== null) {
    const pairs = Object.entries(value).map(
      ([key, inner]) => `${JSON.stringify(key)}: ${toPython(inner)}`,
    );
    return `{${pairs.join(', ')}}`;
  }
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  return value === null ? 'None' : JSON.stringify(value);
}
