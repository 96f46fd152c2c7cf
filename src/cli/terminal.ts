import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import { escapeControls } from '../errors.ts';

/** Where a command reads, writes, and takes the time from. */
export interface Terminal {
  /** A file, or standard input for `-`. */
  readonly read: (file: string) => string;
  readonly readBytes: (file: string) => Uint8Array;
  /** Makes a file for its owner only; one that is there stays as it is. */
  readonly create: (file: string, text: string) => void;
  /** Whether a file can be read by others than its owner. */
  readonly isOpenToOthers: (file: string) => boolean;
  /** Resolves when whoever reads it has it. */
  readonly print: (text: string) => unknown;
  readonly complain: (text: string) => unknown;
  readonly now: () => Date;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Whether somebody sits there who can be asked, and whether something is piped in. */
  readonly isInteractive: boolean;
  /** Asks without showing what is typed. */
  readonly askSecret: (prompt: string) => Promise<string>;
  /** Aborts when the program is told to stop, or when nobody reads what it prints any more. */
  readonly signal: AbortSignal;
}

const STANDARD_INPUT = 0;

/** The terminal that the program was started in. */
export function systemTerminal(): Terminal {
  const stop = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => stop.abort(name));
  process.stdout.on('error', () => stop.abort('EPIPE'));
  return {
    read: (file) => readFileSync(file === '-' ? STANDARD_INPUT : file, 'utf8'),
    readBytes: (file) => readFileSync(file === '-' ? STANDARD_INPUT : file),
    create: (file, text) => writeFileSync(file, text, { flag: 'wx', mode: 0o600, flush: true }),
    isOpenToOthers: (file) => (statSync(file).mode & 0o077) !== 0,
    print: (text) =>
      new Promise<void>((resolve) => {
        process.stdout.write(text, () => resolve());
      }),
    complain: (text) => process.stderr.write(text),
    now: () => new Date(),
    env: process.env,
    isInteractive: process.stdin.isTTY,
    askSecret: (prompt) => {
      process.stderr.write(prompt);
      const output = new Writable({ write: (_part, _encoding, done) => done() });
      const lines = createInterface({ input: process.stdin, output, terminal: true });
      return new Promise((resolve) => {
        lines.question('', (answer) => {
          lines.close();
          process.stderr.write('\n');
          resolve(answer);
        });
      });
    },
    signal: stop.signal,
  };
}

/** Text of others on a terminal: without what would move its cursor, colour it or change its title. */
export const inert = (text: string): string =>
  text.replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g, '');

/** One object on one line, in which nothing moves a terminal's cursor either. */
export const jsonLine = (value: object): string => `${escapeControls(JSON.stringify(value))}\n`;
