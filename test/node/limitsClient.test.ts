import { describe, expect, it } from 'vitest';
import { createPushChat } from '../../src/client/createPushChat.ts';
import type { PushChatClient } from '../../src/client/PushChatClient.ts';
import { createPushNode } from '../../src/node/createPushNode.ts';
import type { LimitRates } from '../../src/node/limits/limits.ts';
import { parseDid, type Did } from '../../src/protocol/did.ts';
import { routes } from '../../src/protocol/routes.ts';
import { createTestWorld } from '../../src/testing/testWorld.ts';
import { NOW } from '../support/builders.ts';
import { text, textsOf } from '../support/until.ts';

/** A client that comes from an address of its own, and whose waiting is what moves the node's clock. */
function openWorld(limits: Partial<LimitRates>, alter = (response: Response): Response => response) {
  const clock = { time: NOW.getTime() };
  const node = createPushNode({ now: () => clock.time, limits });
  const { wallet } = createTestWorld({ node });
  const seen = { waits: [] as number[], asked: [] as string[], meanwhile: (): Promise<unknown> => Promise.resolve() };
  const fetch = async (request: Request): Promise<Response> => {
    seen.asked.push(`${request.method} ${new URL(request.url).pathname}`);
    return alter(await node.fetch(request, { ip: '192.0.2.1' }));
  };
  const clientOf = (name: string): PushChatClient =>
    createPushChat({
      signer: wallet(name),
      node: { fetch, connect: node.connect },
      now: () => clock.time,
      wait: async (ms) => {
        seen.waits.push(ms);
        clock.time += ms;
        await seen.meanwhile();
      },
    });
  const didOf = (name: string): Did => parseDid(wallet(name).address);
  return { clock, seen, fetch, clientOf, didOf };
}

const limited = (retryAfter: number | undefined): unknown =>
  expect.objectContaining({ code: 'RateLimited', retryAfter });
const READ = `GET ${routes.user('').path.replace(/\?.*/, '')}`;

describe('a client of a node that is busy', () => {
  it('NW-01 reads once more after the short while that the node asks for', async () => {
    const { seen, clientOf, didOf } = openWorld({ reads: { burst: 1, perSecond: 0.5 } });
    const client = clientOf('Alice');
    expect(await client.getProfile(didOf('Bob'))).toBeNull();
    expect(seen.waits).toEqual([]);
    expect(await client.getProfile(didOf('Carol'))).toBeNull();
    expect(seen).toMatchObject({ waits: [2_000], asked: [READ, READ, READ] });
  });

  it('NW-01 does not wait for long, but says for how long', async () => {
    const { clock, seen, clientOf, didOf } = openWorld({ reads: { burst: 1, perSecond: 0.25 } });
    const client = clientOf('Alice');
    await client.getProfile(didOf('Bob'));
    await expect(client.getProfile(didOf('Carol'))).rejects.toEqual(limited(4));
    expect(seen).toMatchObject({ waits: [], asked: [READ, READ] });
    clock.time += 4_000;
    expect(await client.getProfile(didOf('Carol'))).toBeNull();
  });

  it('NW-01 reads no third time: who is refused again hears of it', async () => {
    const { seen, fetch, clientOf, didOf } = openWorld({ reads: { burst: 1, perSecond: 0.5 } });
    const client = clientOf('Alice');
    await client.getProfile(didOf('Bob'));
    // Somebody else at the same address is quicker.
    seen.meanwhile = () => fetch(new Request(`http://node.test${routes.user(didOf('Bob')).path}`));
    await expect(client.getProfile(didOf('Carol'))).rejects.toEqual(limited(2));
    expect(seen).toMatchObject({ waits: [2_000], asked: [READ, READ, READ, READ] });
  });

  it.each(['soon', '', '-1', '1.5', '1e1', '0x1', '9'.repeat(400), 'Sat, 01 Jan 2000 00:00:00 GMT'])(
    'NW-01 does not wait for what is no number of seconds: "%s"',
    async (header) => {
      const { seen, clientOf, didOf } = openWorld({ reads: { burst: 1, perSecond: 1 } }, (response) => {
        if (response.status === 429) response.headers.set('retry-after', header);
        return response;
      });
      const client = clientOf('Alice');
      await client.getProfile(didOf('Bob'));
      await expect(client.getProfile(didOf('Carol'))).rejects.toEqual(limited(undefined));
      expect(seen.waits).toEqual([]);
    },
  );

  it('NW-01 sends a message again when the node said that it may, and it is stored once', async () => {
    const { seen, clientOf, didOf } = openWorld({ account: { burst: 2, perSecond: 0.5 } });
    const [alice, bob] = [clientOf('Alice'), clientOf('Bob')];
    await alice.unlock();
    await bob.unlock();
    await alice.sendMessage(didOf('Bob'), text('May I?'));
    await alice.sendMessage(didOf('Bob'), text('Hello'));
    const sending = `POST ${routes.sendMessage().path}`;
    expect(seen.asked.filter((call) => call === sending)).toEqual([sending, sending]);
    expect(seen.waits).toEqual([2_000]);
    await bob.openThread(didOf('Alice'));
    expect(textsOf(bob, didOf('Alice'))).toEqual(['May I?', 'Hello']);
  });
});
