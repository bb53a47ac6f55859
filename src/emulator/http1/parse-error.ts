/** Bytes that are no HTTP/1.1, in the words and codes of Node's parser, llhttp. */
export class ParseError extends Error {
  /** `HPE_INVALID_CONSTANT`. */
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.name = 'ParseError';
    this.code = code;
  }
}

/** Begins an answer that nobody of today's clients takes for the last one, or for one at all. */
export class UnexpectedStatusError extends Error {
  constructor(message: 'bad response' | 'bad upgrade') {
    super(message);
    this.name = 'UnexpectedStatusError';
  }
}

/** A head whose fields are longer than a client takes. */
export class HeadersOverflowError extends Error {
  constructor() {
    super('Headers Overflow Error');
    this.name = 'HeadersOverflowError';
  }
}

/** A body that is shorter than its head says, on a connection whose end was announced. */
export class LengthMismatchError extends Error {
  constructor() {
    super('Response body length does not match content-length header');
    this.name = 'LengthMismatchError';
  }
}
