import { billingTrap } from './catalog/billing-trap.ts';
import { brownout } from './catalog/brownout.ts';
import { coldStart } from './catalog/cold-start.ts';
import { coldStart303 } from './catalog/cold-start-303.ts';
import { early303 } from './catalog/early-303.ts';
import { everyThird } from './catalog/every-third.ts';
import { failTwice } from './catalog/fail-twice.ts';
import { flaky } from './catalog/flaky.ts';
import { healthy } from './catalog/healthy.ts';
import { htmlGateway } from './catalog/html-gateway.ts';
import { modalEdge } from './catalog/modal-edge.ts';
import { noEcho } from './catalog/no-echo.ts';
import { outageAndRecovery } from './catalog/outage-and-recovery.ts';
import { rateLimited } from './catalog/rate-limited.ts';
import { silentStream } from './catalog/silent-stream.ts';
import { slow } from './catalog/slow.ts';
import { slowDrip } from './catalog/slow-drip.ts';
import { truncating } from './catalog/truncating.ts';
import { wrongShape } from './catalog/wrong-shape.ts';
import type { BuiltInScenario } from './define-scenario.ts';
import { parseScenario, type Scenario } from './scenario.ts';

/** Every built-in scenario, one file each in catalog/, from well to unwell. */
export const CATALOG: readonly BuiltInScenario[] = [
  healthy,
  slow,
  coldStart,
  coldStart303,
  early303,
  slowDrip,
  silentStream,
  flaky,
  failTwice,
  everyThird,
  rateLimited,
  brownout,
  outageAndRecovery,
  htmlGateway,
  modalEdge,
  truncating,
  wrongShape,
  noEcho,
  billingTrap,
];

const read = new Map<string, Scenario>();

/** A built-in scenario by its name, or null; read when it is asked for first. */
export function findBuiltIn(name: string): Scenario | null {
  const known = read.get(name);
  if (known !== undefined) return known;
  const written = CATALOG.find((scenario) => scenario.name === name);
  if (written === undefined) return null;
  const { scenario } = parseScenario(written);
  if (scenario === null) throw new Error(`the built-in scenario "${name}" is not valid`);
  read.set(name, scenario);
  return scenario;
}
