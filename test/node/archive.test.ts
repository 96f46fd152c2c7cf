import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import Database from 'libsql';
import { CarReader } from '@ipld/car';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { exportArchive, importArchive } from '../../src/node/commands/archive.ts';
import { check } from '../../src/node/commands/check.ts';
import { openLibsqlStore } from '../../src/node/store/libsqlStore.ts';
import { blockCid } from '../../src/protocol/cid.ts';
import { routes } from '../../src/protocol/routes.ts';
import { didOf, sealed, text } from '../support/builders.ts';
import { broadcast, caip, subscription, targeted } from '../support/notifications.ts';
import { createNodeWorld, temporaryFolder, type Stored } from './nodeWorld.ts';

/** A folder with a chat of alice and bob, plain and encrypted messages, a profile, and notifications. */
async function filled(): Promise<{ data: string; acked: Stored[] }> {
  const data = await temporaryFolder();
  const world = createNodeWorld(await openLibsqlStore(data));
  await world.call(routes.createUser(), {
    caip10: didOf('dave'),
    did: didOf('dave'),
    publicKey: '',
    encryptedPrivateKey: '',
  });
  await world.join('alice', 'bob', 'carol');
  const acked = [(await world.ask('alice', 'bob')).body as Stored];
  await world.accept('alice', 'bob');
  for (const words of ['one', 'two']) acked.push((await world.send('bob', 'alice', words)).body as Stored);
  const plain = await sealed(text('In the open'), { from: 'alice', to: 'dave', plain: true });
  acked.push((await world.call(routes.sendRequest(), plain)).body as Stored);
  await world.block('bob', 'carol');
  await world.call(routes.subscribe(caip('alice')), await subscription('Subscribe', 'carol', 'alice'));
  await world.call(routes.sendNotification(), await broadcast('alice'));
  await world.call(routes.sendNotification(), await targeted('alice', 'bob'));
  await world.node.close();
  return { data, acked };
}

/** What the commands print, as lines. */
function printed(): () => string {
  const written: string[] = [];
  const spy = vi.spyOn(process.stdout, 'write').mockImplementation((part) => {
    written.push(String(part));
    return true;
  });
  onTestFinished(() => spy.mockRestore());
  return () => written.join('');
}

function spoil(data: string, sql: string, ...values: string[]): void {
  const file = new Database(join(data, 'push-node.db'));
  expect(file.prepare(sql).run(...values).changes).toBeGreaterThan(0);
  file.close();
}

describe('push-node check', () => {
  it('finds a store that a node wrote in order', async () => {
    const { data } = await filled();
    const output = printed();
    expect([await check({ data }), output()]).toEqual([
      0,
      expect.stringMatching(/^1\d acts and \d+ rows checked: all in order/),
    ]);
  });

  it.each([
    [
      'DU-04 a changed block',
      "UPDATE records SET record = replace(record, 'pgpv3', 'pgpv2') WHERE kind = 'block'",
      /block bafy.*damaged/,
    ],
    [
      'a lost block',
      "DELETE FROM records WHERE kind = 'block' AND key = (SELECT max(key) FROM records WHERE kind = 'block')",
      /block bafy.*missing/,
    ],
    [
      'DU-02 a head that is behind',
      `UPDATE records SET record = replace(record, '"head":"baf', '"head":"bag') WHERE kind = 'chat'`,
      /chat .*not as the journal/,
    ],
    [
      'an invented act',
      "INSERT INTO records (kind, key, record) VALUES ('act', 'x', '\"y\"')",
      /act x: nothing in the journal/,
    ],
    [
      'a forged act in the journal',
      `UPDATE records SET record = replace(record, '"messageType":"Text"', '"messageType":"Image"') WHERE kind = 'journal'`,
      /act \d+ \(request\): CidMismatch/,
    ],
    ['a lost line of a thread', "DELETE FROM records WHERE kind = 'thread'", /thread .*missing/],
  ])('reports %s', async (_, sql, fault) => {
    const { data } = await filled();
    spoil(data, sql);
    const output = printed();
    expect(await check({ data })).toBe(1);
    expect(output()).toMatch(fault);
  });

  it('does not take a folder without a node for one in order', async () => {
    await expect(check({ data: await temporaryFolder() })).rejects.toMatchObject({ code: 'InvalidConfig' });
  });
});

describe('push-node export and import', () => {
  it('move everything to another node, which checks it all', async () => {
    const { data, acked } = await filled();
    const file = join(await temporaryFolder(), 'archive');
    const copy = await temporaryFolder();
    const output = printed();
    expect(await exportArchive({ data }, file)).toBe(0);
    expect(await importArchive({ data: copy }, file)).toBe(0);
    expect(await importArchive({ data: copy }, file)).toBe(0);
    expect(output()).toMatch(/^0 acts taken, 13 known, 0 refused/m);
    expect(await check({ data: copy })).toBe(0);

    const [before, after] = [
      createNodeWorld(await openLibsqlStore(data)),
      createNodeWorld(await openLibsqlStore(copy)),
    ];
    for (const [me, peer] of [
      ['alice', 'bob'],
      ['alice', 'dave'],
    ] as const) {
      expect(await after.history(me, peer)).toEqual(await before.history(me, peer));
    }
    expect((await after.history('alice', 'bob')).length).toBe(acked.length - 1);
    expect((await after.call(routes.user(didOf('bob')))).body).toEqual(
      (await before.call(routes.user(didOf('bob')))).body,
    );
    await Promise.all([before.node.close(), after.node.close()]);
  });

  it('write an archive that every IPFS tool reads: the bytes of each block under its CID', async () => {
    const { data, acked } = await filled();
    const file = join(await temporaryFolder(), 'archive');
    printed();
    await exportArchive({ data }, file);
    const archive = await CarReader.fromBytes(await readFile(`${file}.car`));
    const found: string[] = [];
    for await (const { cid, bytes } of archive.blocks()) {
      expect(blockCid(bytes)).toBe(cid.toString());
      found.push(cid.toString());
    }
    expect(found.sort()).toEqual(acked.map(({ cid }) => cid).sort());
  });

  it('refuse what was tampered with, and take the rest', async () => {
    const { data } = await filled();
    const file = join(await temporaryFolder(), 'archive');
    const output = printed();
    await exportArchive({ data }, file);
    const bytes = await readFile(`${file}.car`);
    const at = bytes.lastIndexOf('U2FsdGVkX1');
    bytes.write('U2FsdGVkX2', at);
    await writeFile(`${file}.car`, bytes);
    const lines = (await readFile(`${file}.jsonl`, 'utf8')).replace('In the open', 'Out in the open');
    await writeFile(`${file}.jsonl`, lines);
    expect(await importArchive({ data: await temporaryFolder() }, file)).toBe(1);
    expect(output()).toMatch(/refused: CidMismatch/);
    expect(output()).toMatch(/, 2 refused/);
  });

  it('say clearly when there is nothing to read', async () => {
    printed();
    await expect(importArchive({ data: await temporaryFolder() }, '/nowhere/at/all')).rejects.toMatchObject({
      code: 'InvalidConfig',
    });
  });
});
