import { open } from 'node:fs/promises';
import { UsageError } from '../../emulator/usage-error.ts';

/** What a file is for and how large it may be, for messages and for the bound. */
export interface TextFileKind {
  /** `config file` */
  readonly noun: string;
  readonly bytesMax: number;
}

/**
 * Reads a text file of bounded size. Pipes and devices are read the same way, so that
 * `--config <(generate)` works.
 * @throws UsageError when it is missing, no file, too large, or not UTF-8.
 */
export async function readTextFile(path: string, kind: TextFileKind): Promise<string> {
  const fail = (code: string, reason: string) =>
    new UsageError(code, `Failed to read ${kind.noun} ${JSON.stringify(path)}: ${reason}`);
  try {
    const bytes = await readBounded(path, kind.bytesMax);
    if (bytes === null) {
      throw fail('file-too-large', `it is larger than ${kind.bytesMax} bytes. Make it smaller.`);
    }
    // Strict: a replacement character would change the meaning without a word. Skips the BOM.
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    if (error instanceof UsageError) throw error;
    if (error instanceof TypeError) throw fail('file-not-utf-8', 'it is not UTF-8. Convert it.');
    const reason = REASONS[errnoOf(error)];
    if (reason === undefined) throw error;
    throw fail('file-unreadable', reason);
  }
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file. Check the path.',
  ENOTDIR: 'a part of the path is a file. Check the path.',
  EISDIR: 'it is a directory. Name the file in it.',
  EACCES: 'permission denied. Make it readable.',
  EPERM: 'permission denied. Make it readable.',
  ENAMETOOLONG: 'the name is too long. Check the path.',
  ELOOP: 'its symbolic links lead in a circle. Name the file itself.',
  ERR_INVALID_ARG_VALUE: 'the name holds a null character. Check the path.',
};

async function readBounded(path: string, bytesMax: number): Promise<Uint8Array | null> {
  const file = await open(path, 'r');
  try {
    const buffer = Buffer.alloc(65_536);
    const chunks: Buffer[] = [];
    let total = 0;
    for (;;) {
      const { bytesRead } = await file.read(buffer, 0, buffer.length, null);
      if (bytesRead === 0) return Buffer.concat(chunks);
      total += bytesRead;
      if (total > bytesMax) return null;
      chunks.push(Buffer.from(buffer.subarray(0, bytesRead)));
    }
  } finally {
    await file.close();
  }
}

/** The code of a system error, such as `ENOENT`; empty for other errors. */
export function errnoOf(error: unknown): string {
  const hasCode = error instanceof Error && 'code' in error && typeof error.code === 'string';
  return hasCode ? String(error.code) : '';
}
