import { copyFile, mkdir, readFile, stat, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import Database from 'libsql';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openLibsqlStore } from '../../src/node/store/libsqlStore.ts';
import { createMemoryStore } from '../../src/node/store/memoryStore.ts';
import type { NodeStore } from '../../src/node/store/store.ts';
import { createNodeWorld, temporaryFolder, type NodeWorld, type Stored } from './nodeWorld.ts';

const FILE = 'push-node.db';
const LOG = `${FILE}-wal`;

/** A node on a disk with a chat of some messages. */
async function chatting(folder: string, messages: number): Promise<{ world: NodeWorld; acked: Stored[] }> {
  const world = createNodeWorld(await openLibsqlStore(folder));
  await world.join('alice', 'bob');
  const acked = [(await world.ask('alice', 'bob')).body as Stored];
  await world.accept('alice', 'bob');
  for (let i = 1; i < messages; i += 1)
    acked.push((await world.send('bob', 'alice', `Message ${String(i)}`)).body as Stored);
  return { world, acked };
}

const cidsOf = (messages: readonly Stored[]): string[] => messages.map(({ cid }) => cid);

/** What a power cut leaves: the database, and as much of its write-ahead log as had reached the disk. */
async function afterPowerCut(from: string, logBytes: number): Promise<NodeStore> {
  const folder = await temporaryFolder();
  await mkdir(folder, { recursive: true });
  await copyFile(join(from, FILE), join(folder, FILE));
  await copyFile(join(from, LOG), join(folder, LOG));
  await truncate(join(folder, LOG), logBytes);
  return openLibsqlStore(folder);
}

/** A store whose next write stays unfinished from `wait` until `goOn`. */
function slowDisk(store: NodeStore): { store: NodeStore; wait: () => Promise<void>; goOn: () => void } {
  let begun: (() => void) | undefined;
  let goOn: (() => void) | undefined;
  let gate: Promise<void> | undefined;
  return {
    store: {
      ...store,
      write: async (change) => {
        const result = await store.write(change);
        const closed = gate;
        gate = undefined;
        if (closed) begun?.();
        await closed;
        return result;
      },
    },
    wait: () => {
      gate = new Promise((resolve) => (goOn = resolve));
      return new Promise((resolve) => (begun = resolve));
    },
    goOn: () => goOn?.(),
  };
}

