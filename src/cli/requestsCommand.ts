import { parseArgs } from 'node:util';
import { wordsOf } from '../client/incoming/incomingMessage.ts';
import type { PushChatClient } from '../client/PushChatClient.ts';
import { isOpened, type ChatSummary } from '../client/state.ts';
import { PushChatError } from '../errors.ts';
import { isGroupId, type Peer } from '../protocol/peer.ts';
import type { Command } from './command.ts';
import { EXIT, EXIT_HELP } from './exitCode.ts';
import { namedPeer, peerName } from './namedPeer.ts';
import { ACCOUNT_HELP, ACCOUNT_OPTIONS, readAccount, withChat } from './openChat.ts';
import { inert, jsonLine, type Terminal } from './terminal.ts';

export const requestsCommand: Command = {
  summary: 'list strangers and groups that ask',
  help: `Usage: push-chat requests [--json]

Lists requests that are not answered, and invitations to groups (group:ID), whose name is what the node says. With --json,
one object on a line: {"peer","id","timestamp","text"}, and "name" for a group.

${ACCOUNT_HELP}
${EXIT_HELP}`,
  run: async (args, terminal) => {
    const { values } = parseArgs({ args: [...args], options: ACCOUNT_OPTIONS });
    const { signer } = await readAccount(values, terminal);
    const rows = await withChat({ values, terminal, signer }, async (client) => {
      await client.unlock();
      return (await allRequests(client)).map((row) => ({ ...row, name: groupName(client, row.peer) }));
    });
    for (const { peer, last, timestamp, name } of rows) {
      const text = last && isOpened(last) ? wordsOf(last.content) : '';
      const words = inert(name ?? text).replaceAll('\n', ' ');
      const line = `${new Date(timestamp).toISOString()} ${peerName(peer)} ${words}\n`;
      const row = { peer: peerName(peer), id: last?.id ?? null, timestamp, text, ...(name !== undefined && { name }) };
      await terminal.print(values.json ? jsonLine(row) : line);
    }
    return EXIT.done;
  },
};

export const acceptCommand = answerCommand('accept', 'accept requests and invitations');
export const rejectCommand = answerCommand('reject', 'reject requests and invitations');

function answerCommand(name: 'accept' | 'reject', summary: string): Command {
  return {
    summary,
    help: `Usage: push-chat ${name} PEER…
       push-chat ${name} --all

Answers the requests of these accounts, or the invitations to these groups (group:ID), and prints each that was answered.

  --all                 all accounts that wait; groups are named one by one
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
      const named = positionals.map((peer) => namedPeer(peer));
      const { signer } = await readAccount(values, terminal);
      await withChat({ values, terminal, signer }, async (client) => {
        await client.unlock();
        const peers = values.all ? await accountsThatAsk(client) : named;
        for (const peer of peers) {
          await (name === 'accept' ? client.acceptRequest(peer) : client.rejectRequest(peer));
          await answered(terminal, peerName(peer), values.json ?? false, name);
        }
      });
      return EXIT.done;
    },
  };
}

const answered = async ({ print }: Terminal, peer: string, json: boolean, name: string): Promise<void> => {
  await print(json ? jsonLine({ peer, answer: name }) : `${peer}\n`);
};

const groupName = (client: PushChatClient, peer: Peer): string | undefined =>
  isGroupId(peer) ? (client.store.get().groups[peer]?.name ?? '') : undefined;

/** Who comes into a group shows that to everybody in it: that is said of each by itself. */
const accountsThatAsk = async (client: PushChatClient): Promise<readonly Peer[]> =>
  (await allRequests(client)).flatMap(({ peer }) => (isGroupId(peer) ? [] : [peer]));

async function allRequests(client: PushChatClient): Promise<readonly ChatSummary[]> {
  while (client.store.get().requests.nextPage !== null) await client.loadRequests();
  return client.store.get().requests.items;
}
