import type { Clock } from '../scenarios/clock.ts';
import { UsageError } from './usage-error.ts';

/** What a namespace is made with. */
export interface NamespaceOptions<Scenario> {
  /** Up to 100 letters, digits and `. _ ~ -`. */
  readonly name: string;
  /** In force at once; else what the server was configured with. */
  readonly scenario?: Scenario;
  /** Else the server's own. */
  readonly seed?: string;
  /** How long it lives, by the emulator's clock; else until it is deleted. */
  readonly ttlMs?: number;
}

/** A world of its own behind the same server. */
export interface Namespace<Inner> {
  readonly name: string;
  /** Where its endpoint is: `/t/NAME/`. */
  readonly path: string;
  readonly emulator: Inner;
  /** Milliseconds since the Unix epoch, by the clock of the emulator around it. */
  readonly startedMs: number;
  readonly endsMs: number | null;
}

/** The namespaces of an emulator. */
export interface Namespaces<Inner, Scenario> {
  /**
   * Makes a namespace; when there is a mistake, there is none.
   * @throws UsageError for a name that is taken or is none, too many of them, or a bad scenario
   */
  create(options: NamespaceOptions<Scenario>): Namespace<Inner>;
  get(name: string): Namespace<Inner> | null;
  list(): readonly Namespace<Inner>[];
  /** Ends a namespace, and whatever hangs in it; false when there was none of the name. */
  delete(name: string): boolean;
  /** Whether there ever was one: from then on, X-Test-Id has to name one. */
  readonly isInUse: boolean;
}

/** How many there can be at a time. */
export const NAMESPACES_MAX = 100;

/** What a name may be. */
export const NAMESPACE_NAME = /^[A-Za-z0-9_][A-Za-z0-9._~-]{0,99}$/;

/** What namespaces need of the emulator around them. */
export interface NamespaceParts<Inner, Scenario> {
  readonly clock: Clock;
  /** The namespace that these would be in; empty for none. */
  readonly within: string;
  /** There from the beginning. */
  readonly initial: readonly NamespaceOptions<Scenario>[];
  /** @throws UsageError */
  make(options: NamespaceOptions<Scenario>): Inner;
}

/**
 * Begins with the initial ones.
 * @throws UsageError for one of them that cannot be
 */
export function createNamespaces<Inner extends { reset(): void }, Scenario>(
  parts: NamespaceParts<Inner, Scenario>,
): Namespaces<Inner, Scenario> {
  const { clock, within, initial, make } = parts;
  const known = new Map<string, Namespace<Inner>>();
  let isInUse = false;

  const remove = (name: string): boolean => {
    const namespace = known.get(name);
    known.delete(name);
    namespace?.emulator.reset();
    return namespace !== undefined;
  };
  const get = (name: string): Namespace<Inner> | null => {
    const namespace = known.get(name);
    if (namespace === undefined) return null;
    if (namespace.endsMs === null || clock.now() < namespace.endsMs) return namespace;
    remove(name);
    return null;
  };
  const list = () => [...known.keys()].flatMap((name) => get(name) ?? []);
  const create = (options: NamespaceOptions<Scenario>): Namespace<Inner> => {
    const { name, ttlMs } = options;
    const problem = problemOf(name, { within, names: list().map((one) => one.name) });
    if (problem !== null) throw problem;
    const startedMs = clock.now();
    const namespace: Namespace<Inner> = {
      name,
      path: `/t/${name}/`,
      emulator: make(options),
      startedMs,
      endsMs: ttlMs === undefined ? null : startedMs + ttlMs,
    };
    known.set(name, namespace);
    isInUse = true;
    return namespace;
  };
  for (const options of initial) create(options);

  return {
    get isInUse() {
      return isInUse;
    },
    create,
    get,
    list,
    delete: (name) => get(name) !== null && remove(name),
  };
}

function problemOf(
  name: string,
  { within, names }: { within: string; names: readonly string[] },
): UsageError | null {
  const refuse = (code: string, reason: string) =>
    new UsageError(code, `Failed to create namespace "${name.slice(0, 100)}": ${reason}`);
  if (within !== '') {
    return refuse('nested-namespace', `it would be in "${within}". Create it outside of that one.`);
  }
  if (!NAMESPACE_NAME.test(name)) {
    const reason = 'a name is 1 to 100 letters, digits and . _ ~ -, and begins with none of . ~ -.';
    return refuse('invalid-namespace', `${reason} Call it "my-test".`);
  }
  if (names.includes(name)) {
    const reason = 'there is one already. Take another name, or delete that one first.';
    return refuse('namespace-exists', reason);
  }
  if (names.length < NAMESPACES_MAX) return null;
  const reason = `there are ${names.length}, which is all there can be.`;
  return refuse('too-many-namespaces', `${reason} Delete some, or give them a ttl.`);
}
