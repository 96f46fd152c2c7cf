import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { PushChatError } from '../errors.ts';
import { isDid } from '../protocol/did.ts';
import type { IncomingMessage, IncomingState } from '../client/incoming/incomingMessage.ts';
import type { AcceptPolicy, JoinPolicy, MessagesOptions } from '../client/incoming/messagesOptions.ts';
import type { Command } from './command.ts';
import { EXIT, EXIT_HELP } from './exitCode.ts';
import { ACCOUNT_HELP, ACCOUNT_OPTIONS, countOf, readAccount, withChat } from './openChat.ts';
import { namedPeer, peerName } from './namedPeer.ts';
import { inert, jsonLine } from './terminal.ts';

export const listenCommand: Command = {
  summary: 'print messages as they come',
  help: `Usage: push-chat listen [--json]

Prints each message of accepted chats once, those that came meanwhile first, until it is interrupted. A message is
handled when its line was taken by whoever reads; killed before that, it is printed again by the next call that has the
same --cursor or --store. So a reader that must not act twice remembers the "id".

  --accept WHO          whose requests are accepted: all, none, or addresses with commas between (none)
  --groups              print messages of groups that the account is in, too
  --join WHO            accept invitations to groups, which implies --groups: those to groups (group:ID), or signed by
                        addresses, with commas between
  --requests            print messages of requests that are not accepted, too
  --from WHEN           now, beginning, or a time such as 2026-01-31T12:00Z, where nothing is remembered (now)
  --cursor FILE         remember there how far messages were printed, and go on from there
  --unreadable          print, without words, messages that did not pass their checks, too
  --count N             end after so many messages
${ACCOUNT_HELP}
With --json, one object on a line: {"id","from","timestamp","state","request","type","text","content"}, "group" for what
was written in one, and "data" with "type" and "value" for typed JSON. Interrupted by SIGINT or SIGTERM, it ends with 0.

${EXIT_HELP}`,
  run: async (args, terminal) => {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        ...ACCOUNT_OPTIONS,
        accept: { type: 'string' },
        groups: { type: 'boolean' },
        join: { type: 'string' },
        requests: { type: 'boolean' },
        from: { type: 'string' },
        cursor: { type: 'string' },
        unreadable: { type: 'boolean' },
        count: { type: 'string' },
      },
    });
    if (positionals.length > 0) throw new PushChatError('InvalidConfig', 'listen takes options only.');
    const most = countOf(values.count, 'count') ?? Infinity;
    const { cursor: cursorFile } = values;
    const options: MessagesOptions<IncomingState> = {
      accept: policyOf(values.accept ?? 'none'),
      groups: values.join === undefined ? (values.groups ?? false) : { join: joinOf(values.join) },
      requests: values.requests ?? false,
      from: readCursor(cursorFile) ?? beginOf(values.from ?? 'now'),
      states: values.unreadable ? ['verified', 'signed', 'undecryptable', 'quarantined'] : ['verified'],
      // Where a cursor is kept, it alone counts.
      name: values.store === undefined || cursorFile !== undefined ? null : 'listen',
      signal: terminal.signal,
    };
    const { signer } = await readAccount(values, terminal);
    try {
      await withChat({ values, terminal, signer }, async (client) => {
        await client.unlock();
        let count = 0;
        for await (const message of client.messages(options)) {
          await terminal.print(values.json ? jsonLine(describe(message)) : lineOf(message));
          if (terminal.signal.aborted) return;
          if (cursorFile !== undefined) writeCursor(cursorFile, message.cursor);
          await message.done();
          count += 1;
          if (count >= most) return;
        }
      });
    } catch (error) {
      if (!terminal.signal.aborted) throw error;
    }
    return EXIT.done;
  },
};

function policyOf(text: string): AcceptPolicy {
  if (text === 'all' || text === 'none') return text;
  const accounts = text.split(',').map((part) => part.trim());
  // What is no address would match nobody, and nobody would know.
  const wrong = accounts.find((account) => !isDid(account));
  if (wrong === undefined) return accounts;
  throw new PushChatError('InvalidAddress', `${wrong} is no address. --accept takes all, none, or addresses.`);
}

/** @throws {PushChatError} `InvalidAddress` */
const joinOf = (text: string): JoinPolicy => text.split(',').map((part) => namedPeer(part.trim()));

function beginOf(text: string): MessagesOptions['from'] {
  if (text === 'now' || text === 'beginning') return text;
  const date = new Date(text);
  if (!Number.isNaN(date.getTime())) return date;
  throw new PushChatError('InvalidConfig', '--from is now, beginning, or a time such as 2026-01-31T12:00Z.');
}

const readCursor = (file: string | undefined): string | undefined =>
  file !== undefined && existsSync(file) ? readFileSync(file, 'utf8').trim() : undefined;

/** Whole or not at all, whatever happens meanwhile. */
function writeCursor(file: string, cursor: string): void {
  writeFileSync(`${file}.new`, `${cursor}\n`, { mode: 0o600, flush: true });
  renameSync(`${file}.new`, file);
}

function describe(message: IncomingMessage): object {
  const { id, peer, sender, isGroup, timestamp, state, isRequest } = message;
  const from = isGroup ? sender : peer;
  const head = { id, from, ...(isGroup && { group: peerName(peer) }), timestamp, state, request: isRequest };
  if ('reason' in message) return { ...head, reason: message.reason };
  const { content, text, encrypted } = message;
  const plain = content.type === 'Reply' ? content.content : content;
  const data = 'data' in plain ? plain.data : undefined;
  return { ...head, encrypted, type: content.type, text, content, ...(data && { data }) };
}

function lineOf(message: IncomingMessage): string {
  const words =
    'reason' in message ? `[${message.state}: ${message.reason}]` : message.text || `[${message.content.type}]`;
  const line = inert(words).replaceAll('\n', '\n    ');
  const { peer, sender, isGroup } = message;
  const from = isGroup ? `${peerName(peer)} ${sender ?? 'somebody'}` : peer;
  return `${new Date(message.timestamp).toISOString()} ${from} ${line}\n`;
}
