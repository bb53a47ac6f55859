/** Of the head of an answer; Python reads lines of that length. */
export const HEAD_MAX_BYTES = 64 * 1024;

/** Of the body of an answer, packed and unpacked: hundreds of times a long completion. */
export const BODY_MAX_BYTES = 8 * 1024 * 1024;

/** DNS, connection and TLS; what takes longer does not lead to the endpoint. */
export const CONNECT_TIMEOUT_MAX_MS = 10_000;
