import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface SitePage {
  readonly body: string | Uint8Array;
  readonly type?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** An origin of its own. */
export interface Site {
  readonly origin: string;
  readonly pages: Map<string, SitePage>;
  readonly close: () => Promise<void>;
}

/** Serves pages on an origin that no other site has. */
export async function openSite(): Promise<Site> {
  const pages = new Map<string, SitePage>();
  const server: Server = createServer((request, response) => {
    const page = pages.get(new URL(request.url ?? '/', 'http://site').pathname);
    // Browsers ask for an icon, which is no error.
    response.writeHead(page ? 200 : request.url === '/favicon.ico' ? 204 : 404, {
      'content-type': page?.type ?? 'text/html; charset=utf-8',
      ...page?.headers,
    });
    response.end(page?.body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    pages,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
