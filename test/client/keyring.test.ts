import { expect, it } from 'vitest';
import { createKeyring } from '../../src/client/keyring.ts';
import { routes } from '../../src/protocol/routes.ts';
import { parseDid } from '../../src/protocol/did.ts';
import { createNodeWorld } from '../node/nodeWorld.ts';
import { didOf } from '../support/builders.ts';
import { directTransport } from '../../src/client/directTransport.ts';

it('asks once for an account that has a record, and again for one that had none yet', async () => {
  const world = createNodeWorld();
  const asked: string[] = [];
  const through = directTransport(world.node);
  const keyring = createKeyring({
    ...through,
    request: (route, body) => {
      asked.push(route.path);
      return through.request(route, body);
    },
  });
  const alice = parseDid(didOf('alice'));
  expect(await keyring.find(alice)).toBeNull();
  await world.join('alice');
  expect((await keyring.find(alice))?.user.did).toBe(alice);
  await keyring.find(alice);
  expect(asked).toEqual([routes.user(alice).path, routes.user(alice).path]);
});
