import { parseArgs } from 'node:util';
import { wordsOf } from '../client/incoming/incomingMessage.ts';
import type { PushChatClient } from '../client/PushChatClient.ts';
import { isOpened, type ChatSummary } from '../client/state.ts';
import { PushChatError } from '../errors.ts';
import { parseDid } from '../protocol/did.ts';
import type { Command } from './command.ts';
import { EXIT, EXIT_HELP } from './exitCode.ts';
import { ACCOUNT_HELP, ACCOUNT_OPTIONS, readAccount, withChat } from './openChat.ts';
import { inert, jsonLine, type Terminal } from './terminal.ts';

export const requestsCommand: Command = {
  summary: 'list strangers who ask',
  help: `Usage: push-chat requests [--json]

Lists requests that are not answered. With --json, one object on a line: {"peer","id","timestamp","text"}.

${ACCOUNT_HELP}
${EXIT_HELP}`,
  run: async (args, terminal) => {
    const { values } = parseArgs({ args: [...args], options: ACCOUNT_OPTIONS });
    const { signer } = await readAccount(values, terminal);
    const rows = await withChat({ values, terminal, signer }, async (client) => {
      await client.unlock();
      return allRequests(client);
    });
    for (const { peer, last, timestamp } of rows) {
      const text = last && isOpened(last) ? wordsOf(last.content) : '';
      const words = inert(text).replaceAll('\n', ' ');
      const line = `${new Date(timestamp).toISOString()} ${peer} ${words}\n`;
      await terminal.print(values.json ? jsonLine({ peer, id: last?.id ?? null, timestamp, text }) : line);
    }
    return EXIT.done;
  },
};

export const acceptCommand = answerCommand('accept', 'accept requests');
export const rejectCommand = answerCommand('reject', 'reject requests');

function answerCommand(name: 'accept' | 'reject', summary: string): Command {
  return {
    summary,
    help: `Usage: push-chat ${name} PEER…
       push-chat ${name} --all

Answers the requests of these accounts, and prints each that was answered.

  --all                 all that wait
${ACCOUNT_HELP}
${EXIT_HELP}`,
    run: async (args, terminal) => {
      const { values, positionals } = parseArgs({
        args: [...args],
        allowPositionals: true,
        options: { ...ACCOUNT_OPTIONS, all: { type: 'boolean' } },
      });
      if (positionals.length > 0 === (values.all ?? false)) {
        throw new PushChatError('InvalidConfig', `Say whose: push-chat ${name} PEER, or --all.`);
      }
      const named = positionals.map((peer) => parseDid(peer));
      const { signer } = await readAccount(values, terminal);
      await withChat({ values, terminal, signer }, async (client) => {
        await client.unlock();
        const peers = values.all ? (await allRequests(client)).map(({ peer }) => peer) : named;
        for (const peer of peers) {
          await (name === 'accept' ? client.acceptRequest(peer) : client.rejectRequest(peer));
          await answered(terminal, peer, values.json ?? false, name);
        }
      });
      return EXIT.done;
    },
  };
}

const answered = async ({ print }: Terminal, peer: string, json: boolean, name: string): Promise<void> => {
  await print(json ? jsonLine({ peer, answer: name }) : `${peer}\n`);
};

async function allRequests(client: PushChatClient): Promise<readonly ChatSummary[]> {
  while (client.store.get().requests.nextPage !== null) await client.loadRequests();
  return client.store.get().requests.items;
}
