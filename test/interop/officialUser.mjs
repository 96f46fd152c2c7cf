/**
 * One official user in a process of its own, since the official client keeps process-wide caches of keys and secrets.
 * Takes {id, call, args} from its parent and answers {id, result} or {id, error}. Unasked it reports {event, payload}
 * of the stream and {complaint}: whatever the client writes to console.warn and console.error, because broken live
 * events and profiles with a false attestation are only reported there.
 */
import { format } from 'node:util';

for (const name of ['log', 'info', 'debug', 'trace', 'table', 'group', 'groupEnd', 'dir']) console[name] = () => {};
for (const name of ['warn', 'error']) {
  console[name] = (...words) => {
    const complaint = format(...words);
    // Said about the dummy proof with which the client itself creates a profile for an unknown receiver.
    if (!complaint.startsWith('This method is deprecated. Provide signer')) tell({ complaint });
  };
}
process.on('unhandledRejection', (reason) => tell({ complaint: format('unhandled rejection', reason) }));
process.on('disconnect', () => process.exit(0));

const { CONSTANTS, PushAPI, payloads } = await import('@pushprotocol/restapi');
const { Wallet } = await import('ethers');

const { STREAM } = CONSTANTS;
let user;
let signer;
let stream;

const calls = {
  async initialize({ privateKey, version, sessionKeys }) {
    signer = new Wallet(privateKey);
    let prompts = 0;
    const signMessage = signer.signMessage.bind(signer);
    signer.signMessage = (message) => {
      prompts += 1;
      return signMessage(message);
    };
    const alpha = sessionKeys && { alpha: { feature: [CONSTANTS.ALPHA_FEATURES.SCALABILITY_V2] } };
    user = await PushAPI.initialize(signer, { env: CONSTANTS.ENV.LOCAL, ...(version && { version }), ...alpha });
    const { pgpPublicKey } = user;
    return { account: user.account, readMode: user.readmode(), errors: user.errors, pgpPublicKey, prompts };
  },
  async stream({ notifications }) {
    const wanted = [STREAM.CHAT, STREAM.CHAT_OPS, ...(notifications ? [STREAM.NOTIF] : [])];
    stream = await user.initStream(wanted, { raw: true });
    stream.on(STREAM.NOTIF, (notification) => tell({ notification }));
    for (const name of [STREAM.CHAT, STREAM.CHAT_OPS, STREAM.DISCONNECT]) {
      stream.on(name, (payload) => tell({ event: name, payload }));
    }
    await stream.connect();
  },
  disconnect: () => stream.disconnect(),
  send: ({ to, message }) => user.chat.send(to, message),
  accept: ({ target }) => user.chat.accept(target),
  reject: ({ target }) => user.chat.reject(target),
  list: ({ type, ...page }) => user.chat.list(type, page),
  history: ({ target, ...page }) => user.chat.history(target, page),
  latest: ({ target }) => user.chat.latest(target),
  message: ({ target, reference }) => user.chat.message(target, { reference }),
  chatInfo: ({ target }) => user.chat.info(target),
  group: ({ method, args }) => {
    const [name, inside] = method.split('.');
    return inside ? user.chat.group[name][inside](...args) : user.chat.group[name](...args);
  },
  inbox: ({ box, options }) => user.notification.list(box, options),
  subscriptions: () => user.notification.subscriptions(),
  subscribe: ({ channel }) => user.notification.subscribe(channel),
  unsubscribe: ({ channel }) => user.notification.unsubscribe(channel),
  async notify({ recipients, options }) {
    const { status } = await user.channel.send(recipients, options);
    return status;
  },
  async notifyByWallet(options) {
    const { status } = await payloads.sendNotification({ ...options, senderType: 0, signer, env: CONSTANTS.ENV.LOCAL });
    return status;
  },
  channelInfo: ({ channel }) => user.channel.info(channel),
  subscribers: (options) => user.channel.subscribers(options),
  searchChannels: ({ words }) => user.channel.search(words),
  block: ({ users }) => user.chat.block(users),
  unblock: ({ users }) => user.chat.unblock(users),
  profileUpdate: (changes) => user.profile.update(changes),
  profileInfo: ({ account }) => user.profile.info({ overrideAccount: account }),
  userInfo: ({ account }) => user.info({ overrideAccount: account }),
};

process.on('message', async ({ id, call, args }) => {
  try {
    tell({ id, result: (await calls[call](args)) ?? null });
  } catch (error) {
    const { name, message, status, errorCode, details } = Object(error);
    tell({ id, error: { name, message: message ?? String(error), status, errorCode, details } });
  }
});

tell({ ready: true });

function tell(report) {
  if (process.connected) process.send(report);
}
