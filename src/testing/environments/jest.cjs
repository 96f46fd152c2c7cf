const { readFileSync } = require('node:fs');
const { join } = require('node:path');
const { Script } = require('node:vm');
const { TestEnvironment } = require('jest-environment-jsdom');
const { nodesOwn } = require('./nodesOwn.cjs');

/** OpenPGP.js for script tags: Jest's own loader can load none of its other files beside a page. */
const openpgp = new Script(
  `(() => { ${readFileSync(join(require.resolve('openpgp'), '../../openpgp.min.js'), 'utf8')}; return openpgp; })()`,
  { filename: 'openpgp.min.js' },
);

/** For Jest: jsdom, with what chat cryptography and the node in memory need taken from Node.js. */
module.exports = class PushChatEnvironment extends TestEnvironment {
  /** Leads `#openpgp` to `openpgp.cjs` beside this file. */
  exportConditions() {
    return ['push-chat-kit-jest', ...super.exportConditions()];
  }

  async setup() {
    await super.setup();
    for (const [name, own] of nodesOwn) Object.defineProperty(this.global, name, own);
    this.global[Symbol.for('push-chat-kit.openpgp')] = openpgp.runInContext(this.getVmContext());
  }
};
