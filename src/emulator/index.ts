export type { FunctionDefinition, FunctionInput } from '../contract/function.ts';
export {
  type Clock,
  createRealClock,
  createVirtualClock,
  type VirtualClock,
} from '../scenarios/clock.ts';
export type { HeaderList, Outcome, Reply } from '../scenarios/outcome.ts';
export { createRandom, type Random } from '../scenarios/random.ts';
export type { AnswerContext, AnswerSource, Question } from './answers/source.ts';
export type { Call } from './call.ts';
export { diagnose } from './diagnosis/diagnose.ts';
export type { Diagnosis } from './diagnosis/diagnosis.ts';
export { createEmulator, type Emulator, type Surroundings } from './emulator.ts';
export { STACK_NAMES, type StackName } from './function/stacks.ts';
export type { Exchange, ExchangeSummary, Journal, JournalBody } from './journal.ts';
export type { Ledger, LedgerEntry } from './ledger.ts';
export type { LineCounts } from './ledger-line.ts';
export type { Namespace, NamespaceOptions, Namespaces } from './namespaces.ts';
export type { ClockMode, EmulatorConfig, EmulatorInput } from './options.ts';
export type { ScenarioOption } from './scenario-option.ts';
export type { ActivateOptions, ActiveScenario } from './scenarios.ts';
export type { EmulatorTime } from './time.ts';
export { UsageError } from './usage-error.ts';
export { VERSION } from './version.ts';
