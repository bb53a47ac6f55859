import { createEmulator } from '../../src/emulator/index.ts';
import { createRandom } from '../../src/scenarios/random.ts';
import { lengthOf, type Mutant, type MutantReply, render } from './mutant.ts';
import { type RawRequest, type RawServer, startRawServer } from './raw-server.ts';

/** The endpoint that mutants are made of: it keeps the contract, and echoes. */
export function createCorrect(): (request: RawRequest) => Promise<MutantReply> {
  const emulator = createEmulator({ answer: 'echo' });
  return async ({ method, target, head, body }) => {
    const type = /^content-type: *(.*)$/im.exec(head)?.[1];
    const response = await emulator.fetch(
      new Request(`http://localhost${target}`, {
        method,
        headers: type === undefined ? {} : { 'content-type': type },
        ...(body.length > 0 ? { body: new Uint8Array(body) } : {}),
      }),
    );
    const headers = [...response.headers].filter(([name]) => name !== 'content-length');
    return { status: response.status, headers, body: Buffer.from(await response.arrayBuffer()) };
  };
}

/** Serves a mutant; what it draws follows from the seed. */
export function serveMutant(mutant: Mutant, seed: string): Promise<RawServer> {
  const random = createRandom(seed).fork(mutant.name);
  const answer = createCorrect();
  let ordinal = 0;
  let previous: MutantReply | null = null;
  return startRawServer(async (socket, request) => {
    ordinal += 1;
    const { method, target, head } = request;
    const correct = await answer(request);
    const json = parseJson(request.body);
    const asked = {
      ...{ method, target, json, correct, previous },
      origin: `http://${/^host: *(.*)$/im.exec(head)?.[1] ?? ''}`,
      prompt: promptOf(json),
      random: random.fork(`request ${ordinal}`),
    };
    if (correct.status === 200) previous = correct;
    if (mutant.write !== undefined) return mutant.write(socket, asked);
    const reply = mutant.reply?.(asked) ?? correct;
    socket.end(render(reply, reply.status === 204 ? '' : lengthOf(reply)));
  });
}

function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString());
  } catch {
    return undefined;
  }
}

function promptOf(json: unknown): string | null {
  if (typeof json !== 'object' || json === null || !('prompt' in json)) return null;
  return typeof json.prompt === 'string' ? json.prompt : null;
}
