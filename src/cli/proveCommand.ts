import { parseArgs } from 'node:util';
import { PushChatError } from '../errors.ts';
import type { Command } from './command.ts';
import { EXIT, EXIT_HELP } from './exitCode.ts';
import { ACCOUNT_HELP, ACCOUNT_OPTIONS, readAccount, withChat } from './openChat.ts';

export const proveCommand: Command = {
  summary: 'print a message as evidence',
  help: `Usage: push-chat prove ID > proof.json

Prints the portable proof of a message of this account: anybody can check it with "push-chat verify".

${ACCOUNT_HELP}
${EXIT_HELP}`,
  run: async (args, terminal) => {
    const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options: ACCOUNT_OPTIONS });
    const [id, ...rest] = positionals;
    if (id === undefined || rest.length > 0) {
      throw new PushChatError('InvalidConfig', 'Say what to prove: push-chat prove ID.');
    }
    const { signer } = await readAccount(values, terminal);
    const proof = await withChat({ values, terminal, signer }, async (client) => {
      await client.unlock();
      return client.exportProof(id);
    });
    await terminal.print(`${JSON.stringify(proof)}\n`);
    return EXIT.done;
  },
};
