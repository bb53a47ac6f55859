import { z } from 'zod';
import { ENGINE_INSTALL } from '../../verify/pact/pact-problems.ts';
import { headerLinesSchema, modalTokenSchema } from '../../verify/request-headers.ts';
import { reportTargetsSchema } from '../verify/report-targets.ts';
import type { Setting, Variant } from './setting.ts';

const ANSWERING: Variant = { path: ['function', 'handler', 'kind'], value: 'answer' };

const PACTS_MAX = 100;

/**
 * Every setting of `verify`. What means the same as for `serve` shares its environment variable and
 * its place in the config file; the variables of all others begin with VERIFY, so that an
 * environment made for the one command never changes the other.
 */
export const VERIFY_SETTINGS = [
  {
    flag: 'answer-key',
    kind: 'text',
    placeholder: 'KEY',
    path: ['function', 'handler', 'key'],
    group: 'Contract',
    help: 'Key of the answer in the JSON object. The config file describes any other shape.',
    variant: ANSWERING,
  },
  {
    flag: 'echo',
    variable: 'VERIFY_ECHO',
    kind: 'boolean',
    path: ['verify', 'echo'],
    group: 'Contract',
    help:
      "Whether the answer must contain the prompt, as LangChain's Modal class needs it (the " +
      'default), or not.',
  },
  {
    flag: 'pact',
    variable: 'VERIFY_PACT',
    kind: 'texts',
    hasNo: true,
    placeholder: 'PATH',
    path: null,
    schema: z.array(z.string().min(1)).max(PACTS_MAX),
    group: 'Contract',
    help:
      "A pact file, or a folder whose *.json files are pacts. They need Pact's engine and Node 22 " +
      `or later: ${ENGINE_INSTALL}.`,
    defaultText: 'the folder pacts, where there is one',
  },
  {
    flag: 'header',
    variable: 'VERIFY_HEADER',
    kind: 'texts',
    placeholder: "'NAME: VALUE'",
    path: null,
    schema: headerLinesSchema,
    group: 'Access',
    help: 'A header for every request; a value that may be a secret is never shown.',
    isSecret: true,
  },
  {
    flag: 'modal-key',
    variable: 'VERIFY_MODAL_KEY',
    kind: 'text',
    placeholder: 'KEY',
    path: null,
    schema: modalTokenSchema,
    group: 'Access',
    help:
      "Key of a proxy token (wk-...), where the endpoint has requires_proxy_auth=True. A secret's " +
      'place is the environment variable: flags can be read in the list of processes.',
    isSecret: true,
  },
  {
    flag: 'modal-secret',
    variable: 'VERIFY_MODAL_SECRET',
    kind: 'text',
    placeholder: 'SECRET',
    path: null,
    schema: modalTokenSchema,
    group: 'Access',
    help: 'Secret of the same token (ws-...).',
    isSecret: true,
  },
  {
    flag: 'max-requests',
    variable: 'VERIFY_MAX_REQUESTS',
    kind: 'integer',
    placeholder: 'N',
    path: ['verify', 'requestsMax'],
    group: 'Budget',
    help: 'How many requests may be sent, redirects and pacts included.',
  },
  {
    flag: 'timeout',
    variable: 'VERIFY_TIMEOUT',
    kind: 'text',
    placeholder: 'DURATION',
    path: ['verify', 'timeoutMs'],
    group: 'Budget',
    help:
      'How long one check may take, as 30s or 10m. The first has to wait for a cold start, and ' +
      'Modal itself answers with a redirect after every 150 s.',
    defaultText: '5m',
  },
  {
    flag: 'report',
    variable: 'VERIFY_REPORT',
    kind: 'texts',
    placeholder: 'KIND=FILE',
    path: null,
    schema: reportTargetsSchema,
    group: 'Output',
    help:
      'Write a report as well: json or junit, several with commas (junit=a.xml,json=a.json). ' +
      'The file - is standard output, and the text then goes to standard error.',
  },
  {
    flag: 'seed',
    variable: 'VERIFY_SEED',
    kind: 'text',
    placeholder: 'TEXT',
    path: ['verify', 'seed'],
    group: 'Output',
    help: 'Origin of the prompts: the same seed sends the same requests.',
    defaultText: 'random, and printed',
  },
  {
    flag: 'config',
    kind: 'text',
    placeholder: 'FILE',
    path: null,
    group: 'Configuration',
    help:
      'Read settings from a YAML or JSON file, the same as for serve: its "function" describes ' +
      'the endpoint, its "verify" the budget.',
  },
] as const satisfies readonly Setting[];

/** The flag of a setting, without its dashes. */
export type VerifyFlag = (typeof VERIFY_SETTINGS)[number]['flag'];
