import { withoutSecrets } from '../../verify/endpoint-url.ts';
import { runVerification } from '../../verify/node/run-verification.ts';
import type { Report, Verdict } from '../../verify/report.ts';
import type { CommandSources, Output, Terminal } from '../command.ts';
import { formatCrash } from '../crash.ts';
import {
  EXIT_CONTRACT_FAILED,
  EXIT_INCONCLUSIVE,
  EXIT_OK,
  EXIT_USAGE,
  EXIT_VERIFY_INTERNAL,
  SIGNAL_EXIT_CODES,
} from '../exit-codes.ts';
import { ALL_SETTINGS } from '../settings/all-settings.ts';
import { unknownVariables } from '../settings/unknown-variables.ts';
import { readVersion } from '../version.ts';
import { createGithub } from './github.ts';
import { createPaint, type Paint } from './paint.ts';
import { type Plan, readPlan } from './plan.ts';
import { proxyNote } from './proxy-note.ts';
import { checkReportTargets, writeReports } from './report-files.ts';
import { STANDARD_OUTPUT } from './report-targets.ts';
import { formatIntent, formatOutcome, formatResult } from './text.ts';

const EXIT_CODES: Readonly<Record<Verdict, number>> = {
  passed: EXIT_OK,
  failed: EXIT_CONTRACT_FAILED,
  inconclusive: EXIT_INCONCLUSIVE,
};

/** Verifies the endpoint, tells what was found, and resolves to the exit code. */
export async function runVerify(sources: CommandSources, terminal: Terminal): Promise<number> {
  const { stderr, environment } = terminal;
  const plan = await readPlan(sources);
  await checkReportTargets(plan.reports);
  const warn = (text: string) => stderr.write(`${text}\n`);
  unknownVariables(ALL_SETTINGS, environment).forEach(warn);
  const note = proxyNote(plan.verification.url, environment);
  if (note !== null) warn(note);
  const release = endWithTheProcess(terminal);
  try {
    return await verifyAndTell(plan, terminal, warn);
  } finally {
    release();
  }
}

async function verifyAndTell(
  plan: Plan,
  terminal: Terminal,
  warn: (text: string) => void,
): Promise<number> {
  const output = outputFor(plan, terminal);
  const paint = createPaint(output, terminal.environment);
  const github = createGithub(terminal.environment);
  output.write(github.before);
  output.write(intentText(plan, paint));
  const report = await runVerification(plan.verification, (result) => {
    output.write(formatResult(result, paint));
  });
  output.write(formatOutcome(report, paint));
  output.write(github.after + github.annotations(report));
  const unwritten = await writeReports(plan.reports, report, terminal.stdout);
  for (const { message } of unwritten) warn(message);
  const problem = await github.writeSummary(report);
  if (problem !== null) warn(problem);
  return exitCodeOf(report, unwritten.length);
}

/** A report that was asked for and is not there must not look like a pass. */
function exitCodeOf({ verdict }: Report, unwritten: number): number {
  return verdict === 'passed' && unwritten > 0 ? EXIT_USAGE : EXIT_CODES[verdict];
}

/** Where a report takes standard output, the text for people makes way. */
function outputFor({ reports }: Plan, { stdout, stderr }: Terminal): Output {
  return reports.some(({ path }) => path === STANDARD_OUTPUT) ? stderr : stdout;
}

function intentText({ verification, contractText, pactsText }: Plan, paint: Paint): string {
  const { url, requestsMax, timeoutMs, seed } = verification;
  const shown = {
    version: readVersion(),
    url: withoutSecrets(url.href),
    contract: contractText,
    pacts: pactsText,
    requestsMax,
    timeoutMs,
    seed,
  };
  return formatIntent(shown, paint);
}

type Signal = keyof typeof SIGNAL_EXIT_CODES;

/** A terminal that is closed sends the first one. */
const SIGNALS: readonly Signal[] = ['SIGHUP', 'SIGINT', 'SIGTERM'];

/**
 * Signals end the process at once, and with it what waits for the endpoint. An error in a callback
 * would end it with 1, which means that the contract is broken.
 */
function endWithTheProcess({ process, stderr }: Terminal): () => void {
  const onSignal = (signal: Signal) => process.exit(SIGNAL_EXIT_CODES[signal]);
  const onError = (error: unknown) => {
    stderr.write(formatCrash(error));
    process.exit(EXIT_VERIFY_INTERNAL);
  };
  for (const signal of SIGNALS) process.on(signal, onSignal);
  process.on('uncaughtException', onError);
  return () => {
    for (const signal of SIGNALS) process.off(signal, onSignal);
    process.off('uncaughtException', onError);
  };
}
