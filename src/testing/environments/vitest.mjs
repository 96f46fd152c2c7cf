import { createRequire } from 'node:module';
import { builtinEnvironments } from 'vitest/runtime';

// Vitest would take a file that it imports for an ES module.
const { nodesOwn } = createRequire(import.meta.url)('./nodesOwn.cjs');

/** For Vitest: jsdom, with what chat cryptography and the node in memory need taken from Node.js. */
export default {
  ...builtinEnvironments.jsdom,
  name: 'push-chat-kit',
  async setup(global, options) {
    const started = await builtinEnvironments.jsdom.setup(global, options);
    for (const [name, own] of nodesOwn) Object.defineProperty(global, name, own);
    return started;
  },
};
