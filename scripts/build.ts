// Builds `dist/`: the library as one JavaScript file per source file with its types, and the command
// as a bundle. Finding and reading 200 small files takes longer than running them: bundled, the
// command answers its first request in little more than half the time.
import { execFileSync } from 'node:child_process';
import { chmodSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';
import { formatLicenses, packagesOf } from './licenses.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const dist = join(root, 'dist');
const command = join(dist, 'cli');

rmSync(dist, { recursive: true, force: true });
compile();
await bundle();
chmodSync(join(command, 'main.js'), 0o755);

function compile(): void {
  const typescript = dirname(createRequire(import.meta.url).resolve('typescript/package.json'));
  execFileSync(process.execPath, [join(typescript, 'bin', 'tsc'), '-p', 'tsconfig.build.json'], {
    cwd: root,
    stdio: 'inherit',
  });
}

/** Replaces the compiled command by its bundle, the licences of what it took in beside it. */
async function bundle(): Promise<void> {
  const output = join(dist, 'bundle');
  const build = await rolldown({
    input: {
      main: join(command, 'main.js'),
      // A program of its own, which the command starts from beside itself.
      'engine-child': join(dist, 'verify', 'node', 'pact', 'engine-child.js'),
    },
    platform: 'node',
    // Half a megabyte that is only loaded for believable text.
    external: [/^@faker-js\/faker/],
  });
  const { output: chunks } = await build.write({ dir: output, format: 'esm' });
  await build.close();
  const modules = chunks.flatMap((chunk) => (chunk.type === 'chunk' ? chunk.moduleIds : []));
  const licenses = formatLicenses(packagesOf(modules));
  rmSync(command, { recursive: true });
  renameSync(output, command);
  writeFileSync(join(command, 'LICENSES.txt'), licenses);
  const size = readFileSync(join(command, 'main.js')).length;
  console.log(`dist/cli/main.js and ${chunks.length - 1} chunks, ${Math.round(size / 1024)} KiB`);
}
