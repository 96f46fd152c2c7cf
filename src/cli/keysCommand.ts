import { bytesToHex } from '@noble/hashes/utils.js';
import { parseArgs } from 'node:util';
import { sealKeystore } from '../crypto/keystore.ts';
import { randomBytes } from '../crypto/random.ts';
import { PushChatError } from '../errors.ts';
import type { Command } from './command.ts';
import { EXIT, EXIT_HELP } from './exitCode.ts';
import {
  ACCOUNT_HELP,
  ACCOUNT_OPTIONS,
  accountOf,
  readAccount,
  readPassword,
  withChat,
  type AccountValues,
  type LocalAccount,
} from './openChat.ts';
import { jsonLine, type Terminal } from './terminal.ts';

export const keysCommand: Command = {
  summary: 'make, show or publish the keys of an account',
  help: `Usage: push-chat keys new FILE [--plain]     make a wallet for a bot, in a keystore with a password
       push-chat keys show                   whose key is given, and whether it uses Push Chat
       push-chat keys publish                make its chat keys, so that others can write to it encrypted

  --plain               write the private key as it is, into a file for its owner only
${ACCOUNT_HELP}
${EXIT_HELP}`,
  run: async (args, terminal) => {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { ...ACCOUNT_OPTIONS, plain: { type: 'boolean' } },
    });
    const [what, file, ...rest] = positionals;
    const given = { values, terminal };
    if (what === 'new' && file !== undefined && rest.length === 0) return makeNew(given, file, values.plain ?? false);
    if (what === 'show' && file === undefined) return show(given, await readAccount(values, terminal), false);
    if (what === 'publish' && file === undefined) return show(given, await readAccount(values, terminal), true);
    throw new PushChatError('InvalidConfig', 'Say what: push-chat keys new FILE, keys show, or keys publish.');
  },
};

interface Given {
  readonly values: AccountValues;
  readonly terminal: Terminal;
}

async function makeNew({ values, terminal }: Given, file: string, plain: boolean): Promise<number> {
  const privateKey = `0x${bytesToHex(randomBytes(32))}`;
  const { address } = accountOf(privateKey);
  const text = plain ? privateKey : await sealKeystore(privateKey, await readPassword(values, terminal));
  terminal.create(file, `${text}\n`);
  await terminal.print(values.json ? jsonLine({ address, file }) : `${address}\n`);
  return EXIT.done;
}

async function show(given: Given, { did, address, signer }: LocalAccount, publish: boolean): Promise<number> {
  const { values, terminal } = given;
  const facts = await withChat({ ...given, signer }, async (client) => {
    if (publish) await client.unlock();
    const key = (await client.getProfile(did))?.key ?? 'missing';
    return { address, did, key, fingerprint: client.store.get().identities[did]?.fingerprint ?? null };
  });
  await terminal.print(
    values.json
      ? jsonLine(facts)
      : `${address}\n${facts.fingerprint === null ? 'no chat keys yet' : `chat key ${facts.fingerprint} (${facts.key})`}\n`,
  );
  return EXIT.done;
}
