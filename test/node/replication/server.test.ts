import { expect, it, onTestFinished } from 'vitest';
import { startPushNode, type RunningNode } from '../../../src/node/httpServer.ts';
import { routes, type Route } from '../../../src/protocol/routes.ts';
import { didOf, NOW, sealed, text } from '../../support/builders.ts';
import { vectorUser } from '../../support/vectors.ts';

const start = async (...peers: string[]): Promise<RunningNode> => {
  const node = await startPushNode({ port: 0, memory: true, now: () => NOW.getTime(), peers });
  onTestFinished(node.close);
  return node;
};

const post = ({ url }: RunningNode, { method, path }: Route, body: unknown): Promise<Response> =>
  fetch(url + path, { method, body: JSON.stringify(body) });

it('a server follows the servers that it is told of', async () => {
  const first = await start();
  const second = await start(first.url);
  const heard = new Promise((resolve) => second.node.connect(didOf('bob'), (_, payload) => resolve(payload)));
  for (const name of ['alice', 'bob']) await post(first, routes.createUser(), vectorUser(name).creation);
  const answer = await post(first, routes.sendRequest(), await sealed(text('May I?')));
  const { cid } = (await answer.json()) as { cid: string };
  expect(await heard).toMatchObject({ cid, messageCategory: 'Request' });
});

it('refuses a peer that is no address', async () => {
  await expect(start('not an address')).rejects.toMatchObject({ code: 'InvalidConfig' });
});
