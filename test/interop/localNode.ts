import { startPushNode } from '../../src/node/httpServer.ts';

/** The official client can speak to no other local port. */
const PORT = 4000;
const RETRY_MS = 250;
const GIVE_UP_MS = 120_000;

/** Our node, empty, where the official client looks for it. Waits while another test file has the port. */
export async function startLocalNode(): Promise<{ readonly close: () => Promise<void> | void }> {
  const deadline = Date.now() + GIVE_UP_MS;
  for (;;) {
    try {
      return await startPushNode({ port: PORT, memory: true });
    } catch (error) {
      if (!isPortTaken(error) || Date.now() > deadline) throw error;
      await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
    }
  }
}

function isPortTaken(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return ('code' in error && error.code === 'EADDRINUSE') || isPortTaken(error.cause);
}