describe('a store on a disk', () => {
  it('DU-02 DU-04 comes back from any torn write to a whole state, with an unbroken chain up to some message', async () => {
    const folder = await temporaryFolder();
    const { world, acked } = await chatting(folder, 6);
    const { size } = await stat(join(folder, LOG));
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: size }), async (cut) => {
        const store = await afterPowerCut(folder, cut);
        const after = createNodeWorld(store);
        const history = await after.history('bob', 'alice');
        expect(cidsOf(history)).toEqual(cidsOf(acked).slice(0, history.length));
        expect(history.map(({ link }) => link)).toEqual([null, ...cidsOf(acked)].slice(0, history.length));
        await store.close();
      }),
      { numRuns: 25, examples: [[0], [size]] },
    );
    await world.node.close();
  });

  it('DU-05 has every acknowledged message in the log when it acknowledges it', async () => {
    const folder = await temporaryFolder();
    const { world, acked } = await chatting(folder, 2);
    for (let i = 0; i < 5; i += 1) {
      acked.push((await world.send('alice', 'bob', `After ${String(i)}`)).body as Stored);
      const { size } = await stat(join(folder, LOG));
      const store = await afterPowerCut(folder, size);
      expect(cidsOf(await createNodeWorld(store).history('alice', 'bob'))).toEqual(cidsOf(acked));
      await store.close();
    }
    await world.node.close();
  });

  it('DU-03 answers 503 when the disk is full, loses nothing, and goes on when there is room again', async () => {
    const folder = await temporaryFolder();
    const first = await chatting(folder, 2);
    await first.world.node.close();
    const { size } = await stat(join(folder, FILE));

    const full = createNodeWorld(await openLibsqlStore(folder, { maxBytes: size }));
    const acked = [...first.acked];
    const answers = [];
    for (let i = 0; i < 8; i += 1) {
      const answer = await full.send('alice', 'bob', 'x'.repeat(20_000));
      answers.push(answer);
      if (answer.status === 201) acked.push(answer.body as Stored);
    }
    expect(answers.at(-1)).toMatchObject({ status: 503, body: { details: { code: 'StoreUnavailable' } } });
    expect(cidsOf(await full.history('bob', 'alice'))).toEqual(cidsOf(acked));
    await full.node.close();

    const roomy = createNodeWorld(await openLibsqlStore(folder));
    acked.push((await roomy.send('alice', 'bob', 'Room again')).body as Stored);
    expect(cidsOf(await roomy.history('bob', 'alice'))).toEqual(cidsOf(acked));
    await roomy.node.close();
  });

  it('DU-03 acknowledges and tells nothing while the disk is still busy with it', async () => {
    const { store, wait, goOn } = slowDisk(createMemoryStore());
    const world = createNodeWorld(store);
    await world.join('alice', 'bob');
    const heard = world.listen('bob');
    const writing = wait();
    let answered = false;
    const asked = world.ask('alice', 'bob').then((answer) => {
      answered = true;
      return answer;
    });
    await writing;
    // Whatever can happen without the disk happens now.
    await new Promise((resolve) => setImmediate(resolve));
    expect([answered, heard]).toEqual([false, []]);
    goOn();
    const { status, body } = await asked;
    expect([status, heard.map(({ cid }) => cid)]).toEqual([201, [(body as Stored).cid]]);
  });

  it('DU-03 one change that does not fit takes none of its neighbours with it', async () => {
    const folder = await temporaryFolder();
    await (await openLibsqlStore(folder)).close();
    const { size } = await stat(join(folder, FILE));
    const world = createNodeWorld(await openLibsqlStore(folder, { maxBytes: size + 200_000 }));
    await world.join('alice', 'bob');
    await world.ask('alice', 'bob');
    await world.accept('alice', 'bob');
    const [big, small] = await Promise.all([
      world.send('alice', 'bob', 'x'.repeat(250_000)),
      world.send('alice', 'bob', 'small'),
    ]);
    expect([big.status, small.status]).toEqual([503, 201]);
    await world.node.close();
  });

  it('DU-04 finds a damaged or missing block by its CID, and serves the rest', async () => {
    const folder = await temporaryFolder();
    const { world, acked } = await chatting(folder, 5);
    await world.node.close();
    const [first, second, third, fourth, fifth] = cidsOf(acked) as [string, string, string, string, string];
    const file = new Database(join(folder, FILE));
    file
      .prepare("UPDATE records SET record = replace(record, 'pgpv3', 'pgpv2') WHERE kind = 'block' AND key = ?")
      .run(second);
    file.prepare("DELETE FROM records WHERE kind = 'block' AND key = ?").run(fourth);
    file.close();

    const after = createNodeWorld(await openLibsqlStore(folder));
    const { body } = await after.call({ method: 'GET', path: `/apis/v1/chat/conversationhash/${fifth}?fetchLimit=30` });
    expect(cidsOf(body as Stored[])).toEqual([fifth, third, first]);
    const damaged = await after.call({ method: 'GET', path: `/apis/v1/ipfs/${second}` });
    expect(damaged.body).toMatchObject({ details: { code: 'CidMismatch' } });
    expect((await after.send('alice', 'bob', 'Still here')).body.link).toBe(fifth);
    await after.node.close();
  });

  it('DU-04 refuses a file whose pages are torn, rather than serve what it is not', async () => {
    const folder = await temporaryFolder();
    const { world } = await chatting(folder, 2);
    await world.node.close();
    const bytes = await readFile(join(folder, FILE));
    bytes.fill(0xff, 0, 200);
    await writeFile(join(folder, FILE), bytes);
    await expect(openLibsqlStore(folder)).rejects.toMatchObject({ code: 'InvalidConfig' });
  });
});
