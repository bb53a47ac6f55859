import { dirname, resolve } from 'node:path';
import type { z } from 'zod';
import { scriptSchema } from '../../emulator/answers/script-schema.ts';
import { valueAt } from '../../emulator/explain/guide.ts';
import { type DocumentKind, type ReadFile, readDocument, refuseFile } from './checked-document.ts';
import { configSchema } from './schema.ts';

const CONFIG: DocumentKind = { noun: 'config file', bytesMax: 1024 * 1024 };
const SCRIPT: DocumentKind = { noun: 'script file', bytesMax: 8 * 1024 * 1024 };

/**
 * Reads and checks a config file, YAML or JSON. Returns what it says, defaults not filled in, with
 * a script or scenario that was named by its file read in.
 * @throws UsageError that lists every mistake with file, line and column.
 */
export async function loadConfigFile(path: string): Promise<Readonly<Record<string, unknown>>> {
  const file = await readDocument(path, CONFIG);
  // An empty file says nothing, and that is allowed: all defaults.
  const data = file.document.data ?? {};
  const scriptName = valueAt(data, ['answer', 'script']);
  const isNamed = typeof scriptName === 'string';
  const scripted = isNamed ? await withScript(data, resolve(dirname(path), scriptName)) : data;
  const input = await withScenario(scripted, file);
  check(file, input, configSchema);
  // Sound: the schema takes nothing but a mapping.
  return input as Record<string, unknown>;
}

/**
 * Reads and checks a script of answers, YAML or JSON.
 * @throws UsageError that lists every mistake with file, line and column.
 */
export async function loadScriptFile(path: string): Promise<z.input<typeof scriptSchema>> {
  const file = await readDocument(path, SCRIPT);
  const input = file.document.data ?? {};
  check(file, input, scriptSchema);
  // Sound: the schema has just taken it.
  return input as z.input<typeof scriptSchema>;
}

async function withScript(data: unknown, scriptPath: string): Promise<unknown> {
  const script = await loadScriptFile(scriptPath);
  // Sound: something was just found under `answer.script`, so both are objects.
  const config = data as Record<string, unknown>;
  return { ...config, answer: { ...(config.answer as Record<string, unknown>), script } };
}

/** Whatever reads scenarios knows every fault, so it is loaded when there is one to read. */
async function withScenario(data: unknown, file: ReadFile): Promise<unknown> {
  const written = valueAt(data, ['scenario']);
  const isRead = typeof written === 'string' || (typeof written === 'object' && written !== null);
  // What is neither a name nor a mapping is told by the schema.
  if (!isRead) return data;
  const { loadConfiguredScenario } = await import('../scenario/load-scenario.ts');
  // Sound: something was just found in it, so it is an object.
  const config = data as Record<string, unknown>;
  return { ...config, scenario: await loadConfiguredScenario(file, written) };
}

function check(file: ReadFile, input: unknown, schema: z.ZodType): void {
  const result = schema.safeParse(input);
  if (!result.success) throw refuseFile(file, { input, schema, issues: result.error.issues });
}
