import type { Terminal } from '../../src/cli/terminal.ts';

/** A terminal where nobody sits, without files, that forgets what is printed. */
export const quietTerminal: Terminal = {
  read: () => '',
  readBytes: () => new Uint8Array(),
  create: () => undefined,
  isOpenToOthers: () => false,
  print: () => undefined,
  complain: () => undefined,
  now: () => new Date(),
  env: {},
  isInteractive: false,
  askSecret: () => Promise.resolve(''),
  signal: new AbortController().signal,
};
