import { realpathSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { asPushChatError, PushChatError } from '../errors.ts';
import { exportArchive, importArchive } from './commands/archive.ts';
import { check } from './commands/check.ts';
import { describeError } from './commands/describeError.ts';
import { help, readCommandLine, type Options } from './commands/options.ts';
import { run } from './commands/run.ts';
import { vapidKeys } from './commands/vapidKeys.ts';

const USAGE = `Runs a Push Node, and looks after what it keeps.

  push-node [options]                run until SIGTERM or SIGINT
  push-node check [options]          verify every block, proof and chain that is kept; 1 when something is wrong
  push-node export FILE [options]    write everything to FILE.car (the blocks) and FILE.jsonl (the acts)
  push-node import FILE [options]    take it all from there, checked as though it had been posted
  push-node vapid-keys               print a new key pair for Web Push

Options come as flags, as PUSH_NODE_PORT and so on, or from a file; flags count first. \`check\`, \`export\` and \`import\`
want the node stopped, and take --data or --database.

${help()}
`;

type Command = (options: Options, file: string) => Promise<number>;

const COMMANDS: ReadonlyMap<string, Command> = new Map<string, Command>([
  ['run', run],
  ['check', check],
  ['export', exportArchive],
  ['import', importArchive],
  ['vapid-keys', vapidKeys],
]);

/**
 * The command line of a Push Node.
 * @param argv arguments after the program's name
 * @returns the exit code
 */
export async function main(argv: readonly string[]): Promise<number> {
  try {
    const { words, options } = readCommandLine(argv, process.env);
    if (options.help) {
      process.stdout.write(USAGE);
      return 0;
    }
    const [name = 'run', file = '', ...rest] = words;
    const command = COMMANDS.get(name);
    const needsFile = name === 'export' || name === 'import';
    if (!command || rest.length > 0 || needsFile !== (file !== '')) {
      throw new PushChatError('InvalidConfig', `"${words.join(' ')}" is no command. See push-node --help.`);
    }
    return await command(options, file);
  } catch (thrown) {
    process.stderr.write(`push-node: ${describeError(asPushChatError(thrown))}\n`);
    return 1;
  }
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(realpathSync(process.argv[1])).href) {
  process.exitCode = await main(process.argv.slice(2));
}
