import { parseArgs } from 'node:util';
import { PushChatError } from '../errors.ts';
import type { Command } from './command.ts';
import { EXIT, EXIT_HELP } from './exitCode.ts';
import { ACCOUNT_HELP, ACCOUNT_OPTIONS, readAccount, withChat } from './openChat.ts';

export const proveCommand: Command = {
  summary: 'print a message as evidence',
  help: `Usage: push-chat prove ID > proof.json

Prints the portable proof of a message of this account: anybody can check it with "push-chat verify".

  --disclose            let whoever has the proof read this one message, though it was encrypted
${ACCOUNT_HELP}
${EXIT_HELP}`,
  run: async (args, terminal) => {
    const options = { ...ACCOUNT_OPTIONS, disclose: { type: 'boolean' } } as const;
    const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options });
    const [id, ...rest] = positionals;
    if (id === undefined || rest.length > 0) {
      throw new PushChatError('InvalidConfig', 'Say what to prove: push-chat prove ID.');
    }
    const { signer } = await readAccount(values, terminal);
    const proof = await withChat({ values, terminal, signer }, async (client) => {
      await client.unlock();
      return client.exportProof(id, { disclose: values.disclose ?? false });
    });
    await terminal.print(`${JSON.stringify(proof)}\n`);
    return EXIT.done;
  },
};
