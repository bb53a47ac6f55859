import type { ProblemTable } from '../problems/problem-info.ts';

/** How Pact's engine is got; npm itself would take an old one on an old Node. */
export const ENGINE_INSTALL = 'npm install --save-dev @pact-foundation/pact-core@latest';

const inconclusive = { status: 'inconclusive', consequence: null } as const;
const skipped = { status: 'skipped', consequence: null } as const;

/** Why a pact file was not used. */
const FILE_PROBLEMS = {
  'pact-not-readable': {
    ...inconclusive,
    summary: 'a pact cannot be read',
    hint: 'Check the path, and who may read it.',
  },
  'pact-too-large': {
    ...inconclusive,
    summary: 'a pact, or all of them together, are larger than any that a consumer writes',
    hint: 'Name the pacts that count, with --pact.',
  },
  'pact-not-json': {
    ...inconclusive,
    summary: 'a pact is no JSON in UTF-8',
    hint: 'Let its consumer write it again; a pact is not edited by hand.',
  },
  'pact-not-a-pact': {
    ...inconclusive,
    summary: 'a JSON file is no pact',
    hint: 'Name a pact file, or a folder with nothing but pacts.',
  },
  'pact-unsupported': {
    ...inconclusive,
    summary: 'a pact is about messages, or of a version that is not known',
    hint: 'Leave it out: only HTTP interactions of the versions 1 to 4 can be verified.',
  },
  'pact-empty': {
    ...inconclusive,
    summary: 'a pact has no interaction, or a folder no pact',
    hint: 'Run the tests of the consumer first: they write the interactions.',
  },
} as const satisfies ProblemTable;

/** Why an interaction, or all of them, were not tried. */
const CHOICE_PROBLEMS = {
  'pact-state': {
    ...skipped,
    summary: 'an interaction needs a provider state, which a deployed endpoint cannot be put into',
    hint: 'Verify it against the emulator, which can.',
  },
  budget: {
    ...skipped,
    summary: 'the budget of requests is spent',
    hint: 'Give more: --max-requests.',
  },
  'pact-unresponsive': {
    ...skipped,
    summary: 'the interactions before it were not answered in time, one after the other',
    hint: 'Make the endpoint answer those first.',
  },
  'pact-url-query': {
    ...inconclusive,
    summary: "the URL has a query, which Pact's engine would leave out",
    hint: 'Name the URL without it, where the endpoint answers there too.',
  },
  'pact-url-slash': {
    ...inconclusive,
    summary: "the path of the URL ends with a slash, which Pact's engine would leave out",
    hint: 'Name the URL without it, where the endpoint answers there too.',
  },
} as const satisfies ProblemTable;

/** What came of the engine. */
const ENGINE_PROBLEMS = {
  'pact-engine-missing': {
    ...inconclusive,
    summary: "Pact's engine is not installed",
    hint: `Install it (Node 22 or later): ${ENGINE_INSTALL}. Everything else was verified without it.`,
  },
  'pact-engine-unsupported': {
    ...inconclusive,
    summary: "Pact's engine follows every redirect and takes secret headers along",
    hint: `Use 20.1 or newer, which needs Node 22 or later: ${ENGINE_INSTALL}.`,
  },
  'pact-engine-timeout': {
    ...inconclusive,
    summary: "Pact's engine took too long and was stopped",
    hint: 'Find out which request is not answered, or give more time: --timeout.',
  },
  'pact-engine-memory': {
    ...inconclusive,
    summary: "Pact's engine took too much memory and was stopped",
    hint: 'Find out which answer is so large, or never ends.',
  },
  'pact-engine-failed': {
    ...inconclusive,
    summary: "Pact's engine crashed, or refused to run",
    hint: `Try the newest version of it: ${ENGINE_INSTALL}.`,
  },
} as const satisfies ProblemTable;

/** How an interaction was judged. */
const RESULT_PROBLEMS = {
  'pact-mismatch': {
    status: 'failed',
    summary: 'the answer is another than the pact says',
    hint: 'Change the endpoint, or agree on another pact with the consumer.',
    consequence: null,
  },
  'pact-no-answer': {
    status: 'failed',
    summary: 'there was no whole answer, though there was one to other interactions',
    hint: "See the endpoint's log for what happened to this request.",
    consequence: null,
  },
  'pact-timeout': {
    ...inconclusive,
    summary: 'there was no answer in time',
    hint: 'Give more time: --timeout.',
  },
  'pact-unreachable': {
    ...inconclusive,
    summary: "Pact's engine got no answer to any interaction",
    hint:
      'Where other checks get answers, its ways differ: it trusts the certificates of the ' +
      'system and of SSL_CERT_FILE, not those of NODE_EXTRA_CA_CERTS.',
  },
  'pact-redirect': {
    ...inconclusive,
    summary: "Modal answered with a redirect to a later answer, which Pact's engine may not follow",
    hint: 'Make the endpoint answer within 150 s, or verify again when it is warm.',
  },
  'pact-pending': {
    ...skipped,
    summary: 'a pending interaction fails, which breaks nothing yet',
    hint: 'Change the endpoint before the interaction stops being pending.',
  },
  'pact-nothing-verified': {
    ...inconclusive,
    summary: "Pact's engine says nothing of an interaction that it was given",
    hint: 'Look at the pact: its consumer has to write it again if the engine cannot read it.',
  },
} as const satisfies ProblemTable;

/** Everything that a result of the group `pact` can name, with what to do about it. */
export const PACT_PROBLEMS = {
  ...FILE_PROBLEMS,
  ...CHOICE_PROBLEMS,
  ...ENGINE_PROBLEMS,
  ...RESULT_PROBLEMS,
} as const;

/** The stable name of a problem with pacts. */
export type PactProblemCode = keyof typeof PACT_PROBLEMS;
