import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Wallet } from 'ethers';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { createPushChat } from '../../src/client/createPushChat.ts';
import type { PushChatClient } from '../../src/client/PushChatClient.ts';
import { temporaryFolder } from '../node/nodeWorld.ts';
import { text, textsOf, until } from '../support/until.ts';
import { parseDid } from '../../src/protocol/did.ts';

const PROGRAM = fileURLToPath(new URL('../../dist/bin/push-node.js', import.meta.url));
const STOP_MS = 5_000;

/** The built program, on the Node.js that runs this test. */
function run(...args: string[]) {
  const child = spawn(process.execPath, [PROGRAM, ...args]);
  onTestFinished(() => void child.kill('SIGKILL'));
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (part: Buffer) => (output += part.toString()));
  const ended = once(child, 'close').then(([code]: unknown[]) => ({ code, output }));
  /** Where it says that it is, as soon as it does. */
  const url = async (): Promise<string> => {
    for (;;) {
      const found = /http:\/\/\S+?(?=,)/.exec(output)?.[0];
      if (found !== undefined) return found;
      if (child.exitCode !== null) throw new RangeError(output);
      await Promise.race([once(child.stdout, 'data'), ended]);
    }
  };
  return { child, ended, url };
}

/** A new wallet's client, unlocked and live on this node. */
async function startClient(node: string): Promise<{ did: string; client: PushChatClient }> {
  const wallet = Wallet.createRandom();
  const client = createPushChat({ signer: wallet, node });
  onTestFinished(client.close);
  await client.unlock();
  client.start();
  await until(client, ({ connection }) => connection === 'online');
  return { did: parseDid(wallet.address), client };
}

describe(`push-node as it is built, on Node.js ${process.version}`, () => {
  beforeAll(() => {
    if (!existsSync(PROGRAM)) throw new RangeError(`There is no ${PROGRAM}: npm run build comes first.`);
  });

  it('says what it can', async () => {
    expect(await run('--help').ended).toEqual({ code: 0, output: expect.stringContaining('push-node check') });
  });

  it('takes a message, ends in time when told to with clients connected, and finds what it kept in order', async () => {
    const folder = await temporaryFolder();
    const node = run('run', '--port', '0', '--data', folder);
    const url = await node.url();
    expect((await fetch(`${url}/readyz`)).status).toBe(200);

    const [alice, bob] = await Promise.all([startClient(url), startClient(url)]);
    await alice.client.openThread(bob.did);
    await alice.client.sendMessage(bob.did, text('May I?'));
    await until(bob.client, ({ requests }) => requests.items.length === 1);
    await bob.client.openThread(alice.did);
    expect(textsOf(bob.client, parseDid(alice.did))).toEqual(['May I?']);

    // Too late is then not an exit with 0.
    const late = setTimeout(() => void node.child.kill('SIGKILL'), STOP_MS);
    node.child.kill('SIGTERM');
    expect(await node.ended).toMatchObject({ code: 0 });
    clearTimeout(late);

    expect(await run('check', '--data', folder).ended).toEqual({
      code: 0,
      output: expect.stringMatching(/^[1-9]\d* acts and [1-9]\d* rows checked: all in order\.\n$/),
    });
  });
});
