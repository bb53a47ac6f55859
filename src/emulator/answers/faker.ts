import type { Faker, Randomizer } from '@faker-js/faker';
import type { Random } from '../../scenarios/random.ts';
import type { AnswerSource } from './source.ts';

/** A paragraph ends with the first sentence that reaches this. */
const PARAGRAPH_WORDS = 100;

/** Writes exactly so many words with the chance of one answer. */
type Writer = (words: number, random: Random) => string;

/**
 * Believable text. Every draw comes from the context's random, so that an answer follows from the
 * seed and the question alone.
 */
export function createFakerSource(options: {
  readonly words: number;
  readonly echo: boolean;
}): AnswerSource {
  const { words, echo } = options;
  let writer: Writer | undefined;
  let loading: Promise<Writer> | undefined;

  return {
    name: 'faker',
    summary: 'believable text, decided by the seed and the prompt',
    needsPrompt: echo,
    answer(question, context) {
      const { prompt } = question;
      const random = context.randomFor(question);
      const write = (writeText: Writer) => {
        const text = writeText(words, random);
        return echo ? prompt + separatorAfter(prompt) + text : text;
      };
      if (writer !== undefined) return write(writer);
      loading ??= loadWriter().then((loaded) => {
        writer = loaded;
        return loaded;
      });
      return loading.then(write);
    },
  };
}

/** The completion goes on after a space, unless the prompt already ends with one or is empty. */
function separatorAfter(prompt: string): string {
  const last = prompt.at(-1) ?? ' ';
  return last.trim() === '' ? '' : ' ';
}

/** Loads the English locale alone, on the first answer: the other sources never pay for it. */
async function loadWriter(): Promise<Writer> {
  const { faker: shared } = await import('@faker-js/faker/locale/en');
  // The shared instance belongs to the user's own tests. Its class is exported only by the module
  // that loads all seventy locales; `constructor` is that class, whatever its type says.
  const OwnFaker = shared.constructor as typeof Faker;

  let current: Random | undefined;
  const randomizer: Randomizer = {
    next() {
      if (current === undefined) throw new Error('faker draws outside of an answer');
      return current.next();
    },
    // The constructor seeds; the seed of an answer is its Random.
    seed() {},
  };
  const own = new OwnFaker({ locale: shared.rawDefinitions, randomizer });

  return (words, random) => {
    // Nothing is awaited between these lines, so two answers never share a stream.
    current = random;
    try {
      return writeText(own, words);
    } finally {
      current = undefined;
    }
  };
}

function writeText(faker: Faker, words: number): string {
  const topic = chooseTopic(faker);
  let text = '';
  let paragraphWords = 0;
  for (let remaining = words; remaining > 0; ) {
    const { sentence, count } = nextSentence(faker, topic, remaining);
    text += sentence;
    remaining -= count;
    paragraphWords += count;
    if (remaining === 0) break;
    const paragraphEnds = paragraphWords >= PARAGRAPH_WORDS;
    text += paragraphEnds ? '\n\n' : ' ';
    if (paragraphEnds) paragraphWords = 0;
  }
  return text;
}

function nextSentence(faker: Faker, topic: Topic, remaining: number) {
  if (remaining > EXACT_SENTENCES.length) {
    const sentence = faker.helpers.arrayElement(SENTENCES)(faker, topic);
    const count = sentence.split(' ').length;
    if (count <= remaining) return { sentence, count };
  }
  // The rest is too short for any sentence: one of known length fills it to the word.
  const count = Math.min(remaining, EXACT_SENTENCES.length);
  const sentence = EXACT_SENTENCES[count - 1]?.(faker) ?? '';
  return { sentence, count };
}

/** What a text is about; its sentences come back to it. */
interface Topic {
  readonly thing: string;
  readonly company: string;
  readonly person: string;
  readonly city: string;
}

function chooseTopic({ hacker, company, person, location }: Faker): Topic {
  return {
    thing: `${hacker.adjective()} ${hacker.noun()}`,
    // A lone dash would be counted as a word.
    company: company.name().replaceAll(' - ', '-'),
    person: `${person.firstName()} ${person.lastName()}`,
    city: location.city(),
  };
}

function withArticle(words: string): string {
  return /^[aeio]/i.test(words) ? `an ${words}` : `a ${words}`;
}

const SENTENCES: readonly ((faker: Faker, topic: Topic) => string)[] = [
  (_, { thing, company, city }) => `The ${thing} was built in ${city} by ${company}.`,
  ({ company }, { person }) => `${person} uses it to ${company.buzzPhrase()}.`,
  ({ hacker: h }) =>
    `To ${h.verb()} the ${h.noun()}, ${h.verb()} the ${h.adjective()} ${h.abbreviation()} first.`,
  ({ word }) => `Some call it ${word.adjective()}, others find it ${word.adjective()}.`,
  ({ number, hacker }, { company }) =>
    `In ${number.int({ min: 1960, max: 2020 })} ${company} ` +
    `replaced it with ${withArticle(hacker.adjective())} ${hacker.noun()}.`,
  ({ number }, { thing, city }) =>
    `About ${number.int({ min: 2, max: 98 })} percent of the people in ${city} own ` +
    `${withArticle(thing)}.`,
  ({ color, hacker }) =>
    `The ${color.human()} case hides ${withArticle(hacker.adjective())} ${hacker.noun()}.`,
  ({ animal }, { company }) => `The mascot of ${company} is ${withArticle(animal.type())}.`,
  ({ hacker, company }, { thing }) =>
    `Without the ${thing}, nobody could ${hacker.verb()} their ${company.buzzNoun()}.`,
  ({ person, hacker }, { city }) =>
    `Every ${person.jobType().toLowerCase()} in ${city} knows how to ` +
    `${hacker.verb()} the ${hacker.noun()}.`,
  ({ number, date }, { thing }) =>
    `On a ${date.weekday()} the ${thing} costs ${number.int({ min: 3, max: 950 })} dollars.`,
  ({ word }, { person }) => `${person} was ${word.adverb()} ${word.adjective()} about the result.`,
];

/** Sentences of exactly 1, 2, 3, … words; the words of `faker.word` have no spaces. */
const EXACT_SENTENCES: readonly ((faker: Faker) => string)[] = [
  () => 'Indeed.',
  () => 'It works.',
  ({ word }) => `It is ${word.adjective()}.`,
  ({ word }) => `The ${word.noun()} is ${word.adjective()}.`,
  ({ word }) => `The ${word.adjective()} ${word.noun()} is ${word.adjective()}.`,
  ({ word: w }) => `The ${w.adjective()} ${w.noun()} is ${w.adverb()} ${w.adjective()}.`,
  ({ word }) => `In the end, the ${word.noun()} is ${word.adjective()}.`,
  ({ word }) => `In the end, the ${word.adjective()} ${word.noun()} is ${word.adjective()}.`,
  ({ word: w }) =>
    `In the end, the ${w.adjective()} ${w.noun()} is ${w.adverb()} ${w.adjective()}.`,
  ({ word: w }) => `As a result, the ${w.noun()} is more ${w.adjective()} than ${w.adjective()}.`,
  ({ word: w }) =>
    `As a result, the ${w.adjective()} ${w.noun()} is more ${w.adjective()} than ${w.adjective()}.`,
  ({ word: w }) =>
    `As a result, the ${w.adjective()} ${w.noun()} is ${w.adverb()} more ${w.adjective()} ` +
    `than ${w.adjective()}.`,
];
