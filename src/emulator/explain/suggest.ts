// The typed client suggests as well, and imports nothing of the emulator.
export { didYouMean, suggest } from '../../contract/suggest.ts';
