import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { directTransport } from '../../src/client/directTransport.ts';
import { encryptedTo } from '../../src/crypto/identifyKey.ts';
import type { PushChatError } from '../../src/errors.ts';
import { parseDid } from '../../src/protocol/did.ts';
import type { GroupId } from '../../src/protocol/peer.ts';
import { routes } from '../../src/protocol/routes.ts';
import { hostileNode, inHistory, renamed, type Lie } from '../../src/testing/hostileNode.ts';
import { createTestWorld, type TestUser, type TestWorld } from '../../src/testing/testWorld.ts';
import { inActs, withGhost, withoutActs, type Row } from '../support/hostileGroup.ts';
import { rotateKeys } from '../support/rotateKeys.ts';
import { itemsOf, text, textsOf } from '../support/until.ts';

let world: TestWorld;
let lies: readonly Lie[];
let ada: TestUser;
let bo: TestUser;
/** A client whose node lies for a while. */
let eve: TestUser;
let posted: { readonly encryptedSecret: string }[];
let warned: PushChatError[];
let chatId: GroupId;

const groupOf = async (): Promise<GroupId> => {
  const made = await ada.client.groups.create({ name: 'A group', members: [bo.did, eve.did] });
  for (const { client } of [bo, eve]) await client.acceptRequest(made);
  return made;
};

beforeEach(async () => {
  world = createTestWorld();
  [lies, posted, warned] = [[], [], []];
  ada = await world.join('Ada');
  bo = await world.join('Bo');
  eve = await world.join('Eve', {
    through: () => {
      const way = directTransport(hostileNode(world.node, () => lies));
      return {
        ...way,
        request: (route, body, token) => {
          if (body && route.path === routes.sendMessage().path) posted.push(body as (typeof posted)[number]);
          return way.request(route, body, token);
        },
      };
    },
    logger: { warn: (error) => warned.push(error) },
  });
  chatId = await groupOf();
});
afterEach(() => world.close());

const load = (): Promise<void> => eve.client.groups.load(chatId);
const accepted = (): number | undefined => eve.client.store.get().groups[chatId]?.counts?.accepted;

/** To how many keys Eve writes. */
async function readers(): Promise<number> {
  await eve.client.sendMessage(chatId, text('gold'));
  return (await encryptedTo(posted.at(-1)?.encryptedSecret ?? '', 1_000_000)).length;
}

const lastAct = (change: (act: Row) => Row): Lie => ({
  name: 'last act',
  answer: inActs((acts) => acts.map((act, i) => (i < acts.length - 1 ? act : change(act)))),
});

/** An honest node after one that has lied, whatever it was, leaves nobody a reader who was removed meanwhile. */
describe('GR-14 what a node has said falsely is mended by what another one says rightly', () => {
  it.each<[string, Lie]>([
    ['a place that there is not', lastAct((act) => ({ ...act, place: 'zz' }))],
    ['a date some hours late', lastAct((act) => ({ ...act, at: Number(act['at']) + 5 * 60 * 60 * 1000 }))],
    [
      'a great number of acts, most of them junk',
      {
        name: 'junk',
        answer: (answer, { path }) => {
          if (!path.includes('/acts')) return answer;
          const { acts } = answer as { acts: readonly Row[] };
          const junk = (i: number): Row => ({ place: `${i}`, verb: 'groupConfig', at: Date.now(), body: {} });
          const all = [...acts, ...Array.from({ length: 200 }, (_, i) => junk(i))].slice(0, 200);
          return { acts: all, total: 1_000, records: [] };
        },
      },
    ],
  ])('%s', async (_, lie) => {
    lies = [lie];
    await ada.client.groups.update(chatId, { name: 'Another name' });
    await load();
    lies = [];
    await ada.client.groups.removeMembers(chatId, [bo.did]);
    await load();
    expect(accepted()).toBe(2);
    expect(await readers()).toBe(2);
  });

  it('a removal that was garbled on its way', async () => {
    lies = [
      {
        name: 'garbled',
        answer: inActs((acts) =>
          acts.map((act) => {
            const body = act['body'] as Row & { readonly remove?: readonly string[] };
            return body.remove?.length ? { ...act, body: { ...body, remove: [ada.did] } } : act;
          }),
        ),
      },
    ];
    await ada.client.groups.removeMembers(chatId, [bo.did]);
    await load();
    expect(accepted()).toBe(3);
    lies = [];
    await world.clock.advance(60_000);
    await load();
    expect(accepted()).toBe(2);
    expect(await readers()).toBe(2);
  });

  it('a removal that was shown in another group first', async () => {
    const other = await groupOf();
    await eve.client.groups.load(other);
    await ada.client.groups.removeMembers(chatId, [bo.did]);
    const { acts } = (await directTransport(world.node).request(routes.groupActs(chatId, ''))) as { acts: Row[] };
    const removal = acts.slice(-1);
    // What is told live comes late to Eve.
    const away = await world.join('Eve', {
      through: () => directTransport(hostileNode(world.node, () => lies)),
      logger: { warn: (error) => warned.push(error) },
    });
    lies = [
      {
        name: 'replay',
        answer: (answer, call) =>
          call.path.includes(other) ? inActs((own) => [...own, ...removal])(answer, call) : answer,
      },
    ];
    await away.client.groups.load(other);
    await away.client.groups.load(chatId);
    expect(warned.map(({ code }) => code)).toContain('ReplayDetected');
    lies = [];
    await world.clock.advance(60_000);
    for (const id of [other, chatId]) await away.client.groups.load(id);
    expect(away.client.store.get().groups[chatId]?.counts).toMatchObject({ accepted: 2 });
    expect(away.client.store.get().groups[other]?.counts).toMatchObject({ accepted: 3 });
  });
});

