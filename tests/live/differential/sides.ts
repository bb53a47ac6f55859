import { isDeepStrictEqual } from 'node:util';
import { repr } from '../../../src/emulator/diagnosis/python-repr.ts';
import { PYTHON_NAMES, type PythonName } from '../../../src/emulator/function/pythons.ts';
import { type AnswerSource, createEmulator, type StackName } from '../../../src/emulator/index.ts';
import { type RunningServer, serve } from '../../../src/emulator/node/index.ts';
import type { WireAnswer } from '../../doors.ts';
import { comparable } from '../../oddities/cases.ts';
import type { Live, LiveDefinition } from '../live-endpoint.ts';
import type { LiveRequest } from './requests.ts';
import { createWireClient, HOST, type WireClient } from './wire.ts';

/** What both sides answered to a request. */
export interface Exchanged {
  readonly live: WireAnswer;
  readonly emulated: WireAnswer;
}

/** A request to a definition, which may be none of the differential test's own. */
export type SidesRequest = Omit<LiveRequest, 'definition'> & { readonly definition: string };

/** A live endpoint and an emulator of the same functions. */
export interface Sides {
  /** Asks both at once. */
  ask(request: SidesRequest): Promise<Exchanged>;
  close(): Promise<void>;
}

/** What to emulate beside a live endpoint. */
export interface SidesOptions {
  readonly live: Live;
  readonly stack: StackName;
  readonly definitions: Readonly<Record<string, LiveDefinition>>;
  /** Stands between the emulator and the comparison, to prove that a difference is found. */
  readonly alter?: (answer: WireAnswer) => WireAnswer;
}

/** Serves the definitions by an emulator of the stack, on the Python that the live one runs on. */
export async function openSides(options: SidesOptions): Promise<Sides> {
  const { live, stack, definitions, alter = (answer) => answer } = options;
  const python = pythonOf(live.versions.python);
  const servers: RunningServer[] = [];
  const clients = new Map<string, { live: WireClient; emulated: WireClient }>();
  for (const [name, { reflects = false, ...definition }] of Object.entries(definitions)) {
    const emulator = createEmulator(
      { ...definition, stack, python, journalMax: 0 },
      reflects ? { answers: reflect } : {},
    );
    const server = await serve(emulator, { port: 0 });
    servers.push(server);
    const livePort = Number(new URL(live.urls[name] ?? '').port);
    clients.set(name, {
      live: createWireClient(livePort),
      emulated: createWireClient(server.port),
    });
  }
  return {
    async ask(request) {
      const sides = clients.get(request.definition);
      if (sides === undefined) throw new Error(`"${request.definition}" is not served`);
      const asked = [sides.live.ask(request), sides.emulated.ask(request)] as const;
      const [answer, emulated] = await Promise.all(asked);
      return { live: answer, emulated: alter(emulated) };
    },
    async close() {
      for (const sides of clients.values()) {
        sides.live.close();
        sides.emulated.close();
      }
      await Promise.all(servers.map((server) => server.close({ drainTimeoutMs: 0 })));
    },
  };
}

/** The interpreter's name in the emulator's options. */
export function pythonOf(version: string): PythonName {
  const name = PYTHON_NAMES.find((known) => version.startsWith(`${known}.`));
  if (name === undefined) throw new Error(`there is no Python ${version} to emulate`);
  return name;
}

/** Answers what the parameters became, as `reflection` in endpoint/source.py writes it. */
const reflect: AnswerSource = {
  name: 'reflect',
  summary: 'the parameters as Python prints them',
  needsPrompt: false,
  answer: ({ parameters }) => toAscii(repr(parameters)),
};

function toAscii(text: string): string {
  const ascii = text.replace(/\P{ASCII}/gu, (character) => {
    const code = character.codePointAt(0) ?? 0;
    const hex = code.toString(16);
    if (code < 0x100) return `\\x${hex}`;
    return code < 0x10000 ? `\\u${hex.padStart(4, '0')}` : `\\U${hex.padStart(8, '0')}`;
  });
  return ascii.replace(/\\ud[89a-f]../g, '\\ud800');
}

/** Where two answers differ. */
export type Difference = 'status' | 'body' | 'headers';

/** What differs of what conformance compares: status, body bytes, and FastAPI's own headers. */
export function differences({ live, emulated }: Exchanged): readonly Difference[] {
  const wanted = partsOf(live);
  const got = partsOf(emulated);
  const names: readonly Difference[] = ['status', 'body', 'headers'];
  return names.filter((name) => !isDeepStrictEqual(wanted[name], got[name]));
}

/** The parts that are compared. */
export function partsOf(answer: WireAnswer): Readonly<Record<Difference, unknown>> {
  // Sound: it is what `comparable` makes; it only says that nobody need know.
  return comparable(answer, HOST) as Record<Difference, unknown>;
}
