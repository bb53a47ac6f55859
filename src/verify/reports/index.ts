export { type Counts, countResults, formatCounts } from './counts.ts';
export { formatGithubAnnotations, formatGithubSummary } from './github.ts';
export { formatJsonReport, JSON_SCHEMA_VERSION } from './json.ts';
export { formatJunitReport } from './junit.ts';
