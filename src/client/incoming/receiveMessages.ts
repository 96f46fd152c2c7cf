import { PushChatError } from '../../errors.ts';
import { acceptRequest, rejectRequest } from '../actions/answerRequest.ts';
import { sendMessage } from '../actions/sendMessage.ts';
import type { MessageContent } from '../../protocol/messageContent.ts';
import { isGroupId, parsePeer, type Peer } from '../../protocol/peer.ts';
import { requireAccount, type ClientContext } from '../context.ts';
import { forgetSent } from '../outbox/keepOutgoing.ts';
import type { SendOptions } from '../sendOptions.ts';
import { isOpened, type ThreadItem } from '../state.ts';
import { firstPending } from './firstPending.ts';
import { createInbox, type Inbox } from './inbox.ts';
import { wordsOf, type IncomingMessage, type IncomingState } from './incomingMessage.ts';
import { keptPlaces, type KeptPlaces } from './keptPlaces.ts';
import type { MessagesOptions } from './messagesOptions.ts';
import { formatCursor, nameOf } from './place.ts';

/**
 * The messages of all accepted chats, and of groups where they are asked for, each once: those that came while nobody listened first, in the order of their
 * chat. A message is handled when the next one is asked for; what was not comes again in the next run, and what it was
 * answered with is not sent again.
 * @param start makes the client listen for as long as the loop runs
 * @throws {PushChatError} `SessionLocked`, `InvalidConfig`, and as a storage
 */
export async function* receiveMessages<State extends IncomingState = 'verified'>(
  client: ClientContext,
  start: () => () => void,
  options: MessagesOptions<State> = {},
): AsyncGenerator<IncomingMessage<State>, void, void> {
  requireAccount(client);
  const { name = 'bot', states = ['verified'] as readonly IncomingState[] } = options;
  const release = claimName(client, name);
  const stop = start();
  let inbox: Inbox | undefined;
  try {
    const places = await keptPlaces(client, options);
    inbox = createInbox(client, options, places.begin);
    const wanted = (item: ThreadItem): boolean =>
      (states as readonly string[]).includes(item.state) &&
      !(isOpened(item) && item.content.type === 'Receipt') &&
      !isBlocked(client, item);
    for (let peer = await inbox.next(); peer !== undefined; peer = await inbox.next()) {
      if (client.get().blocked.some((did) => did === peer)) continue;
      let item: ThreadItem | undefined;
      try {
        const [place, since, head] = [places.of(peer), inbox.sinceOf(peer), inbox.headOf(peer)];
        item = await firstPending(client, { peer, place, since, head, wanted });
      } catch (error) {
        inbox.later(peer, error);
      }
      if (!item) continue;
      // Chats take turns, so that a flood in one delays no other.
      inbox.again(peer);
      const { message, finish } = handOut({ client, inbox, places, name }, peer, item);
      yield message as IncomingMessage<State>;
      await finish();
    }
  } finally {
    inbox?.close();
    stop();
    release();
  }
}

interface Loop {
  readonly client: ClientContext;
  readonly inbox: Inbox;
  readonly places: KeptPlaces;
  readonly name: string | null;
}

function handOut(
  { client, inbox, places, name }: Loop,
  peer: Peer,
  item: ThreadItem,
): { readonly message: IncomingMessage; readonly finish: () => Promise<void> } {
  const { id, timestamp, state } = item;
  const sent: { readonly sending: Promise<string>; readonly forget: () => Promise<void> }[] = [];
  let finishing: Promise<void> | undefined;
  const finish = (): Promise<void> => (finishing ??= end());
  const end = async (): Promise<void> => {
    await places.handled(peer, item);
    // It does not come again, so neither do its answers.
    for (const { sending, forget } of sent) void sending.then(forget, () => undefined);
  };
  const send = async (to: string, content: MessageContent, options?: SendOptions): Promise<string> => {
    const receiver = parsePeer(to);
    if (name === null || options?.once !== undefined) return sendMessage(client, receiver, content, options);
    const once = `${name} ${nameOf(item)} ${sent.length + 1}`;
    const sending = sendMessage(client, receiver, content, { ...options, once });
    sent.push({ sending, forget: () => forgetSent(client, receiver, once) });
    return sending;
  };
  const message = {
    id,
    peer,
    timestamp,
    state,
    item,
    isGroup: isGroupId(peer),
    sender: item.sender ?? (isOpened(item) && !isGroupId(peer) ? peer : null),
    isRequest: !inbox.isAccepted(peer),
    get cursor() {
      return formatCursor(places.after(peer, item));
    },
    ...(isOpened(item) && { content: item.content, text: wordsOf(item.content), encrypted: item.encrypted }),
    ...('reason' in item && { reason: item.reason }),
    reply: (answer, options) => {
      const content = typeof answer === 'string' ? ({ type: 'Text', content: answer } as const) : answer;
      return send(peer, { type: 'Reply', content, reference: id }, options);
    },
    react: (emoji) => send(peer, { type: 'Reaction', content: emoji, reference: id }),
    send,
    accept: async () => {
      refuseGroup(peer);
      await acceptRequest(client, peer);
      inbox.accept(peer);
    },
    reject: async () => {
      refuseGroup(peer);
      await rejectRequest(client, peer);
    },
    done: finish,
  } as IncomingMessage;
  return { message, finish };
}

/** Whoever is blocked is not heard in groups, either, whatever is asked for. */
const isBlocked = (client: ClientContext, item: ThreadItem): boolean =>
  ('reason' in item && item.reason === 'BlockedPeer') ||
  (item.sender !== undefined && client.get().blocked.includes(item.sender));

/** A message of a group is no invitation to it: answering one would take this account out of the group. */
function refuseGroup(peer: Peer): void {
  if (!isGroupId(peer)) return;
  throw new PushChatError(
    'NotFound',
    'This message is of a group, and no request. `groups.leave` goes out of a group.',
  );
}

const claimed = new WeakMap<ClientContext, Set<string>>();

/** Two loops under one name would each take what the other one wants. */
function claimName(client: ClientContext, name: string | null): () => void {
  if (name === null) return () => undefined;
  const names = claimed.get(client) ?? new Set();
  claimed.set(client, names);
  if (names.has(name)) {
    throw new PushChatError(
      'InvalidConfig',
      `Messages are already taken under the name ${name}. Give each loop its own.`,
    );
  }
  names.add(name);
  return () => names.delete(name);
}
