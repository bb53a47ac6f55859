import { PYTHON_NAMES } from '../../emulator/function/pythons.ts';
import { STACK_NAMES } from '../../emulator/function/stacks.ts';
import { LOG_FORMATS, LOG_LEVELS } from '../config/schema.ts';
import { SCENARIO_SETTINGS } from './scenario-settings.ts';
import type { Setting, Variant } from './setting.ts';

const ECHO: Variant = { path: ['answer', 'source'], value: 'echo' };
const FAKER: Variant = { path: ['answer', 'source'], value: 'faker' };
const SCRIPT: Variant = { path: ['answer', 'source'], value: 'script' };
const ANSWERING: Variant = { path: ['function', 'handler', 'kind'], value: 'answer' };

/**
 * Every setting of `serve`. Flags, environment variables, config keys, defaults and the help
 * follow from this table; adding a row adds them all.
 */
export const SERVE_SETTINGS = [
  {
    flag: 'port',
    short: 'p',
    kind: 'integer',
    placeholder: 'PORT',
    path: ['port'],
    group: 'Server',
    help: 'Port to listen on; 0 takes a free one.',
  },
  {
    flag: 'host',
    kind: 'text',
    placeholder: 'ADDRESS',
    path: ['host'],
    group: 'Server',
    help: 'Address to listen on. Any but a loopback address needs an admin token.',
  },
  {
    flag: 'admin-token',
    kind: 'text',
    placeholder: 'TOKEN',
    path: ['adminToken'],
    group: 'Server',
    help:
      'Bearer token of the control plane under /__admin. The environment variable keeps it out ' +
      'of the list of processes.',
    defaultText: 'none on loopback, else generated and printed',
    isSecret: true,
  },
  {
    flag: 'drain-timeout',
    kind: 'text',
    placeholder: 'DURATION',
    path: ['drainTimeoutMs'],
    group: 'Server',
    help: 'How long Ctrl-C and SIGTERM let open exchanges finish: 500ms, 10s, 1m.',
    defaultText: '10s',
  },
  {
    flag: 'answer',
    kind: 'text',
    placeholder: 'SOURCE',
    path: ['answer', 'source'],
    group: 'Answers',
    help:
      'Where answers come from: hello ("hello world", as on LangChain\'s page), echo (the ' +
      "prompt, then a completion; what LangChain's Modal class needs), faker (believable text) " +
      'or script (from a file).',
  },
  {
    flag: 'completion',
    kind: 'text',
    placeholder: 'TEXT',
    path: ['answer', 'completion'],
    group: 'Answers',
    help: 'With echo: what follows the prompt.',
    variant: ECHO,
  },
  {
    flag: 'words',
    kind: 'integer',
    placeholder: 'N',
    path: ['answer', 'words'],
    group: 'Answers',
    help: 'With faker: how many words.',
    variant: FAKER,
  },
  {
    flag: 'echo',
    kind: 'boolean',
    path: ['answer', 'echo'],
    group: 'Answers',
    help: 'With faker: begin with the prompt (the default), or not.',
    variant: FAKER,
  },
  {
    flag: 'script',
    kind: 'script',
    placeholder: 'FILE',
    path: ['answer', 'script'],
    group: 'Answers',
    help: 'Answers from a YAML or JSON file, by prompt or in sequence; implies --answer script.',
    variant: SCRIPT,
    choosesVariant: true,
  },
  {
    flag: 'answer-key',
    kind: 'text',
    placeholder: 'KEY',
    path: ['function', 'handler', 'key'],
    group: 'Answers',
    help: 'Key of the answer in the JSON object.',
    variant: ANSWERING,
  },
  {
    flag: 'stack',
    kind: 'text',
    placeholder: 'NAME',
    path: ['stack'],
    group: 'Imitation',
    help: `Generation of FastAPI to imitate: ${STACK_NAMES.join(', ')}.`,
  },
  {
    flag: 'python',
    kind: 'text',
    placeholder: 'VERSION',
    path: ['python'],
    group: 'Imitation',
    help: `CPython below it: ${PYTHON_NAMES.join(', ')}. In YAML, put it in quotes.`,
    defaultText: "the stack's own",
  },
  {
    flag: 'seed',
    kind: 'text',
    placeholder: 'TEXT',
    path: ['seed'],
    group: 'Imitation',
    help: 'Origin of all chance: the same seed gives the same answers and the same faults.',
    defaultText: 'random, and printed',
  },
  ...SCENARIO_SETTINGS,
  {
    flag: 'body-max-bytes',
    kind: 'text',
    placeholder: 'BYTES',
    path: ['bodyMaxBytes'],
    group: 'Limits',
    help: "Largest request body, as 65536 or 64MiB; Modal's own limit is 4GiB.",
    defaultText: '64MiB',
  },
  {
    flag: 'journal-max',
    kind: 'integer',
    placeholder: 'N',
    path: ['journalMax'],
    group: 'Limits',
    help: 'How many exchanges the journal keeps.',
  },
  {
    flag: 'journal-body-max-bytes',
    kind: 'text',
    placeholder: 'BYTES',
    path: ['journalBodyMaxBytes'],
    group: 'Limits',
    help: 'How much of each body the journal keeps.',
    defaultText: '4KiB',
  },
  {
    flag: 'json',
    kind: 'boolean',
    path: null,
    group: 'Output',
    help: 'Print one JSON line on standard output once the server is ready, and no other text.',
  },
  {
    flag: 'log-format',
    kind: 'text',
    placeholder: 'FORMAT',
    path: ['logFormat'],
    group: 'Output',
    help: `Form of the log on standard error: ${LOG_FORMATS.join(' or ')}.`,
  },
  {
    flag: 'log-level',
    kind: 'text',
    placeholder: 'LEVEL',
    path: ['logLevel'],
    group: 'Output',
    help: `The least that is logged: ${LOG_LEVELS.join(', ')}.`,
  },
  {
    flag: 'config',
    kind: 'text',
    placeholder: 'FILE',
    path: null,
    group: 'Configuration',
    help: 'Read settings from a YAML or JSON file.',
  },
] as const satisfies readonly Setting[];

/** The flag of a setting, without its dashes. */
export type ServeFlag = (typeof SERVE_SETTINGS)[number]['flag'];
