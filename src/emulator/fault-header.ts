import type { Clock } from '../scenarios/clock.ts';
import { createScenarioRun } from '../scenarios/engine.ts';
import { createMemory } from '../scenarios/memory.ts';
import type { Outcome } from '../scenarios/outcome.ts';
import { parseScenario, scenarioSchema } from '../scenarios/scenario.ts';
import type { Call } from './call.ts';
import { ProblemError, problemBody } from './control/problem.ts';
import { explainIssues } from './explain/issues.ts';
import { tellProblems } from './explain/problems.ts';
import { clip, showValue } from './explain/show.ts';
import { readFaultHeader } from './fault-header-syntax.ts';
import type { Intercept } from './intercept.ts';
import { interceptBy } from './scenarios.ts';

/** The header by which one request asks for a fault. */
export const FAULT_HEADER = 'X-Modal-Emulator-Fault';

/** Reads the header of requests that may ask for faults. */
export interface FaultHeader {
  /** What stands before the endpoint for this call; null where its header does not ask. */
  intercept(call: Call): Intercept | null;
  /** Forgets what faults remember of the requests before. */
  reset(): void;
}

/** What the runs of headers are given. */
export interface HeaderParts {
  readonly clock: Clock;
  readonly seed: string;
  readonly namespace: string;
}

const HEADERS_REMEMBERED = { entriesMax: 64, lengthMax: 64 * 1024 };
const ATTEMPTS_MAX = 1000;

/**
 * Gives each request the fault that its header asks for, alone: it does not meet the scenario in
 * force. Requests with the same header share what its fault remembers.
 */
export function createFaultHeader(parts: HeaderParts) {
  const begin = () => createMemory<Intercept>(HEADERS_REMEMBERED);
  let known = begin();
  const header: FaultHeader = {
    intercept(call) {
      const text = faultsAskedBy(call);
      if (text === null) return null;
      const before = known.get(text);
      if (before !== undefined) return before;
      const intercept = read(text, parts);
      known.set(text, intercept, text.length);
      return intercept;
    },
    reset() {
      known = begin();
    },
  };
  return header;
}

/** All values of the header, as one; both doors pass repeated headers on in their own way. */
function faultsAskedBy({ rawHeaders }: Call): string | null {
  const wanted = FAULT_HEADER.toLowerCase();
  const values = rawHeaders.filter(
    (_text, index) =>
      index % 2 === 1 &&
      rawHeaders[index - 1]?.length === wanted.length &&
      rawHeaders[index - 1]?.toLowerCase() === wanted,
  );
  return values.length === 0 ? null : values.join(', ');
}

function read(text: string, parts: HeaderParts): Intercept {
  const { faults, reason } = readFaultHeader(text);
  if (reason !== null) return refuse(text, reason);
  const input = { name: 'fault-header', steps: [{ fault: faults }] };
  const { scenario, issues } = parseScenario(input);
  if (issues === null) {
    return interceptBy(createScenarioRun(scenario, { ...parts, attemptsMax: ATTEMPTS_MAX }));
  }
  const problems = explainIssues(issues, input, scenarioSchema).map((problem) => ({
    ...problem,
    // Below steps, 0 and fault, the place is one of the header.
    path: problem.path.slice(3),
  }));
  return refuse(text, tellProblems(problems, 'the fault'));
}

/** Nobody who asks for a fault is to take a plain answer for it. */
function refuse(text: string, reason: string): Intercept {
  const detail =
    `Failed to read header ${FAULT_HEADER} ${showValue(clip(text))}: ${reason} ` +
    'Write it as reset;afterBytes=40, or leave it out.';
  const problem = new ProblemError(400, 'invalid-fault-header', detail);
  return async ({ target }): Promise<Outcome> => ({
    kind: 'reply',
    reply: {
      status: problem.status,
      headers: [['content-type', 'application/problem+json']],
      body: JSON.stringify(problemBody(problem, target.split('?', 1)[0] ?? '')),
    },
  });
}
