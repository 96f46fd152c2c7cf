import { realpathSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { asPushChatError, PushChatError } from '../errors.ts';
import { startPushNode, type RunningNode } from './httpServer.ts';

const USAGE = `Runs a Push Node for one-to-one chat.

  push-node [--port 4000] [--data push-node-data | --memory] [--host 0.0.0.0]

  --port N      port to listen on; also taken from PORT (default 4000)
  --data DIR    folder to keep everything in (default push-node-data)
  --memory      keep everything in memory and forget it at the end
  --host ADDR   address to listen on (default: this machine alone)
  --help        this text
`;

/**
 * The command line of a Push Node. Runs until SIGTERM or SIGINT.
 * @param argv arguments after the program's name
 * @returns the exit code
 */
export async function main(argv: readonly string[]): Promise<number> {
  try {
    const options = parseOptions(argv);
    if (options.help) {
      process.stdout.write(USAGE);
      return 0;
    }
    const stopped = untilStopped();
    const server = await start(options);
    await stopped;
    await server.close();
    return 0;
  } catch (thrown) {
    const error = asPushChatError(thrown);
    process.stderr.write(`${error.message}\n`);
    return 1;
  }
}

interface Options {
  readonly port: number;
  readonly data: string;
  readonly memory: boolean;
  readonly host: string | undefined;
  readonly help: boolean;
}

function parseOptions(argv: readonly string[]): Options {
  const { port, data, memory, host, help } = readFlags(argv);
  if (memory && data !== undefined) throw new PushChatError('InvalidConfig', 'Give either --data or --memory.');
  const number = Number(port ?? process.env['PORT'] ?? 4000);
  if (!Number.isInteger(number) || number < 0 || number > 65_535) {
    throw new PushChatError('InvalidConfig', '--port must be a number from 0 to 65535.');
  }
  return { port: number, data: data ?? 'push-node-data', memory, host, help };
}

function readFlags(
  argv: readonly string[],
): Omit<Options, 'port' | 'data'> & { readonly port?: string; readonly data?: string } {
  try {
    const { values } = parseArgs({
      args: [...argv],
      options: {
        port: { type: 'string' },
        data: { type: 'string' },
        memory: { type: 'boolean', default: false },
        host: { type: 'string' },
        help: { type: 'boolean', default: false, short: 'h' },
      },
    });
    return { host: undefined, ...values };
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : 'This cannot be read';
    throw new PushChatError('InvalidConfig', `${reason}\n\n${USAGE}`, { cause });
  }
}

async function start({ port, data, memory, host }: Options): Promise<RunningNode> {
  const logger = { warn: (error: PushChatError) => process.stderr.write(`${describe(error)}\n`) };
  const place = memory ? { memory } : { dataDir: data };
  const server = await startPushNode({ port, logger, ...place, ...(host !== undefined && { host }) });
  process.stdout.write(`Push Node at ${server.url}, ${memory ? 'in memory' : `data in ${data}`}\n`);
  return server;
}

/** The whole chain of causes on one line, without line breaks that a caller could have sent (security ND-15). */
function describe(error: unknown): string {
  if (!(error instanceof Error)) return '';
  const cause = describe(error.cause);
  return JSON.stringify(error.message).slice(1, -1) + (cause && `: ${cause}`);
}

function untilStopped(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => resolve());
  });
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(realpathSync(process.argv[1])).href) {
  process.exitCode = await main(process.argv.slice(2));
}
