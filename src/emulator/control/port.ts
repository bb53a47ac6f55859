import type { ProviderStateName } from '../../contract/provider-states.ts';
import type { Clock } from '../../scenarios/clock.ts';
import type { Journal } from '../journal.ts';
import type { Ledger } from '../ledger.ts';
import type { Namespace, Namespaces } from '../namespaces.ts';
import type { EmulatorConfig } from '../options.ts';
import type { ScenarioOption } from '../scenario-option.ts';
import type { ScenarioControl } from '../scenarios.ts';
import type { EmulatorTime } from '../time.ts';
import type { Why } from '../why.ts';

/** Where the control plane lives; every other path belongs to the function. */
export const CONTROL_PREFIX = '/__admin';

/** True for the paths of the control plane: `/__admin` and everything below, not `/__adminx`. */
export function isControlPath(path: string): boolean {
  return path === CONTROL_PREFIX || path.startsWith(`${CONTROL_PREFIX}/`);
}

/** What the control plane shows of a namespace. */
export type ControlNamespace = Namespace<{
  readonly journal: Journal;
  readonly config: Pick<EmulatorConfig, 'seed'>;
  readonly scenario: ScenarioControl['scenario'];
}>;

/** What the control plane needs of the emulator. Everything is read anew for each request. */
export interface ControlPort {
  readonly journal: Journal;
  readonly ledger: Ledger;
  readonly namespaces: Pick<
    Namespaces<ControlNamespace['emulator'], ScenarioOption>,
    'create' | 'list' | 'delete'
  >;
  /** What those wait by who wait for requests. */
  readonly clock: Clock;
  /** What exchanges wait by. */
  readonly time: EmulatorTime;
  readonly scenarios: ScenarioControl;
  /** What a scenario decided about an exchange; undefined for one that is not kept. */
  why(ordinal: number): Why | undefined;
  readonly version: string;
  /** What callers must show as a bearer token; null when none is asked for. */
  readonly token: string | null;
  /** Whether only this machine can reach the server. Elsewhere a token is a must. */
  readonly isLoopback: boolean;
  /** The configuration in force, secrets already masked. */
  config(): unknown;
  /** What FastAPI would publish for the function in force. */
  openapi(): string;
  /** The provider state in force; null for none. */
  providerState(): ProviderStateName | null;
  setProviderState(state: ProviderStateName | null): void;
  /** Starts over: the journal, the ordinals, the scenario in force, the sequences of answers. */
  reset(): void;
  /** False while the server drains. */
  isReady(): boolean;
  /** Told of errors that are the control plane's own fault; callers only see a bare 500. */
  reportError?(error: unknown): void;
}
