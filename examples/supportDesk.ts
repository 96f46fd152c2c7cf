import { defineContent, parseDid, sameDid, type PushChatClient } from 'push-chat-kit/core';
import { z } from 'zod';

const Ticket = z.object({ customer: z.string(), words: z.string() });
type Ticket = z.infer<typeof Ticket>;

/** What an agent sees of a customer's message. */
const ticket = defineContent({
  type: 'org.example/ticket@1',
  schema: Ticket,
  fallback: ({ customer, words }) => `${customer} writes:\n${words}\n\nReply to this message to answer.`,
});

/**
 * One address for customers, several agents behind it: each agent gets what a customer writes, whoever replies to it
 * answers, and the others see that. The desk holds nothing: the chats themselves say what belongs to what.
 */
export async function supportDesk(
  chat: PushChatClient,
  { agents, signal }: { readonly agents: readonly string[]; readonly signal?: AbortSignal },
): Promise<void> {
  for await (const message of chat.messages({ accept: 'all', name: 'desk', signal })) {
    const others = agents.filter((agent) => !sameDid(agent, message.peer));
    if (others.length === agents.length) {
      const content = ticket.create({ customer: message.peer, words: message.text });
      for (const agent of agents) await message.send(agent, content);
      continue;
    }
    const { content, text } = message;
    const asked = content.type === 'Reply' ? await ticketOf(chat, message.peer, content.reference) : undefined;
    if (!asked) {
      await message.reply('Reply to what a customer wrote, so that I know whom to answer.');
      continue;
    }
    await message.send(asked.customer, { type: 'Text', content: text });
    const said = `${message.peer} answered ${asked.customer}:\n${text}`;
    for (const agent of others) await message.send(agent, { type: 'Text', content: said });
  }
}

/** The ticket that an agent replies to, however long ago it came. */
async function ticketOf(chat: PushChatClient, agent: string, id: string): Promise<Ticket | undefined> {
  for (;;) {
    const thread = chat.store.get().threads[parseDid(agent)];
    const item = thread?.items.find((candidate) => candidate.id === id);
    // Only what the desk itself wrote says who the customer is.
    if (item) return item.from === 'me' && 'content' in item ? ticket.read(item.content) : undefined;
    if (thread?.older == null) return undefined;
    await chat.loadOlder(agent);
  }
}
