import { basename, extname } from 'node:path';
import { parseArgs } from 'node:util';
import { PushChatError } from '../errors.ts';
import type { MessageContent, PlainContent } from '../protocol/messageContent.ts';
import type { Json } from '../protocol/payload.ts';
import type { Command } from './command.ts';
import { EXIT, EXIT_HELP } from './exitCode.ts';
import { namedPeer, peerName } from './namedPeer.ts';
import { ACCOUNT_HELP, ACCOUNT_OPTIONS, readAccount, withChat } from './openChat.ts';
import { jsonLine, type Terminal } from './terminal.ts';

/** Nobody watches a pipeline: it must end. */
const DEFAULT_TIMEOUT = '60';

export const sendCommand: Command = {
  summary: 'send a text, a file or JSON to an account or a group',
  help: `Usage: push-chat send PEER [TEXT]

Sends to an address, such as 0x7099…, or to a group, as group: and its chat id, and prints the id under which the node stored the message: from then on it is
there. What passes by itself, such as a network that is away, is tried again until --timeout. Without TEXT, or with "-",
standard input is the text.

  --file FILE           send a file of at most 280 kB; a picture is shown as one
  --data JSON           send JSON for software, beside the TEXT for people; "@FILE" and "-" read it
  --type TYPE           what the JSON is, such as org.example/deploy@1
  --reply-to ID         answer a message
  --once NAME           send one message to this peer under this name, ever; needs --store
  --allow-plaintext     send unencrypted to an account that has never used Push Chat
  --accept-members WHO  agree to have these read what goes to a private group: names as the error MembersUnconfirmed has
                        them, with commas between
${ACCOUNT_HELP.replace('give up after so long', `give up after so long (${DEFAULT_TIMEOUT})`)}
${EXIT_HELP}`,
  run: async (args, terminal) => {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        ...ACCOUNT_OPTIONS,
        file: { type: 'string' },
        data: { type: 'string' },
        type: { type: 'string' },
        'reply-to': { type: 'string' },
        once: { type: 'string' },
        'allow-plaintext': { type: 'boolean' },
        'accept-members': { type: 'string' },
      },
    });
    const [to, text, ...rest] = positionals;
    if (to === undefined || rest.length > 0) {
      throw new PushChatError('InvalidConfig', 'Say to whom: push-chat send PEER TEXT. Put the text into quotes.');
    }
    checkNoKey(positionals);
    const peer = namedPeer(to);
    const acceptMembers = values['accept-members']?.split(',').map((name) => name.trim()) ?? [];
    const { once } = values;
    if (once !== undefined && values.store === undefined) {
      throw new PushChatError('InvalidConfig', '--once needs --store FILE, which remembers what was sent.');
    }
    const content = contentOf({ ...values, text }, terminal);
    const { signer } = await readAccount(values, terminal);
    const limited = { ...values, timeout: values.timeout ?? DEFAULT_TIMEOUT };
    const id = await withChat({ values: limited, terminal, signer }, async (client) => {
      await client.unlock();
      const allowPlaintext = values['allow-plaintext'] ?? false;
      return client.sendMessage(peer, content, { allowPlaintext, acceptMembers, ...(once !== undefined && { once }) });
    });
    await terminal.print(values.json ? jsonLine({ id, peer: peerName(peer) }) : `${id}\n`);
    return EXIT.done;
  },
};

/** Whatever was given as an argument can be read by every program of this machine, and stays in the shell's history. */
function checkNoKey(args: readonly string[]): void {
  if (!args.some((arg) => /^(?:0x)?[0-9a-f]{64}$/i.test(arg))) return;
  throw new PushChatError(
    'InvalidConfig',
    'This looks like a private key. If it is one, it is not safe any more: use another, and give it by --key-file. A group is named by group: and its chat id.',
  );
}

interface Said {
  readonly text?: string | undefined;
  readonly file?: string | undefined;
  readonly data?: string | undefined;
  readonly type?: string | undefined;
  readonly 'reply-to'?: string | undefined;
}

function contentOf(said: Said, terminal: Terminal): MessageContent {
  const content = plainOf(said, terminal);
  if (content.content === '') throw new PushChatError('InvalidConfig', 'There is nothing to send: the text is empty.');
  const reference = said['reply-to'];
  return reference === undefined ? content : { type: 'Reply', content, reference };
}

function plainOf({ text, file, data, type }: Said, terminal: Terminal): PlainContent {
  if (file !== undefined) {
    if (text !== undefined || data !== undefined) {
      throw new PushChatError('InvalidConfig', 'A file is a message of its own: give no text and no --data with it.');
    }
    return fileOf(file, terminal);
  }
  if (data === undefined) {
    if (type !== undefined) throw new PushChatError('InvalidConfig', '--type says what --data is: give both.');
    return { type: 'Text', content: textOf(text, terminal) };
  }
  if (type === undefined || text === undefined || text === '-') {
    throw new PushChatError(
      'InvalidConfig',
      'JSON has a --type, and a TEXT that is shown to people: push-chat send PEER "Build 7 passed" --data … --type ….',
    );
  }
  return { type: 'Text', content: text, data: { type, value: jsonOf(data, terminal) } };
}

function textOf(text: string | undefined, { read, isInteractive }: Terminal): string {
  if (text !== undefined && text !== '-') return text;
  if (text === undefined && isInteractive) {
    throw new PushChatError('InvalidConfig', 'Say what: push-chat send PEER TEXT, or pipe the text in.');
  }
  return read('-').replace(/\r?\n$/, '');
}

function jsonOf(data: string, { read }: Terminal): Json {
  const text = data === '-' ? read('-') : data.startsWith('@') ? read(data.slice(1)) : data;
  try {
    return JSON.parse(text) as Json;
  } catch (cause) {
    throw new PushChatError('InvalidConfig', '--data is no JSON.', { cause });
  }
}

const MIME: Readonly<Record<string, string>> = {
  '.csv': 'text/csv',
  '.gif': 'image/gif',
  '.jpeg': 'image/jpeg',
  '.jpg': 'image/jpeg',
  '.json': 'application/json',
  '.log': 'text/plain',
  '.md': 'text/markdown',
  '.mp3': 'audio/mpeg',
  '.ogg': 'audio/ogg',
  '.pdf': 'application/pdf',
  '.png': 'image/png',
  '.txt': 'text/plain',
  '.webp': 'image/webp',
  '.xml': 'application/xml',
  '.zip': 'application/zip',
};

/** As the official app has it: a JSON text that holds a data URL (protocol 3.1). */
function fileOf(path: string, { readBytes }: Terminal): PlainContent {
  const bytes = readBytes(path);
  const name = path === '-' ? 'file' : basename(path);
  const mime = MIME[extname(name).toLowerCase()] ?? 'application/octet-stream';
  const url = `data:${mime};base64,${Buffer.from(bytes).toString('base64')}`;
  const content = JSON.stringify({ content: url, name, type: mime, size: bytes.length });
  return { type: mime.startsWith('image/') ? 'Image' : 'File', content };
}
