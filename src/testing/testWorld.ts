import { id, Wallet } from 'ethers';
import { createPushChat } from '../client/createPushChat.ts';
import type { PushChatConfig } from '../client/pushChatConfig.ts';
import { directTransport } from '../client/directTransport.ts';
import type { PushChatClient } from '../client/PushChatClient.ts';
import type { Transport } from '../client/transport.ts';
import { createPushNode, type PushNode } from '../node/createPushNode.ts';
import { parseDid, type Did } from '../protocol/did.ts';

export interface TestUser {
  readonly name: string;
  readonly did: Did;
  readonly wallet: Wallet;
  readonly client: PushChatClient;
}

export interface JoinOptions extends Pick<
  PushChatConfig,
  'every' | 'keyType' | 'logger' | 'now' | 'page' | 'random' | 'storage' | 'wait'
> {
  /** Unlocked and listening, or as a page finds it before the user's gesture. @default true */
  readonly unlocked?: boolean;
  /** Stands between the client and the node: to break, delay, alter or count what passes. */
  readonly through?: (transport: Transport) => Transport;
}

/** A Push Node in memory and wallets around it: everything real but the network. */
export interface TestWorld {
  readonly node: PushNode;
  /** The wallet of a name: the same in every world. */
  readonly wallet: (name: string) => Wallet;
  /** A client of that wallet; every call makes another device of the same user. */
  readonly join: (name: string, options?: JoinOptions) => Promise<TestUser>;
  readonly close: () => void;
}

/** Makes a world for tests, stories and demonstrations. */
export function createTestWorld(node: PushNode = createPushNode()): TestWorld {
  const clients: PushChatClient[] = [];
  const wallet = (name: string): Wallet => new Wallet(id(`push-chat-kit test wallet of ${name}`));
  return {
    node,
    wallet,
    join: async (name, { unlocked = true, through = (transport: Transport) => transport, ...config } = {}) => {
      const signer = wallet(name);
      const client = createPushChat({ ...config, signer, transport: through(directTransport(node)) });
      clients.push(client);
      client.start();
      if (unlocked) await client.unlock();
      return { name, did: parseDid(signer.address), wallet: signer, client };
    },
    close: () => {
      for (const client of clients) client.close();
      void node.close();
    },
  };
}
