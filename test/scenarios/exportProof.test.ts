import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { main } from '../../src/cli/pushChatCli.ts';
import { directTransport } from '../../src/client/directTransport.ts';
import { verifyProofFile, type PortableProof } from '../../src/protocol/portableProof.ts';
import { createTestWorld, type TestWorld, type TestUser } from '../../src/testing/testWorld.ts';
import { hostileNode, inHistory, renamed } from '../../src/testing/hostileNode.ts';
import { rotateKeys } from '../support/rotateKeys.ts';
import { quietTerminal } from '../support/terminal.ts';
import { itemsOf, text, textsOf, until } from '../support/until.ts';

let world: TestWorld;
let alice: TestUser;
let bob: TestUser;
let first: string;

beforeEach(async () => {
  world = createTestWorld();
  [alice, bob] = await Promise.all([world.join('Alice'), world.join('Bob')]);
  first = await alice.client.sendMessage(bob.did, text('I owe you 5'));
  await until(bob.client, ({ requests }) => requests.items.length === 1);
  await bob.client.acceptRequest(alice.did);
  await bob.client.openThread(alice.did);
});
afterEach(() => {
  world.close();
});

const LATER = new Date(Date.now() + 60_000);
const check = (proof: PortableProof): ReturnType<typeof verifyProofFile> =>
  verifyProofFile(JSON.stringify(proof), LATER);

describe('a message taken out of a chat as evidence', () => {
  it('holds for whoever gets it, from either side, without a node', async () => {
    const proofs = [await bob.client.exportProof(first), await alice.client.exportProof(first)];
    world.close();
    for (const proof of proofs) {
      expect(await check(proof)).toMatchObject({ cid: first, cidChecked: true, from: alice.did, to: bob.did });
    }
    const out: string[] = [];
    const code = await main(['verify', 'proof.json'], {
      ...quietTerminal,
      read: () => JSON.stringify(proofs[0]),
      print: (words) => out.push(words),
      complain: (words) => out.push(words),
      now: () => LATER,
    });
    expect([code, out.join('')]).toEqual([0, expect.stringContaining(alice.did)]);
  });

  it('is read by others where one of the two discloses it, and that message alone', async () => {
    const second = await alice.client.sendMessage(bob.did, text('and 6'));
    const [disclosed, other] = [
      await bob.client.exportProof(first, { disclose: true }),
      await alice.client.exportProof(second, { disclose: true }),
    ];
    expect(await check(disclosed)).toMatchObject({ cid: first, content: text('I owe you 5') });
    expect(await check(other)).toMatchObject({ cid: second, content: text('and 6') });
    expect(await check(await bob.client.exportProof(first))).toMatchObject({ content: null });
    const swapped = { ...disclosed, disclosure: other.disclosure ?? '' };
    await expect(check(swapped)).rejects.toMatchObject({ code: 'DecryptFailed' });
    for (const disclosure of ['', 'aes256:00', `aes256:${'0'.repeat(64)}`]) {
      await expect(check({ ...disclosed, disclosure })).rejects.toMatchObject({ code: 'DecryptFailed' });
    }
  });

  it('names the key of the verification that the thread shows', async () => {
    const [item] = itemsOf(bob.client, alice.did);
    const { fingerprint } = await check(await bob.client.exportProof(first));
    expect(item?.verification).toMatchObject({
      signer: alice.did,
      key: { fingerprint, level: 'verified', attestedBy: 'eip191v2', earlier: false },
      scheme: 'pgpv3',
      failed: null,
    });
    expect(item?.verification?.covers).toContain('messageObj');
  });

  it('KI-10 holds when its sender has other keys by now', async () => {
    const { fingerprint } = await check(await bob.client.exportProof(first));
    await rotateKeys(directTransport(world.node), alice.wallet, Date.now() + 2_000);
    const device = await world.join('Alice', { now: () => Date.now() + 4_000 });
    await device.client.sendMessage(bob.did, text('after'));
    await until(bob.client, () => textsOf(bob.client, alice.did).includes('after'));
    expect(await check(await bob.client.exportProof(first))).toMatchObject({ fingerprint });
  });

  it('is not made of a message that failed its checks, or that is not there', async () => {
    const forge = inHistory((all) => all.map((m) => renamed({ ...m, encType: 'PlainText' })));
    const node = hostileNode(world.node, [{ name: 'CR-01', answer: forge }]);
    const device = await world.join('Bob', { through: () => directTransport(node) });
    await expect(device.client.exportProof(first)).rejects.toMatchObject({ code: 'NotFound' });
    await expect(bob.client.exportProof('../../v2/users')).rejects.toMatchObject({ code: 'NotFound' });
    const swapped = hostileNode(world.node, [
      { name: 'CH-04', answer: inHistory((all) => all.map((m) => ({ ...m, timestamp: 5 }))) },
    ]);
    const other = await world.join('Bob', { through: () => directTransport(swapped) });
    await expect(other.client.exportProof(first)).rejects.toMatchObject({ code: 'CidMismatch' });
  });
});
