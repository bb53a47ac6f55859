import { Document, isCollection, isMap, isScalar, isSeq, Scalar } from 'yaml';
import { wrap } from '../columns.ts';

/** Lines in YAML are no longer than this where they can be broken. */
const WIDTH = 96;
const COMMENT_WIDTH = 90;

/** Writes options as YAML on one line: `{ kind: reset, afterBytes: 40 }`. */
export function writeInline(value: unknown): string {
  const document = new Document(value);
  flow(document.contents);
  return document.toString({ lineWidth: 0 }).trimEnd();
}

/** Writes a scenario as people do, a line for each thing that a step says, with comments on each. */
export function writeScenario(input: unknown, comments: readonly (readonly string[])[]): string {
  const document = new Document(input);
  const summary = document.get('summary', true);
  if (isScalar(summary)) summary.type = Scalar.BLOCK_FOLDED;
  const steps = document.get('steps');
  if (isSeq(steps))
    for (const [index, step] of steps.items.entries()) {
      if (isMap(step)) {
        const lines = (comments[index] ?? []).flatMap((line) => wrap(line, COMMENT_WIDTH));
        step.commentBefore = lines.map((line) => ` ${line}`).join('\n');
        layOut(step.items);
      }
    }
  return document.toString({ lineWidth: WIDTH });
}

/** What a step says stands on one line each, but for a sequence, which has one for each turn. */
function layOut(pairs: readonly { readonly key: unknown; readonly value: unknown }[]): void {
  for (const { key, value } of pairs) {
    const isSequence = isScalar(key) && key.value === 'sequence' && isSeq(value);
    if (isSequence) value.items.forEach(flow);
    else flow(value);
  }
}

function flow(node: unknown): void {
  if (isCollection(node)) node.flow = true;
}
