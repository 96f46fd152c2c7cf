// The whole thing on this machine: a durable Push Node and the demo, in one process.
// npm start -- [--port 4000] [--demo-port 5173] [--data data]; PORT and DEMO_PORT say the same.
import './stopWithParent.mjs';
import { parseArgs } from 'node:util';
import { build, preview } from 'vite';
import { importSource } from './importSource.mjs';

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: process.env.PORT ?? '4000' },
    'demo-port': { type: 'string', default: process.env.DEMO_PORT ?? '5173' },
    data: { type: 'string', default: 'data' },
  },
});
const demo = { root: 'demo', configFile: 'demo/vite.config.ts', logLevel: 'warn' };

const running = [];
let stopping;
/** The first signal closes both, the last started first; a second one does not wait. */
function stop(signal) {
  if (stopping) process.exit(1);
  stopping = Promise.allSettled(running.reverse().map((server) => server.close())).then(() => process.exit(0));
  console.log(`${signal}: stopping.`);
}
process.on('SIGINT', stop).on('SIGTERM', stop);

await build(demo);
const { startPushNode } = await importSource('src/node/httpServer.ts');
const node = await startPushNode({ port: Number(values.port), dataDir: values.data });
running.push(node);
const server = await preview({ ...demo, preview: { port: Number(values['demo-port']), strictPort: true } });
running.push(server);

const [address] = server.resolvedUrls.local;
console.log(`Push Node  ${node.url}\nDemo       ${address}?node=${encodeURIComponent(node.url)}`);
