export { UsageError } from '../../emulator/usage-error.ts';
export type { CheckResult, CheckStatus, Report, Verdict } from '../report.ts';
export {
  formatGithubAnnotations,
  formatGithubSummary,
  formatJsonReport,
  formatJunitReport,
} from '../reports/index.ts';
export { type VerifyInput, verify } from './verify.ts';
