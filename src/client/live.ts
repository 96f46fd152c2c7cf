import { verifyAcceptance, verifyRejection } from '../protocol/verifyProof.ts';
import { asPushChatError, PushChatError } from '../errors.ts';
import { parseDid, type Did } from '../protocol/did.ts';
import { isMessageId } from '../protocol/messageId.ts';
import type { StoredMessage } from '../protocol/payload.ts';
import { parseGroupNews, parseLiveEvent, type LiveEvent } from '../protocol/socketEvents.ts';
import { catchUp, fillGaps } from './actions/loadHistory.ts';
import { loadList } from './actions/loadList.ts';
import { readOwnProfile } from './actions/profile.ts';
import { requireAccount, type ClientContext } from './context.ts';
import { openItem } from './openItem.ts';
import { noteArrival } from './notify/noteArrival.ts';
import { endOutgoing, keepSent } from './outbox/keepOutgoing.ts';
import { resumeOutbox } from './outbox/resumeOutbox.ts';
import { pollHeads } from './pollHeads.ts';
import { keepPush } from './push/renewPush.ts';
import { answerChallenge } from './signIn.ts';
import { isGroupId, type Peer } from '../protocol/peer.ts';
import { hearOfGroup } from './groups/groupNews.ts';

/** Page, network and connection come back together, and each tells of it: they are heard as one. */
const RETURN_MS = 200;

/** What was read so lately is not read again because somebody looked away for a moment. */
const FRESH_MS = 10_000;

/** Reads the lists and listens for the unlocked account until the returned stop is called; catches up after every interruption. */
export function goLive(client: ClientContext): () => void {
  const { did } = requireAccount(client);
  // Whatever came between reading the lists and being connected was told to nobody.
  let missed = false;
  let readAt = -Infinity;
  const readAll = (): Promise<void> => {
    readAt = client.now();
    return refresh(client);
  };
  const stop = client.transport.subscribe(did, {
    event: (payload) => {
      void receive(client, payload);
    },
    groupEvent: (payload) => {
      void receiveNews(client, payload);
    },
    status: (connection) => {
      client.dispatch({ type: 'connectionChanged', connection });
      if (connection === 'online' && missed) void readAll();
      missed = connection !== 'online';
    },
    ...(client.transport.host !== undefined && { prove: (challenge: unknown) => prove(client, challenge) }),
  });
  void readAll();
  const stops = [
    stop,
    pollHeads(client, readAll),
    keepPush(client, client.pushRegistration),
    client.page.onReturn(() => {
      const returnedAt = client.now();
      void client.wait(RETURN_MS).then(() => {
        if (readAt <= returnedAt - FRESH_MS) void readAll();
      });
    }),
  ];
  return () => {
    for (const end of stops) end();
  };
}

/** A node that may not have its answer is told nothing, and tells nothing if that is what it wanted it for. */
async function prove(client: ClientContext, challenge: unknown): Promise<string | undefined> {
  try {
    return (await answerChallenge(client.transport, client, challenge)).text;
  } catch (error) {
    client.warn(asPushChatError(error));
    return undefined;
  }
}

/** Reads the lists, the own profile, and what open threads lack. A part that fails says so in its own place. */
export async function refresh(client: ClientContext): Promise<void> {
  if (!client.account) return;
  void resumeOutbox(client);
  const open = Object.keys(client.get().threads) as Did[];
  // The own profile comes first: blocked accounts are kept out of the requests.
  await settle(client, readOwnProfile(client));
  await Promise.all(
    [loadList(client, 'chats', 1), loadList(client, 'requests', 1), ...open.map((peer) => catchUp(client, peer))].map(
      (part) => settle(client, part),
    ),
  );
}

async function settle(client: ClientContext, part: Promise<unknown>): Promise<void> {
  try {
    await part;
  } catch (error) {
    client.warn(asPushChatError(error));
  }
}

/** One live event; a bad one is dropped alone. */
async function receive(client: ClientContext, payload: unknown): Promise<void> {
  try {
    const event = parseLiveEvent(payload);
    if (event.kind === 'message') await receiveMessage(client, event.message, event.hasIntent);
    else await receiveAnswer(client, event);
  } catch (error) {
    client.warn(asPushChatError(error));
  }
}

