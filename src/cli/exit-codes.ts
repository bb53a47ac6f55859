/** All went as asked. */
export const EXIT_OK = 0;
/** The program itself failed. */
export const EXIT_INTERNAL = 1;
/** The user's mistake: a wrong flag or config, a port in use. */
export const EXIT_USAGE = 2;

/** `verify`: the endpoint breaks the contract. */
export const EXIT_CONTRACT_FAILED = 1;
/** `verify`: the endpoint was not reached, or nothing could be judged. */
export const EXIT_INCONCLUSIVE = 3;
/**
 * `verify`: the program itself failed. It must not look like an endpoint that breaks the contract,
 * and has the number that sysexits.h gives to an internal error.
 */
export const EXIT_VERIFY_INTERNAL = 70;

/** What shells report for a process that a signal ended: 128 and the signal's number. */
export const SIGNAL_EXIT_CODES = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 } as const;
