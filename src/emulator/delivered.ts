import type { Ended } from './exchange-record.ts';
import { createAnswerReader } from './http1/answer-reader.ts';

/** What tells whether the client got an answer. */
export type Delivery = Pick<Ended, 'call' | 'outcome' | 'sent'>;

/**
 * Whether the client was sent a whole answer that is no error. What stands in it is another
 * question, which the diagnosis asks.
 */
export function isDelivered({ call, outcome, sent }: Delivery): boolean {
  if (sent !== null) return isWholeAnswer(sent, call.method);
  return outcome.kind === 'reply' && isSuccess(outcome.reply.status);
}

function isSuccess(status: number): boolean {
  return status >= 200 && status < 300;
}

/** Whether what was sent is an answer to its end, as a client reads it. */
function isWholeAnswer(sent: NonNullable<Ended['sent']>, method: string): boolean {
  let status = 0;
  const reader = createAnswerReader(method, {
    onHead: (head) => {
      status = head.status;
    },
    onData: () => {},
  });
  try {
    reader.feed(sent.bytes);
    if (reader.isDone) return isSuccess(status);
    // The end of what is longer than what is kept of it was not seen.
    if (sent.bytesSent > sent.bytes.length) {
      return isSuccess(status) && sent.isWhole && sent.end === 'close';
    }
    return isSuccess(status) && sent.isWhole && sent.end === 'close' && reader.end();
  } catch {
    return false;
  }
}
