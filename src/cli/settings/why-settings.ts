import type { Setting } from './setting.ts';

/** Every setting of `why`; the admin token is the same as that of `serve`. */
export const WHY_SETTINGS = [
  {
    flag: 'url',
    kind: 'text',
    placeholder: 'URL',
    path: null,
    group: 'Emulator',
    help: 'Where the emulator is.',
    defaultText: 'http://127.0.0.1:8000',
  },
  {
    flag: 'admin-token',
    kind: 'text',
    placeholder: 'TOKEN',
    path: ['adminToken'],
    group: 'Emulator',
    help:
      "The emulator's token, where it has one. Its place is the environment variable: flags can " +
      'be read in the list of processes.',
    isSecret: true,
  },
] as const satisfies readonly Setting[];