describe('GR-14 a list that lacks what was done', () => {
  const withoutRemovals: Lie = {
    name: 'hidden removals',
    answer: (answer, { path }) => {
      if (!path.includes('/acts')) return answer;
      const page = answer as { acts: { body: { remove?: string[] } }[]; total: number };
      // More than there is, so that all is read from its beginning.
      return { ...page, acts: page.acts.filter(({ body }) => !body.remove?.length), total: page.total + 1 };
    },
  };

  it('brings nobody back who was put out: nothing is written to them, nor believed of them, before the user agrees', async () => {
    await ada.client.groups.removeMembers(chatId, [bo.did]);
    await load();
    expect(accepted()).toBe(2);
    lies = [withoutRemovals];
    await load();
    expect(warned.map(({ code }) => code)).toContain('HistoryRollback');
    await expect(readers()).rejects.toMatchObject({
      code: 'MembersUnconfirmed',
      concerns: [{ reason: 'unproven', name: bo.did }],
    });
    expect(posted).toEqual([]);
    lies = [];
    await load();
    expect(accepted()).toBe(2);
    expect(await readers()).toBe(2);
  });

  it('ends no agreement of before, nor lives one on for who was put out since', async () => {
    lies = [withoutActs];
    const fresh = await world.join('Eve', { through: () => directTransport(hostileNode(world.node, () => lies)) });
    const { client } = fresh;
    const refusal = (await client.sendMessage(chatId, text('x')).catch((error: unknown) => error)) as PushChatError;
    const acceptMembers = refusal.concerns?.map(({ name }) => name) ?? [];
    await client.sendMessage(chatId, text('agreed'), { acceptMembers });
    lies = [];
    await client.groups.load(chatId);
    await ada.client.groups.removeMembers(chatId, [bo.did]);
    await client.groups.load(chatId);
    lies = [{ name: 'ghost', answer: withGhost(bo) }];
    await expect(client.sendMessage(chatId, text('gold'))).rejects.toMatchObject({ code: 'MembersUnconfirmed' });
    expect(itemsOf(client, chatId).filter(({ state }) => state === 'failed')).toEqual([]);
  });

  it('nor one with another order brings back who was put out, in whatever role', async () => {
    const other = await ada.client.groups.create({ name: 'A group', members: [eve.did, bo.did] });
    await eve.client.acceptRequest(other);
    await ada.client.groups.setRole(other, [bo.did], 'admin');
    await bo.client.acceptRequest(other);
    await ada.client.groups.removeMembers(other, [bo.did]);
    await eve.client.groups.load(other);
    const at = (act: Row | undefined, more: number): Row => ({ ...act, at: Number(act?.['at']) + more });
    lies = [
      {
        name: 'another order',
        answer: (answer, { path }) => {
          if (!path.includes('/acts')) return answer;
          const page = answer as { acts: readonly Row[]; total: number };
          if (page.acts.length === 0) return { ...page, total: page.total + 1 };
          const [create, yes, promote, accept, removal] = page.acts;
          const moved = { ...removal, at: at(yes, 1)['at'] };
          return { ...page, acts: [create, yes, moved, { ...promote, at: at(yes, 2)['at'] }, at(accept, 3)] };
        },
      },
    ];
    await eve.client.groups.load(other);
    await expect(eve.client.sendMessage(other, text('gold'))).rejects.toMatchObject({
      code: 'MembersUnconfirmed',
      concerns: [{ reason: 'unproven', name: bo.did }],
    });
    expect(posted).toEqual([]);
  });

  it('is no reason to doubt who came in after it was mended', async () => {
    const other = await ada.client.groups.create({ name: 'Other' });
    await ada.client.groups.update(other, { name: 'Other name' });
    const { acts } = (await directTransport(world.node).request(routes.groupActs(other, ''))) as { acts: Row[] };
    lies = [{ name: 'foreign', answer: inActs((own) => [...own, ...acts.slice(-1)]) }];
    await load();
    expect(eve.client.store.get().groups[chatId]?.name).toBe('Other name');
    lies = [];
    await load();
    expect(eve.client.store.get().groups[chatId]?.name).toBe('A group');
    const dee = await world.join('Dee');
    await ada.client.groups.addMembers(chatId, [dee.did]);
    await dee.client.acceptRequest(chatId);
    await dee.client.sendMessage(chatId, text('hello'));
    await eve.client.openThread(chatId);
    expect(textsOf(eve.client, chatId)).toContain('hello');
    expect(await readers()).toBe(4);
  });

  it('makes nobody heard who was agreed to and put out since', async () => {
    const dee = await world.join('Dee');
    await ada.client.groups.addMembers(chatId, [dee.did]);
    const hidden: Lie = {
      name: 'hidden acceptance',
      answer: inActs((acts) =>
        acts.filter(({ verb, body }) => verb !== 'groupAccept' || (body as Row)['fromDID'] !== dee.did),
      ),
    };
    lies = [hidden];
    await dee.client.acceptRequest(chatId);
    await dee.client.sendMessage(chatId, text('from Dee'));
    await load();
    await eve.client.sendMessage(chatId, text('hi'), { acceptMembers: [dee.did] });
    await ada.client.groups.removeMembers(chatId, [dee.did]);
    await load();
    const later = Date.now() + 1_000;
    lies = [hidden, { name: 'late', answer: inHistory((all) => all.map((m) => renamed({ ...m, timestamp: later }))) }];
    await eve.client.openThread(chatId);
    expect(textsOf(eve.client, chatId)).not.toContain('from Dee');
  });
});

