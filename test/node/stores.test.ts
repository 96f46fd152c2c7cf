import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openLibsqlStore } from '../../src/node/store/libsqlStore.ts';
import { actOf, saveAct } from '../../src/node/tables/acts.ts';
import { testNodeStore } from '../contracts/nodeStore.ts';
import { createNodeWorld, STORES, temporaryFolder } from './nodeWorld.ts';

for (const [name, open] of STORES) testNodeStore(name, open);

describe('a durable store', () => {
  it('has everything again after it was closed, and goes on where it was', async () => {
    const folder = await temporaryFolder();
    const before = createNodeWorld(await openLibsqlStore(folder));
    await before.join('alice', 'bob');
    await before.ask('alice', 'bob');
    await before.accept('alice', 'bob');
    const history = await before.history('bob', 'alice');
    await before.node.close();

    const after = createNodeWorld(await openLibsqlStore(folder));
    expect(await after.history('bob', 'alice')).toEqual(history);
    const { body } = await after.send('bob', 'alice');
    expect(body.link).toBe(history[0]?.cid);
    await after.node.close();
  });

  it('finishes what was under way when it is closed', async () => {
    const folder = await temporaryFolder();
    const store = await openLibsqlStore(folder);
    const written = store.write((rows) => saveAct(rows, 'digest', 'made'));
    await Promise.all([store.close(), store.close()]);
    await written;
    const again = await openLibsqlStore(folder);
    expect(await again.read((rows) => actOf(rows, 'digest'))).toBe('made');
    await again.close();
  });

  it('DU-09 is refused to a second node while the first has it', async () => {
    const folder = await temporaryFolder();
    const first = await openLibsqlStore(folder);
    await expect(openLibsqlStore(folder)).rejects.toMatchObject({ code: 'InvalidConfig' });
    await first.write((rows) => saveAct(rows, 'digest', 'still here'));
    await first.close();
    await (await openLibsqlStore(folder)).close();
  });

  it('does not touch a file that is none', async () => {
    const folder = await temporaryFolder();
    await writeFile(join(folder, 'push-node.db'), 'not a database, and long enough to be seen as none'.repeat(40));
    await expect(openLibsqlStore(folder)).rejects.toMatchObject({ code: 'InvalidConfig' });
  });
});
