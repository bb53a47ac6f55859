import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** A folder that is gone after the test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'verify-pact-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Writes files into a folder that is gone after the test, and names it. */
export function folderOf(files: Readonly<Record<string, string | Uint8Array>>): string {
  const folder = temporaryFolder();
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
  return folder;
}

/** The parts of a pact's text; numbers stay as they are written. */
export interface PactParts {
  readonly consumer?: string;
  readonly version?: string;
}

/** A pact of interactions that are written already. */
export function pactText(
  interactions: readonly string[],
  { consumer = 'a-client', version = '4.0' }: PactParts = {},
): string {
  return `{
  "consumer": { "name": ${JSON.stringify(consumer)} },
  "interactions": [${interactions.join(',\n')}],
  "metadata": { "pactSpecification": { "version": ${JSON.stringify(version)} } },
  "provider": { "name": "an-endpoint" }
}`;
}

/** What an interaction has otherwise than the plain one: JSON by its key. */
export type InteractionParts = Readonly<Record<string, string>>;

/** A POST of a prompt that is answered with any text under "prompt". */
export function interactionText(description: string, parts: InteractionParts = {}): string {
  const members: Record<string, string> = {
    type: '"Synchronous/HTTP"',
    description: JSON.stringify(description),
    request: requestText('{ "prompt": "Why is the sky blue?" }'),
    response: `{
      "status": 200,
      "headers": { "Content-Type": ["application/json"] },
      "body": { "content": { "prompt": "Because." }, "contentType": "application/json", "encoded": false },
      "matchingRules": { "body": { "$.prompt": { "combine": "AND", "matchers": [{ "match": "type" }] } } }
    }`,
    ...parts,
  };
  return `{ ${Object.entries(members)
    .map(([name, value]) => `${JSON.stringify(name)}: ${value}`)
    .join(', ')} }`;
}

/** The request of an interaction with a body of JSON. */
export function requestText(body: string): string {
  return `{
      "method": "POST",
      "path": "/",
      "headers": { "Content-Type": ["application/json"] },
      "body": { "content": ${body}, "contentType": "application/json", "encoded": false }
    }`;
}

/** Writes a package as npm installs it, and names its folder. */
export function writeModule(project: string, name: string, manifest: string): string {
  const folder = join(project, 'node_modules', name);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), manifest);
  writeFileSync(join(folder, 'index.js'), '');
  return folder;
}
