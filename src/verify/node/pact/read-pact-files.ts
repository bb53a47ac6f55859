import { readdir, readFile, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Pact } from '../../pact/pact.ts';
import { fileSubject, type PactProblem, pactResult } from '../../pact/pact-result.ts';
import { parsePact } from '../../pact/parse-pact.ts';
import type { CheckResult } from '../../report.ts';

/** How much is read; more than any consumer writes. */
export interface PactReadLimits {
  readonly fileMaxBytes: number;
  readonly filesMax: number;
  /** Of all files together. */
  readonly totalMaxBytes: number;
  readonly interactionsMax: number;
}

const MEBIBYTE = 1024 * 1024;

/** The limits in force. */
export const PACT_READ_LIMITS: PactReadLimits = {
  fileMaxBytes: 8 * MEBIBYTE,
  filesMax: 200,
  totalMaxBytes: 64 * MEBIBYTE,
  interactionsMax: 1000,
};

/** What was found at the paths. */
export interface PactFiles {
  readonly pacts: readonly Pact[];
  /** What cannot be verified, and why. */
  readonly problems: readonly CheckResult[];
}

/**
 * Reads pacts: files, and folders with what stands in them as `*.json`, in the order of their names.
 * Whatever is wrong with one of them is a result; it throws for nothing that a file can be.
 */
export async function readPactFiles(
  paths: readonly string[],
  { cwd = process.cwd(), isRequired = true, limits = PACT_READ_LIMITS }: ReadOptions = {},
): Promise<PactFiles> {
  const pacts: Pact[] = [];
  const problems: CheckResult[] = [];
  const left: Left = { bytes: limits.totalMaxBytes, interactions: limits.interactionsMax };
  const { files, obstacles } = await listAll(paths, cwd);
  for (const [path, problem] of obstacles) {
    const told = isRequired ? problem : ({ ...problem, status: 'skipped' } as const);
    problems.push(pactResult(fileSubject(path), told));
  }
  for (const path of files.slice(0, limits.filesMax)) {
    const read = await readPact(resolve(cwd, path), { path, limits, left });
    if ('code' in read) problems.push(pactResult(fileSubject(path), read));
    else pacts.push(read);
  }
  const next = files[limits.filesMax];
  if (next !== undefined) {
    const problem = tooLarge(`With it, there are more than ${limits.filesMax} files.`);
    problems.push(pactResult(fileSubject(next), problem));
  }
  return { pacts, problems };
}

/** Where pacts are read, and how much. */
export interface ReadOptions {
  /** Where paths begin; default: the working directory. */
  readonly cwd?: string;
  /** Whether somebody asked for the paths: else one where there is no pact is only skipped. */
  readonly isRequired?: boolean;
  readonly limits?: PactReadLimits;
}

/** What may still be read. */
interface Left {
  bytes: number;
  interactions: number;
}

interface Listed {
  /** As the user knows them, each once. */
  readonly files: readonly string[];
  readonly obstacles: readonly (readonly [path: string, problem: PactProblem])[];
}

async function listAll(paths: readonly string[], cwd: string): Promise<Listed> {
  const files = new Map<string, string>();
  const obstacles: [string, PactProblem][] = [];
  for (const path of paths) {
    const listed = await listFiles(path, cwd);
    if ('code' in listed) obstacles.push([path, listed]);
    for (const file of 'code' in listed ? [] : listed) {
      if (!files.has(resolve(cwd, file))) files.set(resolve(cwd, file), file);
    }
  }
  return { files: [...files.values()], obstacles };
}

function tooLarge(reason: string): PactProblem {
  return { code: 'pact-too-large', reason };
}

async function listFiles(path: string, cwd: string): Promise<readonly string[] | PactProblem> {
  try {
    const found = resolve(cwd, path);
    if (!(await stat(found)).isDirectory()) return [path];
    const names = (await readdir(found)).filter((name) => name.endsWith('.json'));
    if (names.length > 0) return names.sort().map((name) => join(path, name));
    return { code: 'pact-empty', reason: 'It is a folder without any *.json file.' };
  } catch (error) {
    return notReadable(error);
  }
}

interface Reading {
  /** As the user knows it. */
  readonly path: string;
  readonly limits: PactReadLimits;
  readonly left: Left;
}

async function readPact(
  file: string,
  { path, limits, left }: Reading,
): Promise<Pact | PactProblem> {
  const bytes = await readBounded(file, Math.min(limits.fileMaxBytes, left.bytes));
  if (bytes === null) {
    return left.bytes < limits.fileMaxBytes
      ? tooLarge(`With it, the pacts have more than ${limits.totalMaxBytes} bytes.`)
      : tooLarge(`It has more than ${limits.fileMaxBytes} bytes.`);
  }
  if ('code' in bytes) return bytes;
  left.bytes -= bytes.length;
  const text = decode(bytes);
  if (text === null) return { code: 'pact-not-json', reason: 'It is no UTF-8.' };
  const pact = parsePact(text, path);
  if ('code' in pact) return pact;
  if (pact.interactions.length > left.interactions) {
    return tooLarge(`With it, there are more than ${limits.interactionsMax} interactions.`);
  }
  left.interactions -= pact.interactions.length;
  return pact;
}

/** The bytes of a file; null when there are more of them than allowed. */
async function readBounded(
  path: string,
  bytesMax: number,
): Promise<Uint8Array | PactProblem | null> {
  try {
    // A pipe that nobody writes into would be waited for, and a device may never end.
    const found = await stat(path);
    if (!found.isFile()) return { code: 'pact-not-readable', reason: 'It is no file.' };
    if (found.size > bytesMax) return null;
    const bytes = await readFile(path);
    return bytes.length > bytesMax ? null : bytes;
  } catch (error) {
    return notReadable(error);
  }
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'There is no such file.',
  ENOTDIR: 'A part of the path is a file.',
  EACCES: 'Permission is denied.',
  EPERM: 'Permission is denied.',
  ENAMETOOLONG: 'The name is too long.',
  ELOOP: 'Its symbolic links lead in a circle.',
  ERR_INVALID_ARG_VALUE: 'The name holds a null character.',
};

function notReadable(error: unknown): PactProblem {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
  const reason = REASONS[code] ?? `The system says ${code}.`;
  return { code: 'pact-not-readable', reason };
}

function decode(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}
