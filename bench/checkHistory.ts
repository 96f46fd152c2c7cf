import { setTimeout as sleep } from 'node:timers/promises';
import type { Wallet } from 'ethers';
import { createPushChat } from '../src/client/createPushChat.ts';
import type { PushChatClient } from '../src/client/PushChatClient.ts';
import { combinedDid } from '../src/protocol/chatId.ts';
import { blockCid, encodeBlock } from '../src/protocol/cid.ts';
import type { Did } from '../src/protocol/did.ts';
import type { ConversationHead, StoredMessage } from '../src/protocol/payload.ts';
import { routes } from '../src/protocol/routes.ts';

/** What somebody set out to send. */
export interface Act {
  readonly from: Did;
  readonly to: Did;
  readonly text: string;
  /** Once the node acknowledged it. */
  cid: string | undefined;
  /** Why it was not, last. */
  refused?: string;
}

export interface Witness {
  readonly did: Did;
  readonly peer: Did;
  readonly wallet: Wallet;
  readonly url: string;
  /** The client that lived through it all. */
  readonly client: PushChatClient;
}

const PATIENCE_MS = 30_000;

/**
 * Compares what was written and acknowledged with what every node holds and every client shows: each acknowledged
 * message exactly once and each other at most once, in one order for all, no link into nothing (security 4.3).
 * @returns the faults, in words
 */
export async function checkHistory(
  witnesses: readonly Witness[],
  nodes: readonly string[],
  acts: readonly Act[],
): Promise<string[]> {
  const faults: string[] = [];
  for (const witness of witnesses) {
    const mine = acts.filter(({ from, to }) => combinedDid(from, to) === combinedDid(witness.did, witness.peer));
    const chains = await settled(nodes, witness);
    faults.push(...chains.flatMap((chain, i) => chainFaults(chain, `node ${i}`)));
    if (new Set(chains.map(idsOf)).size > 1) faults.push(`the nodes differ about ${witness.did}`);
    faults.push(...timelineFaults(await textsOfNewDevice(witness), mine, `a new device of ${witness.did}`));
    await witness.client.refresh();
    await readBack(witness.client, witness.peer);
    faults.push(...timelineFaults(textsOf(witness.client, witness.peer), mine, `the client of ${witness.did}`));
  }
  return faults;
}

const idsOf = (chain: readonly StoredMessage[]): string => chain.map(({ cid }) => cid).join();

/** The whole chat as each node has it, once they agree or have had their time. */
async function settled(nodes: readonly string[], witness: Witness): Promise<StoredMessage[][]> {
  for (let waited = 0; ; waited += 500) {
    const chains = await Promise.all(nodes.map((url) => chainOf(url, witness).catch(() => [])));
    const agree = new Set(chains.map(idsOf)).size === 1 && chains.every(({ length }) => length > 0);
    if (agree || waited >= PATIENCE_MS) return chains;
    await sleep(500);
  }
}

async function chainOf(url: string, { did, peer }: Witness): Promise<StoredMessage[]> {
  const head = await read<ConversationHead>(url + routes.head(did, peer).path);
  const chain: StoredMessage[] = [];
  for (let id = head.threadHash; id !== null;) {
    const page: StoredMessage[] = await read(url + routes.history(id, 30).path);
    // From the second page on, the first message is the last one of the page before.
    const fresh = page.slice(chain.length === 0 ? 0 : 1);
    chain.push(...fresh);
    id = fresh.length === 0 ? null : (fresh.at(-1)?.cid ?? null);
  }
  return chain;
}

async function read<Answer>(url: string): Promise<Answer> {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`${url} answered ${answer.status}`);
  return (await answer.json()) as Answer;
}

function chainFaults(chain: readonly StoredMessage[], where: string): string[] {
  const ids = new Set(chain.map(({ cid }) => cid));
  const proofs = new Set(chain.map(({ verificationProof }) => verificationProof));
  const broken = chain.filter(({ link }) => link !== null && !ids.has(link));
  const false_ = chain.filter(({ cid, chatId: _, ...block }) => blockCid(encodeBlock(block)) !== cid);
  return [
    ...(proofs.size < chain.length ? [`${where} has ${chain.length - proofs.size} messages twice`] : []),
    ...broken.map(({ cid }) => `${where}: the link of ${cid} leads nowhere`),
    ...false_.map(({ cid }) => `${where}: ${cid} is not what its id names`),
  ];
}

function timelineFaults(shown: readonly string[], acts: readonly Act[], where: string): string[] {
  const faults: string[] = [];
  for (const { text, cid } of acts) {
    const times = shown.filter((each) => each === text).length;
    if (times > 1) faults.push(`${where} shows "${text}" ${times} times`);
    if (times === 0 && cid !== undefined) faults.push(`${where} lacks "${text}", which was acknowledged (${cid})`);
  }
  for (const from of new Set(acts.map((act) => act.from))) {
    const written = acts.filter((act) => act.from === from).map(({ text }) => text);
    const seen = shown.filter((text) => written.includes(text));
    if (seen.some((text, i) => i > 0 && written.indexOf(text) < written.indexOf(seen[i - 1] ?? ''))) {
      faults.push(`${where} shows messages of ${from} out of order`);
    }
  }
  return faults;
}

async function textsOfNewDevice({ wallet, url, peer }: Witness): Promise<string[]> {
  const client = createPushChat({ signer: wallet, node: url });
  await client.unlock();
  await client.openThread(peer);
  await readBack(client, peer);
  const texts = textsOf(client, peer);
  client.close();
  return texts;
}

async function readBack(client: PushChatClient, peer: Did): Promise<void> {
  while (client.store.get().threads[peer]?.older != null) await client.loadOlder(peer);
}

const textsOf = (client: PushChatClient, peer: Did): string[] =>
  (client.store.get().threads[peer]?.items ?? []).map((item) =>
    item.state === 'verified' && typeof item.content.content === 'string' ? item.content.content : `<${item.state}>`,
  );
