import type { Terminal } from './terminal.ts';

/** One command of the program. */
export interface Command {
  /** In a few words, for the list of commands. */
  readonly summary: string;
  /** What `--help` says. */
  readonly help: string;
  /**
   * @param args those after the command's name
   * @returns the exit code
   * @throws {PushChatError} or what Node.js throws; the caller tells it
   */
  readonly run: (args: readonly string[], terminal: Terminal) => Promise<number>;
}
