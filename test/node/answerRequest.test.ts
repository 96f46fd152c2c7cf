import { beforeEach, describe, expect, it } from 'vitest';
import { routes } from '../../src/protocol/routes.ts';
import { didOf } from '../support/builders.ts';
import { acceptance, createNodeWorld, rejection, STORES, type Answer, type NodeWorld } from './nodeWorld.ts';

let world: NodeWorld;

const accept = (body: unknown): Promise<Answer> => world.call(routes.acceptRequest(), body);
const reject = (body: unknown): Promise<Answer> => world.call(routes.rejectRequest(), body);
const refusal = ({ status, body }: Answer): unknown[] => [status, body?.details?.code];
const listsOf = async (name: string): Promise<number[]> => {
  const [chats, requests] = await Promise.all([
    world.call(routes.chats(didOf(name), 1, 30)),
    world.call(routes.requests(didOf(name), 1, 30)),
  ]);
  return [chats.body.chats.length, requests.body.requests.length];
};

describe.each(STORES)('an answer to a request, in a store in %s', (_, open) => {
  beforeEach(async () => {
    world = createNodeWorld(await open());
    await world.join('alice', 'bob', 'carol');
    await world.ask('alice', 'bob');
  });

  it('yes moves it from requests to chats, and both sides hear of it', async () => {
    expect([await listsOf('alice'), await listsOf('bob')]).toEqual([
      [1, 0],
      [0, 1],
    ]);
    const [alice, bob] = ['alice', 'bob'].map(world.listen);
    const body = await acceptance('alice', 'bob');
    expect(await accept(body)).toEqual({ status: 201, body: `${didOf('alice')}+${didOf('bob')}` });
    expect(await listsOf('bob')).toEqual([1, 0]);
    expect((await world.call(routes.head(didOf('bob'), didOf('alice')))).body).toMatchObject({ intent: true });
    const event = {
      messageCategory: 'Approve',
      fromDID: didOf('bob'),
      toDID: didOf('alice'),
      hasIntent: true,
      cid: null,
      link: null,
    };
    expect(alice).toMatchObject([
      { ...event, messageOrigin: 'other', verificationProof: body.verificationProof.replace(':', '') },
    ]);
    expect(bob).toMatchObject([{ ...event, messageOrigin: 'self' }]);
  });

  it('yes again, by the same or a new proof, changes nothing and tells nobody', async () => {
    const body = await acceptance('alice', 'bob');
    const first = await accept(body);
    const alice = world.listen('alice');
    expect(await accept(body)).toEqual(first);
    expect(await world.accept('alice', 'bob')).toEqual(first);
    expect(alice).toEqual([]);
  });

  it('no forgets the chat but not its blocks, and the stranger may ask again', async () => {
    const { body: head } = await world.call(routes.head(didOf('bob'), didOf('alice')));
    const alice = world.listen('alice');
    expect(await reject(await rejection('alice', 'bob'))).toEqual({ status: 200, body: { success: true } });
    expect(alice).toMatchObject([
      { messageCategory: 'Reject', fromDID: didOf('bob'), toDID: didOf('alice'), hasIntent: false },
    ]);
    expect([await listsOf('alice'), await listsOf('bob')]).toEqual([
      [0, 0],
      [0, 0],
    ]);
    expect((await world.call(routes.chat(didOf('bob'), didOf('alice')))).body).toEqual({});
    expect((await world.call(routes.message(head.threadHash))).body.cid).toBe(head.threadHash);
    expect(await world.ask('alice', 'bob')).toMatchObject({ status: 201, body: { link: null } });
  });

  it('ND-03 GR-05 a yes that the receiver did not sign is refused, and changes nothing', async () => {
    const right = await acceptance('alice', 'bob');
    const signedByOthers = [await acceptance('alice', 'bob', 'alice'), await acceptance('alice', 'bob', 'carol')];
    for (const body of signedByOthers) expect(refusal(await accept(body))).toEqual([403, 'ProofInvalid']);
    // The requester's own yes, in its own name.
    expect(refusal(await accept(await acceptance('bob', 'alice')))).toEqual([403, 'NotPermitted']);
    const changed = [
      { ...right, fromDID: right.toDID, toDID: right.fromDID },
      { ...right, fromDID: didOf('carol') },
      { ...right, status: 'Pending' },
      { ...right, status: 'approved' },
      { ...right, fromDID: right.fromDID.toLowerCase() },
    ];
    for (const body of changed) expect(refusal(await accept(body))).toEqual([403, 'ProofInvalid']);
    expect(refusal(await accept({ ...right, verificationProof: '' }))).toEqual([403, 'ProofMissing']);
    expect(refusal(await accept(await acceptance('carol', 'bob')))).toEqual([404, 'NotFound']);
    expect(refusal(await accept(await acceptance('bob', 'bob')))).toEqual([403, 'ReceiverMismatch']);
    expect(await listsOf('bob')).toEqual([0, 1]);
  });

  it('GR-06 a yes that was taken once does not open a chat again after it was rejected', async () => {
    const yes = await acceptance('alice', 'bob');
    await accept(yes);
    await reject(await rejection('alice', 'bob'));
    expect(refusal(await accept(yes))).toEqual([409, 'ReplayDetected']);
    await world.ask('alice', 'bob');
    expect(refusal(await accept(yes))).toEqual([409, 'ReplayDetected']);
    expect(await listsOf('bob')).toEqual([0, 1]);
  });

  it('GR-06 nor does it do anything after a block', async () => {
    const yes = await acceptance('alice', 'bob');
    await accept(yes);
    await world.block('bob', 'alice');
    const alice = world.listen('alice');
    expect(refusal(await accept(yes))).toEqual([403, 'BlockedPeer']);
    expect((await world.send('alice', 'bob')).status).toBe(403);
    expect(alice).toEqual([]);
  });

  it('a no that was taken once does not reject the next request', async () => {
    const no = await rejection('alice', 'bob');
    await reject(no);
    expect((await reject(no)).status).toBe(200);
    await world.ask('alice', 'bob');
    expect(refusal(await reject(no))).toEqual([409, 'ReplayDetected']);
    expect(await listsOf('bob')).toEqual([0, 1]);
  });

  it('ND-03 GR-07 a no that the receiver did not sign is refused', async () => {
    const right = await rejection('alice', 'bob');
    for (const signer of ['alice', 'carol']) {
      expect(refusal(await reject(await rejection('alice', 'bob', signer)))).toEqual([403, 'ProofInvalid']);
    }
    expect(refusal(await reject(await rejection('bob', 'alice')))).toEqual([403, 'NotPermitted']);
    expect(refusal(await reject({ ...right, fromDID: didOf('carol') }))).toEqual([403, 'ProofInvalid']);
    // A yes is not a no, nor the other way round.
    const yes = await acceptance('alice', 'bob');
    expect(refusal(await reject({ ...right, verificationProof: yes.verificationProof }))).toEqual([
      403,
      'ProofInvalid',
    ]);
    expect(refusal(await accept({ ...yes, verificationProof: right.verificationProof }))).toEqual([
      403,
      'ProofInvalid',
    ]);
    expect(await listsOf('bob')).toEqual([0, 1]);
  });
});
