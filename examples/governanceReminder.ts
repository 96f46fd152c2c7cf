import type { PushChatClient } from 'push-chat-kit/core';

export interface Proposal {
  readonly id: string;
  readonly title: string;
  readonly url: string;
  /** Milliseconds since the epoch. */
  readonly closes: number;
}

const HOURS = [24, 2];

/**
 * Reminds each subscriber of each proposal a day before it closes, and two hours before. Call it as often as you like,
 * such as from a cron job: under one name a message is sent once, as long as the client's `storage` remembers.
 */
export async function remind(
  chat: PushChatClient,
  { proposals, subscribers, now }: { proposals: readonly Proposal[]; subscribers: readonly string[]; now: number },
): Promise<void> {
  for (const { id, title, url, closes } of proposals) {
    const left = (closes - now) / 3_600_000;
    const hours = HOURS.filter((most) => left > 0 && left <= most).at(-1);
    if (hours === undefined) continue;
    const content = `🗳️ “${title}” closes in less than ${hours} hours: ${url}`;
    for (const subscriber of subscribers) {
      await chat.sendMessage(subscriber, { type: 'Text', content }, { once: `${id} ${hours}h` });
    }
  }
}

/** Keeps a list of subscribers by “subscribe” and “stop”. @returns how to stop listening */
export function followSubscribers(chat: PushChatClient, subscribers: Set<string>): () => void {
  const stops = [
    chat.on(
      { text: 'subscribe' },
      async (message) => {
        subscribers.add(message.peer);
        await message.reply('You will be reminded. “stop” ends it.');
      },
      { accept: 'all', name: 'subscribe' },
    ),
    chat.on({ text: 'stop' }, (message) => subscribers.delete(message.peer), { name: 'stop' }),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}