describe.each(['message', 'session'] as const)('keys that came while a page was open (%s)', (encryption) => {
  it('GR-14 an admin with new keys is heard when they put somebody out', async () => {
    const id = await ada.client.groups.create({ name: 'A group', encryption, members: [bo.did, eve.did] });
    for (const { client } of [bo, eve]) await client.acceptRequest(id);
    await eve.client.groups.load(id);
    await world.clock.advance(5_000);
    await rotateKeys(directTransport(world.node), ada.wallet, world.clock.now());
    const device = await world.join('Ada');
    await device.client.groups.removeMembers(id, [bo.did]);
    await eve.client.groups.load(id);
    expect(eve.client.store.get().groups[id]?.counts).toMatchObject({ accepted: 2 });
    await eve.client.sendMessage(id, text('without Bo'));
    const past = await world.join('Bo');
    await past.client.openThread(id);
    expect(textsOf(past.client, id)).not.toContain('without Bo');
  });

  it('whoever had none when they were met is written to once they have', async () => {
    const id = await ada.client.groups.create({ name: 'A group', encryption, members: [bo.did, eve.did] });
    for (const { client } of [bo, eve]) await client.acceptRequest(id);
    const blanks = ['Dee', 'Fay'].map((name) => parseDid(world.wallet(name).address));
    for (const did of blanks) {
      const blank = { caip10: did, did, publicKey: '', encryptedPrivateKey: '', signature: 'xyz', sigType: 'a' };
      await directTransport(world.node).request(routes.createUser(), blank);
    }
    await ada.client.groups.addMembers(id, blanks);
    await eve.client.groups.load(id);
    await eve.client.groups.loadMembers(id);
    const dee = await world.join('Dee');
    await dee.client.acceptRequest(id);
    await eve.client.groups.load(id);
    await eve.client.sendMessage(id, text('hello Dee'));
    await dee.client.openThread(id);
    expect(textsOf(dee.client, id)).toContain('hello Dee');
  });
});
