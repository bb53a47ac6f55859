import type { Script, ScriptAnswer, ScriptCondition } from './script-schema.ts';
import { AnswerError, type AnswerSource } from './source.ts';

/** Enough of a prompt to recognize it in a message. */
const QUOTED_CHARS = 60;

/** Answers from a script: the first rule that fits the prompt, otherwise the next in sequence. */
export function createScriptSource(script: Script): AnswerSource {
  const rules = script.match.map(({ when, answer }) => ({ ...compile(when), answer }));
  const sequence = createSequence(script);
  const echoes = [...script.answers, ...script.match.map((rule) => rule.answer)].some(
    (answer) => answer.echo ?? script.echo,
  );

  return {
    name: 'script',
    summary: 'answers from a script, by prompt and in sequence',
    needsPrompt: rules.length > 0 || echoes,
    answer({ prompt }) {
      // Megabytes are put into lower case once, not once for every rule.
      let lowered: string | undefined;
      const rule = rules.find(({ ignoreCase, fits }) => {
        if (!ignoreCase) return fits(prompt);
        lowered ??= prompt.toLowerCase();
        return fits(lowered);
      });
      const { text, echo = script.echo } = rule?.answer ?? sequence.next(prompt);
      return echo ? prompt + text : text;
    },
    reset: sequence.reset,
  };
}

/** Counts the answers given: the only state of a script. */
function createSequence({ answers, atEnd, match }: Script) {
  let position = 0;
  return {
    next(prompt: string): ScriptAnswer {
      if (position >= answers.length && atEnd === 'cycle') position = 0;
      const index = atEnd === 'last' ? Math.min(position, answers.length - 1) : position;
      const answer = answers[index];
      if (answer === undefined) throw noAnswer(prompt, answers.length, match.length > 0);
      position += 1;
      return answer;
    },
    reset() {
      position = 0;
    },
  };
}

function noAnswer(prompt: string, answerCount: number, hasRules: boolean): AnswerError {
  const clipped = prompt.length > QUOTED_CHARS ? `${prompt.slice(0, QUOTED_CHARS)}…` : prompt;
  const failed = `Failed to answer prompt ${JSON.stringify(clipped)}: `;
  const unmatched = 'no rule under "match" fits it';
  if (answerCount === 0) {
    return new AnswerError(
      `${failed}${unmatched}, and the script has no "answers" for other prompts. ` +
        'Add a rule that fits, or "answers".',
    );
  }
  const reason = hasRules ? `${unmatched}, and ` : '';
  return new AnswerError(
    `${failed}${reason}the script's ${answerCount} "answers" were all given (atEnd: fail). ` +
      'Add answers, choose "cycle" or "last" as "atEnd", or reset the emulator between tests.',
  );
}

/**
 * A condition as a function of the prompt, in lower case where case is ignored. Comparing and
 * searching take time linear in the prompt; a regular expression from a file could be made to
 * hang the server by a prompt.
 */
function compile(condition: ScriptCondition) {
  const { equals, startsWith = '', contains = [], endsWith = '', ignoreCase } = condition;
  const fold = (text: string) => (ignoreCase ? text.toLowerCase() : text);
  const whole = equals === undefined ? undefined : fold(equals);
  const first = fold(startsWith);
  const last = fold(endsWith);
  const parts = contains.map(fold);

  const fits = (text: string): boolean => {
    if (whole !== undefined && text !== whole) return false;
    if (!text.startsWith(first) || !text.endsWith(last)) return false;
    return parts.every((part) => text.includes(part));
  };
  return { ignoreCase, fits };
}
