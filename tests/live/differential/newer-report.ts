import type { LiveVersions } from '../live-endpoint.ts';
import type { Collected, Found } from './collect-differences.ts';
import { curlOf, describeExchanged, describeRequest } from './describe-request.ts';

/** What a report is about. */
export interface Newer {
  readonly stack: string;
  /** The FastAPI that the stack imitates. */
  readonly imitated: string;
  readonly versions: LiveVersions;
  readonly seed: number;
}

/** Whether a version is later than another; a part that is no number counts as 0. */
export function isNewer(version: string, than: string): boolean {
  const [left, right] = [partsOf(version), partsOf(than)];
  for (let index = 0; index < Math.max(left.length, right.length); index += 1) {
    const difference = (left[index] ?? 0) - (right[index] ?? 0);
    if (difference !== 0) return difference > 0;
  }
  return false;
}

function partsOf(version: string): readonly number[] {
  return version.split('.').map((part) => Number.parseInt(part, 10) || 0);
}

/** Which differences came with a newer FastAPI, in Markdown. */
export function reportNewer(newer: Newer, { asked, found }: Collected): string {
  const { versions, stack, imitated, seed } = newer;
  const { fastapi, starlette, pydantic, python, modal } = versions;
  const intro = [
    `## FastAPI ${fastapi} against the stack ${stack}`,
    '',
    `PyPI has FastAPI ${fastapi}; the newest stack imitates ${imitated}. Compared: Starlette ` +
      `${starlette}, Pydantic ${pydantic}, CPython ${python}, Modal's wrapper of ${modal}, with ` +
      `${asked} requests (seed ${seed}).`,
    '',
  ];
  if (found.length === 0) return [...intro, 'All answers are the same.', ''].join('\n');
  const rows = found.map(({ signature, count, definitions }) => {
    return `| ${signature.replaceAll('|', '\\|')} | ${count} | ${definitions.join(', ')} |`;
  });
  const table = ['| what differs | requests | definitions |', '| --- | --- | --- |', ...rows, ''];
  return [...intro, ...table, ...found.flatMap(section)].join('\n');
}

function section({ signature, request, exchanged }: Found): readonly string[] {
  const told = [
    `to "${request.definition}"`,
    describeRequest(request),
    '',
    describeExchanged(exchanged),
  ].join('\n');
  const fence = '````';
  return [
    `### ${signature}`,
    '',
    `${fence}text`,
    told,
    fence,
    '',
    `${fence}sh`,
    curlOf(request),
    fence,
    '',
  ];
}
