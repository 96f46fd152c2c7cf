/** OpenPGP.js as the environment has put it into the page. */
module.exports = globalThis[Symbol.for('push-chat-kit.openpgp')];
