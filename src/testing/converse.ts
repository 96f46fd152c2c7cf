import type { PushChatClient } from '../client/PushChatClient.ts';
import type { Did } from '../protocol/did.ts';
import type { MessageContent } from '../protocol/messageContent.ts';
import { until } from './until.ts';

/** One thing that is said: by whom, to whom, and what, as words or as any content. */
export type Line = readonly [from: string, to: string, said: string | MessageContent];

interface Speaker {
  readonly did: Did;
  readonly client: PushChatClient;
}

/**
 * Lets people talk, one line after the other, each heard before the next. A first line is a request; who answers one
 * has accepted it.
 */
export async function converse(lines: readonly Line[], userOf: (name: string) => Promise<Speaker>): Promise<void> {
  for (const [from, to, said] of lines) {
    const [sender, receiver] = [await userOf(from), await userOf(to)];
    await sender.client.loadRequests();
    if (sender.client.store.get().requests.items.some(({ peer }) => peer === receiver.did)) {
      await sender.client.acceptRequest(receiver.did);
    }
    const content = typeof said === 'string' ? ({ type: 'Text', content: said } as const) : said;
    const id = await sender.client.sendMessage(receiver.did, content);
    await until(receiver.client, ({ chats, requests }) =>
      [...chats.items, ...requests.items].some(({ peer, last }) => peer === sender.did && last?.id === id),
    );
  }
}