async function receiveNews(client: ClientContext, payload: unknown): Promise<void> {
  try {
    await hearOfGroup(client, parseGroupNews(payload));
  } catch (error) {
    client.warn(asPushChatError(error));
  }
}

async function receiveMessage(client: ClientContext, message: StoredMessage, hasIntent: boolean): Promise<void> {
  const { did } = requireAccount(client);
  const from = parseDid(message.fromDID);
  const peer = isGroupId(message.toDID) ? message.toDID : from === did ? parseDid(message.toDID) : from;
  if (client.get().blocked.includes(from)) return;
  const item = await openItem(client, peer, message);
  await readBefore(client, peer, message.link);
  const thread = client.get().threads[peer];
  // A stranger's message waits among the requests until it is answered, and nobody is notified of it.
  const accepted = isGroupId(peer) || hasIntent || from === did || thread?.relation === 'chat';
  const list = accepted ? 'chats' : 'requests';
  client.dispatch({
    type: 'messageReceived',
    peer,
    item,
    chatId: message.chatId ?? '',
    list,
    unread: accepted && from !== did,
  });
  noteArrival(client, { peer, item, accepted });
  await fillGaps(client, peer);
  if (item.from === 'me' && 'content' in item) endEchoed(client, message);
  if (!accepted && thread?.relation === 'none')
    client.dispatch({ type: 'relationChanged', peer, relation: 'request-received' });
}

/** How long a message waits for the one that it follows, so that it is shown in its place (security CH-16). */
const WAIT_MS = 5_000;

async function readBefore(client: ClientContext, peer: Peer, link: string | null): Promise<void> {
  const thread = client.get().threads[peer];
  if (thread?.loading.status !== 'loaded' || thread.head === null || link === null || !isMessageId(link)) return;
  if (thread.items.some(({ id }) => id === link)) return;
  const reading = fillGaps(client, peer, link).catch((error: unknown) => client.warn(asPushChatError(error)));
  await Promise.race([reading, client.wait(WAIT_MS)]);
}

/** My message has come back live: it is sent, even if the node's answer to the sending never comes. */
function endEchoed(client: ClientContext, { cid, verificationProof }: StoredMessage): void {
  for (const [id, sending] of client.outbox) {
    const { outgoing, resolve } = sending;
    if (!outgoing.body || outgoing.body.verificationProof !== verificationProof) continue;
    void keepSent(client, sending, cid).then(() => {
      endOutgoing(client, id);
      resolve(cid);
    });
  }
}

/** An answer counts only with the peer's proof of it: the node cannot accept or reject in somebody's name. */
async function receiveAnswer(
  client: ClientContext,
  event: Extract<LiveEvent, { kind: 'approve' | 'reject' }>,
): Promise<void> {
  const { did } = requireAccount(client);
  const from = parseDid(event.from);
  if (isGroupId(event.to)) return hearOfGroup(client, { chatId: event.to, eventType: event.kind });
  const to = parseDid(event.to);
  // My own answer, given on another device: the lists are read anew.
  if (from === did) return refresh(client);
  if (to !== did) throw new PushChatError('ReceiverMismatch', 'An answer to somebody else’s request was ignored.');
  const key = (await client.keyring.refresh(from))?.key;
  if (!key || key.level === 'unattested' || key.level === 'unchecked')
    throw new PushChatError('KeyUnattested', 'An answer without an attested key was ignored.');
  const proof = { fromDID: event.to, toDID: event.from, verificationProof: `pgp:${event.signature}` };
  const acceptance = { ...proof, status: 'Approved', signature: event.signature, sigType: 'pgp' };
  const verify =
    event.kind === 'approve'
      ? verifyAcceptance(acceptance, key.armored, new Date(client.now()))
      : verifyRejection(proof, key.armored, new Date(client.now()));
  const result = await verify;
  if (!result.ok)
    throw new PushChatError(result.code, 'An answer to a request came without its sender’s proof and was ignored.');
  client.dispatch({ type: 'relationChanged', peer: from, relation: event.kind === 'approve' ? 'chat' : 'none' });
  client.dispatch({ type: 'peerKeyChanged', peer: from, peerKey: key.level });
}
