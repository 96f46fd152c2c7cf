import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** A stretch of wire that can be cut: TCP from a port of its own to wherever it is told. */
export interface Wire {
  readonly url: string;
  /** Where connections go from now on; a node that was restarted may be elsewhere. */
  readonly lead: (url: string) => void;
  /** Breaks every connection, and refuses new ones until it is mended. */
  readonly cut: () => void;
  readonly mend: () => void;
  readonly close: () => void;
}

export async function openWire(url: string): Promise<Wire> {
  let target = new URL(url);
  let whole = true;
  const sockets = new Set<Socket>();
  const server = createServer({ noDelay: true }, (near) => {
    if (!whole) {
      near.destroy();
      return;
    }
    const far = connect({ host: '127.0.0.1', port: Number(target.port), noDelay: true });
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(one);
      one.pipe(other);
      one.on('error', () => other.destroy());
      one.on('close', () => {
        sockets.delete(one);
        other.destroy();
      });
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const breakAll = (): void => {
    for (const socket of sockets) socket.resetAndDestroy();
  };
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    lead: (next) => {
      target = new URL(next);
    },
    cut: () => {
      whole = false;
      breakAll();
    },
    mend: () => {
      whole = true;
    },
    close: () => {
      breakAll();
      server.close();
    },
  };
}
