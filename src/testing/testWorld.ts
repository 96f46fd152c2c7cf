import { id, Wallet } from 'ethers';
import { createPushChat } from '../client/createPushChat.ts';
import type { NodeChoice } from '../client/nodeChoice.ts';
import type { PushChatConfig } from '../client/pushChatConfig.ts';
import type { PushChatClient } from '../client/PushChatClient.ts';
import type { Transport } from '../client/transport.ts';
import type { KeyType } from '../crypto/pgp.ts';
import { createPushNode, type PushNode } from '../node/createPushNode.ts';
import { parseDid, type Did } from '../protocol/did.ts';
import { converse, type Line } from './converse.ts';
import { createTestClock, type TestClock } from './testClock.ts';
import { createTestNetwork, type TestNetwork } from './testNetwork.ts';

export interface TestUser {
  readonly name: string;
  readonly did: Did;
  readonly wallet: Wallet;
  readonly client: PushChatClient;
  /** What goes wrong between this client and the node. */
  readonly network: TestNetwork;
}

export interface JoinOptions extends Omit<PushChatConfig, keyof NodeChoice | 'signer' | 'keyType'> {
  /** Of new accounts. Pages make RSA by default, as the official client does, which takes many times longer. @default 'curve25519' */
  readonly keyType?: KeyType;
  /** Unlocked and listening, or as a page finds it before the user's gesture. @default true */
  readonly unlocked?: boolean;
  /** Stands between the client and the node, for what `network` cannot do. */
  readonly through?: (transport: Transport) => Transport;
}

export interface TestWorldOptions {
  /** A node that is there already, such as `startPushNode({ memory: true }).node`. @default one in memory, with the world's clock */
  readonly node?: PushNode;
  /** What time it is for the node and everybody. @default a clock that goes on by itself, and can be moved on */
  readonly clock?: TestClock;
}

/** A Push Node in memory and wallets around it: everything real but the network. */
export interface TestWorld {
  readonly node: PushNode;
  readonly clock: TestClock;
  /** The wallet of a name: the same in every world. */
  readonly wallet: (name: string) => Wallet;
  /** A client of that wallet; every call makes another device of the same user. */
  readonly join: (name: string, options?: JoinOptions) => Promise<TestUser>;
  /**
   * Lets people talk: each line is heard before the next is said. Who has not joined joins; who answers a request has
   * accepted it.
   * @returns those who talked, by name
   * @example const { Ada, Bob } = await world.converse([['Ada', 'Bob', 'In stock?'], ['Bob', 'Ada', 'Two left.']]);
   */
  readonly converse: <const Lines extends readonly Line[]>(
    lines: Lines,
    options?: JoinOptions,
  ) => Promise<Record<Lines[number][0 | 1], TestUser>>;
  readonly close: () => void;
}

/**
 * Makes a world for tests, stories and demonstrations.
 * @example
 * const world = createTestWorld();
 * const ada = await world.join('Ada');
 * ada.network.set({ offline: true });
 */
export function createTestWorld({
  clock = createTestClock(),
  node = createPushNode({ now: clock.now }),
}: TestWorldOptions = {}): TestWorld {
  const users: TestUser[] = [];
  const wallet = (name: string): Wallet => new Wallet(id(`push-chat-kit test wallet of ${name}`));
  const join: TestWorld['join'] = async (name, options = {}) => {
    const { unlocked = true, through = (transport: Transport) => transport, ...config } = options;
    const signer = wallet(name);
    const network = createTestNetwork(node, clock.wait);
    const { now, wait, every } = clock;
    const defaults = { now, wait, every, keyType: 'curve25519' } as const;
    const client = createPushChat({ ...defaults, ...config, signer, transport: through(network.transport) });
    const user = { name, did: parseDid(signer.address), wallet: signer, client, network };
    users.push(user);
    client.start();
    if (unlocked) await client.unlock();
    return user;
  };
  return {
    node,
    clock,
    wallet,
    join,
    converse: async (lines, options) => {
      const talking: Record<string, TestUser> = {};
      const userOf = async (name: string): Promise<TestUser> =>
        (talking[name] ??= users.find((user) => user.name === name) ?? (await join(name, options)));
      await converse(lines, userOf);
      return talking;
    },
    close: () => {
      for (const { client } of users) client.close();
      void node.close();
    },
  };
}
