import { realpathSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { PushChatError } from '../errors.ts';
import type { Command } from './command.ts';
import { complainOf, EXIT, EXIT_HELP } from './exitCode.ts';
import { keysCommand } from './keysCommand.ts';
import { listenCommand } from './listenCommand.ts';
import { proveCommand } from './proveCommand.ts';
import { acceptCommand, rejectCommand, requestsCommand } from './requestsCommand.ts';
import { sendCommand } from './sendCommand.ts';
import { systemTerminal, type Terminal } from './terminal.ts';
import { verifyCommand } from './verifyCommand.ts';

const COMMANDS: Readonly<Record<string, Command>> = {
  keys: keysCommand,
  send: sendCommand,
  listen: listenCommand,
  requests: requestsCommand,
  accept: acceptCommand,
  reject: rejectCommand,
  prove: proveCommand,
  verify: verifyCommand,
};

const USAGE = `Usage: push-chat COMMAND [OPTIONS]

${Object.entries(COMMANDS)
  .map(([name, { summary }]) => `  ${name.padEnd(10)}${summary}`)
  .join('\n')}

"push-chat COMMAND --help" explains one, such as push-chat verify FILE.

${EXIT_HELP}`;

const isHelp = (arg: string | undefined): boolean => arg === '--help' || arg === '-h';

/**
 * The command line for users of Push Chat.
 * @param argv arguments after the program's name
 * @returns the exit code
 */
export async function main(argv: readonly string[], terminal: Terminal = systemTerminal()): Promise<number> {
  const [name = '', ...args] = argv;
  try {
    if (isHelp(name)) {
      await terminal.print(USAGE);
      return EXIT.done;
    }
    const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
    if (!command) {
      throw new PushChatError('InvalidConfig', `There is no command "${name}". See push-chat --help.`);
    }
    if (args.some(isHelp)) {
      await terminal.print(command.help);
      return EXIT.done;
    }
    return await command.run(args, terminal);
  } catch (error) {
    if (terminal.signal.aborted) return EXIT.interrupted;
    return complainOf(error, args.includes('--json'), terminal);
  }
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(realpathSync(process.argv[1])).href) {
  // What still waits to try something again must not keep the program.
  process.exit(await main(process.argv.slice(2)));
}
