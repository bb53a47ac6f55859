import { PROGRAM } from './version.ts';

/** What is said of an error that is nobody's but the program's. */
export function formatCrash(error: unknown): string {
  const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return `${PROGRAM} met an error of its own; please report it.\n${detail}\n`;
}
