import { escapeControls, showValue } from '../../emulator/explain/show.ts';
import { UsageError } from '../../emulator/usage-error.ts';
import { withoutSecrets } from '../../verify/endpoint-url.ts';
import type { CommandSources, Terminal } from '../command.ts';
import { EXIT_OK } from '../exit-codes.ts';
import { resolveSettings } from '../settings/resolve.ts';
import { WHY_SETTINGS } from '../settings/why-settings.ts';
import { askEmulator } from './ask-emulator.ts';

const DEFAULT_URL = 'http://127.0.0.1:8000';

/** Asks a running emulator about one of its exchanges, and prints what it says. */
export async function runWhy(sources: CommandSources, { stdout }: Terminal): Promise<number> {
  const { loose, config } = await resolveSettings(WHY_SETTINGS, sources);
  const ordinal = readOrdinal(sources.operand);
  const url = readUrl(typeof loose.url === 'string' ? loose.url : DEFAULT_URL);
  const text = await askEmulator(
    { url, path: `requests/${ordinal}/why`, token: config.adminToken ?? null },
    `why ${ordinal}`,
  );
  // What it tells of may come from a client, and end up on a terminal.
  stdout.write(`${text.split('\n').map(escapeControls).join('\n')}\n`);
  return EXIT_OK;
}

function readOrdinal(text: string): number {
  if (/^\d{1,15}$/.test(text) && Number(text) > 0) return Number(text);
  throw new UsageError(
    'invalid-ordinal',
    `Failed to read request number ${showValue(text)}: it must be a whole number from 1. ` +
      'The log and GET /__admin/requests have them.',
  );
}

function readUrl(text: string): URL {
  if (/^https?:\/\/[^/]/i.test(text) && URL.canParse(text)) return new URL(text);
  const shown = showValue(withoutSecrets(text));
  throw new UsageError(
    'invalid-url',
    `Failed to read flag --url ${shown}: it must be a whole URL. Write it as ${DEFAULT_URL}.`,
  );
}
