export type {
  Exchanged,
  ProbeAnswer,
  ProbeFailure,
  ProbeLimits,
  ProbeRequest,
  ProbeTimings,
  Transport,
  TransportFailureCode,
} from './exchange.ts';
export type { PactStage, VerifyOptions, VerifySurroundings } from './options.ts';
export {
  type CheckResult,
  type CheckStatus,
  type Report,
  type Verdict,
  verdictOf,
} from './report.ts';
export { verifyEndpoint } from './verify-endpoint.ts';
