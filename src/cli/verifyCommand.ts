import { parseArgs } from 'node:util';
import { asPushChatError, PushChatError } from '../errors.ts';
import { verifyProofFile, type ProvenMessage } from '../protocol/portableProof.ts';
import type { Command } from './command.ts';
import { EXIT, EXIT_HELP } from './exitCode.ts';
import { inert, type Terminal } from './terminal.ts';

export const verifyCommand: Command = {
  summary: 'check the portable proof of a message',
  help: `Usage: push-chat verify FILE [--json]

Checks the portable proof of a message, offline: that the sender's wallet vouches for the key, that the key signed this
message for this receiver, and that the message is the one that its id names. FILE is what exportProof() or
"push-chat prove" gave, as JSON; "-" reads it from standard input.

  --json   print the result as JSON
  --help   this text

${EXIT_HELP}`,
  run: (args, terminal) => {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { json: { type: 'boolean' } },
    });
    const [name, ...rest] = positionals;
    if (name === undefined || rest.length > 0) {
      throw new PushChatError('InvalidConfig', 'Say what to verify: push-chat verify FILE.');
    }
    return verify(terminal.read(name), values.json ?? false, terminal);
  },
};

async function verify(file: string, json: boolean, { print, now }: Terminal): Promise<number> {
  try {
    const proven = await verifyProofFile(file, now());
    await print(json ? `${JSON.stringify({ valid: true, ...proven }, null, 2)}\n` : describe(proven));
    return EXIT.done;
  } catch (thrown) {
    const { code, message } = asPushChatError(thrown);
    await print(
      json ? `${JSON.stringify({ valid: false, code, message }, null, 2)}\n` : `INVALID  ${code}: ${message}\n`,
    );
    return code === 'Internal' ? EXIT.usage : EXIT.refused;
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
  return ['VALID', ...rows.map(([name = '', value = '']) => `${name.padEnd(9)}${inert(value)}`), ''].join('\n');
}

/** A node can name a time that no calendar has. */
const isoOf = (time: number): string => (Math.abs(time) <= 8.64e15 ? new Date(time).toISOString() : String(time));
