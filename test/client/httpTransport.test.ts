import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { httpTransport, type HttpLimits } from '../../src/client/httpTransport.ts';
import { routes } from '../../src/protocol/routes.ts';
import { coded, codeOf } from '../support/builders.ts';

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

async function serve(answer: RequestListener): Promise<string> {
  const server = createServer(answer);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function ask(answer: RequestListener, limits: HttpLimits = {}): Promise<unknown> {
  return httpTransport(await serve(answer), limits).request(routes.user('eip155:0x0'));
}

describe('a node that is slow', () => {
  it('NW-02 that never answers is NetworkTimeout', async () => {
    await expect(ask(() => undefined, { beginMs: 50 })).rejects.toEqual(coded('NetworkTimeout'));
  });

  it('NW-02 that stops in the middle of an answer is NetworkTimeout', async () => {
    const half: RequestListener = (_, response) => response.write('{"did":');
    await expect(ask(half, { beginMs: 5_000, endMs: 80 })).rejects.toEqual(coded('NetworkTimeout'));
  });

  it('NW-02 that sends a byte now and then is NetworkTimeout', async () => {
    const drip: RequestListener = (_, response) => {
      const timer = setInterval(() => response.write(' '), 10);
      response.on('close', () => {
        clearInterval(timer);
      });
    };
    await expect(ask(drip, { beginMs: 5_000, endMs: 120 })).rejects.toEqual(coded('NetworkTimeout'));
  });
});

describe('a node that says too much', () => {
  it('NW-03 an endless answer is given up at the limit', async () => {
    let sent = 0;
    const endless: RequestListener = (_, response) => {
      const more = (): void => {
        while (!response.destroyed && response.write('x'.repeat(10_000))) sent += 10_000;
      };
      response.on('drain', more);
      more();
    };
    await expect(ask(endless, { maxBytes: 100_000 })).rejects.toEqual(coded('PayloadTooLarge'));
    expect(sent).toBeLessThan(20_000_000);
  });

  it('NW-03 an answer that says it is too large is not read at all', async () => {
    const large: RequestListener = (_, response) =>
      response.writeHead(200, { 'content-length': 100_000_000 }).write('{');
    await expect(ask(large)).rejects.toEqual(coded('PayloadTooLarge'));
  });

  it('RX-01 a small answer that unpacks to a large one is given up at the limit', async () => {
    const packed = gzipSync(Buffer.alloc(50_000_000, 0x20));
    const bomb: RequestListener = (_, response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end(packed);
    await expect(ask(bomb)).rejects.toEqual(coded('PayloadTooLarge'));
  });

  it('NW-03 an answer shorter than it says is no answer', async () => {
    const cut: RequestListener = (_, response) => {
      response.writeHead(200, { 'content-length': 100 }).write('{}');
      setImmediate(() => response.destroy());
    };
    await expect(ask(cut)).rejects.toEqual(coded('NetworkUnavailable'));
  });

  it('PA-03 a hundred thousand brackets are no answer, and no crash', async () => {
    const deep: RequestListener = (_, response) => response.end('['.repeat(100_000));
    await expect(ask(deep)).rejects.toEqual(coded('NodeError'));
  });
});

describe('a node that is another', () => {
  it.each([301, 302, 303, 307, 308])('NW-04 is not followed by a redirect of %i, and told nothing', async (status) => {
    const told: string[] = [];
    const other = await serve(({ url = '', headers }, response) => {
      told.push(url, headers.authorization ?? '');
      response.end('{}');
    });
    const away: RequestListener = (_, response) => response.writeHead(status, { location: `${other}/x` }).end();
    const transport = httpTransport(await serve(away));
    await expect(transport.request(routes.sendMessage(), { secret: 'body' }, 'token')).rejects.toEqual(
      coded('NodeError'),
    );
    expect(told).toEqual([]);
  });

  it('NW-14 a captive portal’s page is NodeError, and the next answer counts again', async () => {
    let captive = true;
    const portal: RequestListener = (_, response) =>
      captive
        ? response.writeHead(200, { 'content-type': 'text/html' }).end('<html>Log in</html>')
        : response.end('{"a":1}');
    const transport = httpTransport(await serve(portal));
    await expect(transport.request(routes.user('eip155:0x0'))).rejects.toEqual(coded('NodeError'));
    captive = false;
    expect(await transport.request(routes.user('eip155:0x0'))).toEqual({ a: 1 });
  });

  it.each([
    'http://push.example',
    'http://192.168.0.1:4000',
    'http://localhost.example',
    'http://127.0.0.1.example',
    'ws://push.example',
    'ftp://push.example',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'push.example',
    '',
  ])('NW-15 %j is refused as an address', (address) => {
    expect(codeOf(() => httpTransport(address))).toBe('InvalidConfig');
  });

  it.each(['https://push.example', 'http://localhost:4000', 'http://[::1]:4000'])('NW-15 %j is taken', (address) => {
    expect(codeOf(() => httpTransport(address))).toBe('none');
  });
});
