import { readFileSync, realpathSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { asPushChatError, PushChatError } from '../errors.ts';
import { verifyProofFile, type ProvenMessage } from '../protocol/portableProof.ts';

const USAGE = `Usage: push-chat verify FILE [--json]

Checks the portable proof of a message, offline: that the sender's wallet vouches for the key, that the key signed this
message for this receiver, and that the message is the one that its id names. FILE is what exportProof() gave, as JSON;
"-" reads it from standard input.

  --json   print the result as JSON
  --help   this text

Exit code: 0 the proof holds, 1 it does not, 2 it could not be checked.
`;

const HOLDS = 0;
const FAILS = 1;
const UNCHECKED = 2;

/** Where a command reads, writes, and takes the time from. */
export interface Terminal {
  readonly read: (file: string) => string;
  readonly print: (text: string) => void;
  readonly complain: (text: string) => void;
  readonly now: () => Date;
}

/**
 * The command line for users of Push Chat.
 * @param argv arguments after the program's name
 * @returns the exit code
 */
export async function main(argv: readonly string[], terminal: Terminal = CONSOLE): Promise<number> {
  let file: string;
  let json: boolean;
  try {
    const { values, positionals } = parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: { json: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } },
    });
    if (values.help) {
      terminal.print(USAGE);
      return HOLDS;
    }
    const [command, name, ...rest] = positionals;
    if (command !== 'verify' || name === undefined || rest.length > 0) {
      throw new PushChatError('InvalidConfig', 'Say what to verify: push-chat verify FILE. See push-chat --help.');
    }
    file = terminal.read(name);
    json = values.json ?? false;
  } catch (error) {
    terminal.complain(`push-chat: ${error instanceof Error ? error.message : String(error)}\n`);
    return UNCHECKED;
  }
  return verify(file, json, terminal);
}

async function verify(file: string, json: boolean, { print, now }: Terminal): Promise<number> {
  try {
    const proven = await verifyProofFile(file, now());
    print(json ? `${JSON.stringify({ valid: true, ...proven }, null, 2)}\n` : describe(proven));
    return HOLDS;
  } catch (thrown) {
    const { code, message } = asPushChatError(thrown);
    print(json ? `${JSON.stringify({ valid: false, code, message }, null, 2)}\n` : `INVALID  ${code}: ${message}\n`);
    return code === 'Internal' ? UNCHECKED : FAILS;
  }
}

function describe(proven: ProvenMessage): string {
  const { cid, cidChecked, from, to, signedAt, storedAt, fingerprint, attestedBy, scheme, covers, content } = proven;
  const rows = [
    ['from', from],
    ['to', to],
    ['signed', `${new Date(signedAt).toISOString()}, as the sender says`],
    ['stored', `${isoOf(storedAt)}, as the node says`],
    ['message', `${cid}${cidChecked ? '' : ' (an id that cannot be checked)'}`],
    ['key', `${fingerprint}, vouched for by the wallet (${attestedBy})`],
    ['proof', `${scheme}, covers ${covers.join(', ')}`],
    ['content', content === null ? 'encrypted: only its two parties can read it' : JSON.stringify(content)],
  ];
  return ['VALID', ...rows.map(([name = '', value = '']) => `${name.padEnd(9)}${value}`), ''].join('\n');
}

/** A node can name a time that no calendar has. */
const isoOf = (time: number): string => (Math.abs(time) <= 8.64e15 ? new Date(time).toISOString() : String(time));

const STANDARD_INPUT = 0;

const CONSOLE: Terminal = {
  read: (file) => readFileSync(file === '-' ? STANDARD_INPUT : file, 'utf8'),
  print: (text) => process.stdout.write(text),
  complain: (text) => process.stderr.write(text),
  now: () => new Date(),
};

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(realpathSync(process.argv[1])).href) {
  process.exitCode = await main(process.argv.slice(2));
}
