import { UsageError } from '../../emulator/usage-error.ts';
import type { Log } from '../log/log.ts';
import { loadScenarioFile } from './load-scenario.ts';
import type { LoadedScenario } from './loaded-scenario.ts';
import { type WatchOptions, watchFile } from './watch-file.ts';

/** What a watched scenario needs of the server. */
export interface ScenarioWatch extends WatchOptions {
  readonly path: string;
  /** What the file said when it was read last. */
  readonly loaded: LoadedScenario;
  /** Puts another one in force, and returns what to say of it. */
  activate(loaded: LoadedScenario): string;
  readonly log: Pick<Log, 'info' | 'error'>;
}

/** Keeps the scenario in force equal to its file, as long as the file is without a mistake. */
export function watchScenario(watch: ScenarioWatch): Promise<void> {
  const { path, log } = watch;
  const shown = JSON.stringify(path);
  let inForce = contentOf(watch.loaded);
  let told: string | null = null;

  const complain = (text: string) => {
    if (text === told) return;
    told = text;
    for (const line of text.split('\n')) log.error(line);
    log.error('The scenario that was loaded before stays in force.');
  };

  const take = async () => {
    const read = await loadScenarioFile(path);
    const content = contentOf(read);
    // Blanks and comments start nothing over.
    if (content !== inForce) {
      log.info(watch.activate(read));
      inForce = content;
    } else if (told !== null) log.info(`The scenario file ${shown} is in order again.`);
    told = null;
  };
  const onChange = () =>
    take().catch((error: unknown) => {
      if (!(error instanceof UsageError)) throw error;
      complain(error.message);
    });

  const onGone = () => complain(`Failed to read scenario file ${shown}: it is gone.`);
  return watchFile(path, { onChange, onGone }, watch);
}

function contentOf({ input }: LoadedScenario): string {
  return JSON.stringify(input);
}
