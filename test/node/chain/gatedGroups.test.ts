import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { beforeEach, expect, it, onTestFinished } from 'vitest';
import { ethersChains } from '../../../src/chains/ethersChains.ts';
import { EMPTY_CONFIG } from '../../../src/protocol/groups/groupPayload.ts';
import { signGroupProof } from '../../../src/protocol/groups/groupProof.ts';
import type { GroupRules, RuleCondition } from '../../../src/protocol/groups/groupRules.ts';
import {
  firstMembersText,
  groupConfigText,
  groupProfileText,
  membersText,
} from '../../../src/protocol/groups/groupTexts.ts';
import { routes } from '../../../src/protocol/routes.ts';
import { didOf, NOW } from '../../support/builders.ts';
import { privateKeyOf, vectorUser } from '../../support/vectors.ts';
import { createNodeWorld, type Answer, type NodeWorld } from '../nodeWorld.ts';
import { tokens } from './contracts.ts';
import { startLocalChain, type LocalChain } from './localChain.ts';

const TOKEN = `0x${'20'.repeat(20)}`;
const HOLDER: RuleCondition = {
  type: 'PUSH',
  category: 'ERC20',
  subcategory: 'holder',
  data: { contract: `eip155:1:${TOKEN}`, amount: 100, decimals: 18 },
};
const ENOUGH = 100n * 10n ** 18n;

let local: LocalChain;
let world: NodeWorld;
beforeEach(async () => {
  local = await startLocalChain(1);
  world = createNodeWorld(undefined, { chains: ethersChains({ 1: local.provider }) });
  await world.join('alice', 'bob');
});

/** What bob holds. */
const give = (balance: bigint): Promise<void> => local.put(TOKEN, tokens, { [vectorUser('bob').address]: balance });

/** Alice's public group under rules. */
async function group(rules: GroupRules): Promise<string> {
  const key = await privateKeyOf('alice');
  const sign = (text: string): Promise<string> => signGroupProof(text, didOf('alice'), key, NOW);
  const profile = {
    groupName: 'Holders',
    groupDescription: null,
    groupImage: null,
    rules,
    isPublic: true,
    groupType: 'default',
  };
  const first = { members: [], admins: [] };
  const { status, body } = await world.call(routes.createGroup(), {
    ...profile,
    profileVerificationProof: await sign(groupProfileText(profile)),
    config: { ...EMPTY_CONFIG, configVerificationProof: await sign(groupConfigText(EMPTY_CONFIG)) },
    ...first,
    idempotentVerificationProof: await sign(firstMembersText(first)),
  });
  expect(status).toBe(200);
  return body.chatId as string;
}

/** Who was not invited adds nobody but himself (protocol 5.5). */
async function bobJoins(chatId: string): Promise<Answer> {
  const update = { upsert: { members: [didOf('bob')], admins: [] }, remove: [], encryptedSecret: null };
  const proof = await signGroupProof(membersText(update), didOf('bob'), await privateKeyOf('bob'), NOW);
  return world.call(routes.updateMembers(chatId), { ...update, deltaVerificationProof: proof });
}

const refusal = ({ status, body }: Answer): unknown[] => [status, body?.details?.code];
const status = async (chatId: string): Promise<unknown> =>
  (await world.call(routes.memberStatus(chatId, didOf('bob')))).body;
const access = async (chatId: string): Promise<unknown> =>
  (await world.call(routes.groupAccess(chatId, didOf('bob')))).body;

it('a group for holders of a token lets in who holds enough, and nobody while the chain is silent', async () => {
  const chatId = await group({ entry: { conditions: { any: [HOLDER] } } });
  await give(ENOUGH - 1n);
  expect(await access(chatId)).toMatchObject({ entry: false });
  expect(refusal(await bobJoins(chatId))).toEqual([403, 'NotPermitted']);
  expect(await status(chatId)).toMatchObject({ isMember: false });
  await give(ENOUGH);
  expect(await access(chatId)).toMatchObject({ entry: true });
  await local.goDown();
  expect(refusal(await bobJoins(chatId))).toEqual([503, 'ChainUnavailable']);
});

it('who may write keeps that for a day; who may come in is asked every time', async () => {
  const chatId = await group({ entry: { conditions: [HOLDER] }, chat: { conditions: [HOLDER] } });
  await give(ENOUGH);
  expect(await access(chatId)).toMatchObject({ entry: true, chat: true });
  await give(0n);
  expect(await access(chatId)).toMatchObject({ entry: false, chat: true });
  world.clock.time += 24 * 60 * 60 * 1000;
  expect(await access(chatId)).toMatchObject({ entry: false, chat: false });
});

it('a holder comes in', async () => {
  const chatId = await group({ entry: { conditions: HOLDER } });
  await give(ENOUGH);
  expect((await bobJoins(chatId)).status).toBe(200);
  expect(await status(chatId)).toMatchObject({ isMember: true });
});

it('ND-18 a rule that names an address has nobody visit it', async () => {
  let visits = 0;
  const trap = createServer((_, response) => {
    visits += 1;
    response.end();
  });
  await new Promise<void>((resolve) => trap.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void trap.close());
  const url = `http://127.0.0.1:${(trap.address() as AddressInfo).port}/?user={{user_address}}`;
  const condition = { type: 'PUSH', category: 'CustomEndpoint', subcategory: 'GET', data: { url } };
  const chatId = await group({ entry: { conditions: condition } });
  expect(await access(chatId)).toMatchObject({ entry: false });
  const refused = await bobJoins(chatId);
  expect(refusal(refused)).toEqual([403, 'NotPermitted']);
  expect(refused.body.message).toContain('visits no other services');
  expect((await fetch(url)).status).toBe(200);
  expect(visits).toBe(1);
});
