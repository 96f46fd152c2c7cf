import { defineContent, sameDid, type PushChatClient } from 'push-chat-kit/core';
import { z } from 'zod';

/** What came of a deployment: people read the text, dashboards the value. */
export const deployed = defineContent({
  type: 'org.example/deploy@1',
  schema: z.object({ version: z.string(), passed: z.boolean(), log: z.string() }),
  fallback: ({ version, passed, log }) => (passed ? `✅ ${version} is live` : `❌ ${version} failed: ${log}`),
});

export interface Deployment {
  /** The wallets that may deploy; everybody else is told so. */
  readonly operators: readonly string[];
  /** Deploys. `key` is the same when a message comes a second time, after a crash: begin nothing twice under one. */
  readonly deploy: (version: string, key: string) => Promise<{ readonly passed: boolean; readonly log: string }>;
  readonly signal?: AbortSignal;
}

/** Deploys what operators ask for by “deploy 1.2.3”, and answers with what came of it. */
export async function deploymentBot(chat: PushChatClient, { operators, deploy, signal }: Deployment): Promise<void> {
  for await (const message of chat.messages({ accept: 'all', name: 'deploy', signal })) {
    const [, version] = /^deploy (\S+)$/i.exec(message.text.trim()) ?? [];
    if (!operators.some((operator) => sameDid(operator, message.sender))) {
      await message.reply('This bot listens to its operators only.');
    } else if (version === undefined) {
      await message.reply('Say “deploy” and a version.');
    } else {
      await message.react('👍');
      await message.reply(deployed.create({ version, ...(await deploy(version, message.id)) }));
    }
  }
}
