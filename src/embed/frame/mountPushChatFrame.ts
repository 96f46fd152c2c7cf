import type { Signer } from '../../client/signerAddress.ts';
import { adaptSigner, type WalletSigner } from '../../client/signer.ts';
import type { Session } from '../../client/state.ts';
import { asPushChatError, PushChatError } from '../../errors.ts';
import {
  isReady,
  readWalletRequest,
  type FrameConnect,
  type FrameAct,
  type FrameLook,
  type FrameMessage,
  type HostMessage,
  type Refuser,
  type WalletRequest,
} from './frameMessages.ts';

export interface FrameOptions extends FrameLook {
  /** Address of the page that serves the chat (`servePushChatFrame`), on another origin than this page's. */
  readonly src: string;
  /** Where the frame stands; a launcher stands in a corner of the page. @default the page's body */
  readonly container?: HTMLElement | undefined;
  readonly signer?: Signer | undefined;
  /**
   * May refuse what the frame asks of the wallet: with false, or by rejecting. Asked after this library has refused all
   * texts but those that Push Chat signs.
   * @default every such text is passed to the wallet
   */
  readonly onWalletRequest?: ((request: WalletRequest) => boolean | Promise<boolean>) | undefined;
  readonly onOpenChange?: ((open: boolean) => void) | undefined;
  readonly onUnread?: ((chats: number) => void) | undefined;
  readonly onSession?: ((status: Session['status']) => void) | undefined;
}

/** A chat in a frame, for its host page. */
export interface PushChatFrame {
  readonly element: HTMLIFrameElement;
  readonly setSigner: (signer: Signer | undefined) => void;
  readonly setLook: (look: FrameLook) => void;
  readonly open: () => void;
  readonly close: () => void;
  readonly toggle: () => void;
  readonly show: (peer: string) => void;
  readonly prefill: (text: string, peer?: string) => void;
  /** Takes the frame away. */
  readonly destroy: () => void;
}

/** Its own origin, so that it keeps its own storage; no pop-ups over the page, no way to lead the page elsewhere. */
const SANDBOX =
  'allow-scripts allow-same-origin allow-forms allow-popups allow-popups-to-escape-sandbox allow-downloads';

/**
 * Puts a chat into the page that runs on an origin of its own: no script of this page reaches its keys, and none of it
 * this page. The two talk by a port that is handed to exactly that origin. The wallet stays here, and is asked for nothing
 * but Push Chat's own texts.
 * @throws {PushChatError} `InvalidConfig` for an address that is none or of this very origin, `WalletUnsupported`
 * @example const chat = mountPushChatFrame({ src: 'https://chat.example.org/', signer: window.ethereum });
 */
export function mountPushChatFrame(options: FrameOptions): PushChatFrame {
  const { src, container = document.body, onWalletRequest = () => true, onOpenChange, onUnread, onSession } = options;
  const origin = foreignOrigin(src);
  let look = lookOf(options);
  let wallet = options.signer && adaptSigner(options.signer);
  let port: MessagePort | undefined;
  const waiting: HostMessage[] = [];

  const frame = document.createElement('iframe');
  frame.title = look.label ?? 'Chat';
  frame.setAttribute('sandbox', SANDBOX);
  frame.allow = 'clipboard-write; microphone';
  frame.src = src;
  place(frame, look, false);

  const say = (message: HostMessage): void => {
    if (port) port.postMessage(message);
    else waiting.push(message);
  };
  const act = (done: FrameAct): void => say({ type: 'do', act: done });
  const sayAccount = async (): Promise<void> => {
    const asked = wallet;
    const address = await addressOf(asked);
    if (asked === wallet) say({ type: 'account', address });
  };

  const sign = async (id: number, asked: unknown): Promise<void> => {
    try {
      say({ type: 'answer', id, signature: await signAsked(wallet, asked, onWalletRequest) });
    } catch (error) {
      say({ type: 'refusal', id, by: refuserOf(error) });
    }
  };
  const hear = ({ data }: MessageEvent<FrameMessage>): void => {
    if (data.type === 'sign') void sign(data.id, data.request);
    else if (data.type === 'unread') onUnread?.(data.value);
    else if (data.type === 'session') onSession?.(data.value);
    else {
      place(frame, look, data.type === 'open');
      onOpenChange?.(data.type === 'open');
    }
  };
  const connect = async ({ origin: from, source, data }: MessageEvent<unknown>): Promise<void> => {
    if (from !== origin || source !== frame.contentWindow || !isReady(data)) return;
    // A frame that is loaded again is connected again.
    port?.close();
    const channel = new MessageChannel();
    port = channel.port1;
    port.onmessage = hear;
    const hello: FrameConnect = { pushChat: 'connect', look, address: await addressOf(wallet) };
    frame.contentWindow?.postMessage(hello, origin, [channel.port2]);
    for (const message of waiting.splice(0)) port.postMessage(message);
  };
  const onMessage = (event: MessageEvent<unknown>): void => void connect(event);
  window.addEventListener('message', onMessage);
  container.append(frame);

  return {
    element: frame,
    setSigner: (signer) => {
      wallet = signer && adaptSigner(signer);
      void sayAccount();
    },
    setLook: (next) => {
      look = { ...look, ...lookOf(next) };
      say({ type: 'look', look });
    },
    open: () => act({ name: 'open' }),
    close: () => act({ name: 'close' }),
    toggle: () => act({ name: 'toggle' }),
    show: (peer) => act({ name: 'show', peer }),
    prefill: (text, peer) => act({ name: 'prefill', text, ...(peer !== undefined && { peer }) }),
    destroy: () => {
      window.removeEventListener('message', onMessage);
      port?.close();
      frame.remove();
    },
  };
}

function foreignOrigin(src: string): string {
  const url = URL.canParse(src, location.href) ? new URL(src, location.href) : undefined;
  if (url && url.origin !== 'null' && url.origin !== location.origin) return url.origin;
  throw new PushChatError(
    'InvalidConfig',
    'A chat in a frame needs an address on another origin: on this page’s own, the frame would guard nothing.',
  );
}

/** Only what can be sent to another window. */
function lookOf({ view, peer, mode, theme, label, greeting, corner, locale, texts }: FrameLook): FrameLook {
  const look = { view, peer, mode, theme, label, greeting, corner, locale, texts };
  return Object.fromEntries(Object.entries(look).filter(([, value]) => value !== undefined));
}

async function addressOf(wallet: WalletSigner | undefined): Promise<string | null> {
  try {
    return (await wallet?.getAddress()) ?? null;
  } catch {
    return null;
  }
}

async function signAsked(
  wallet: WalletSigner | undefined,
  asked: unknown,
  allows: (request: WalletRequest) => boolean | Promise<boolean>,
): Promise<string> {
  const request = readWalletRequest(asked);
  if (!wallet || !request || !(await isAllowed(request, allows))) {
    throw new PushChatError('HostRefused', 'This page did not let its chat ask the wallet.');
  }
  if (request.kind === 'message') return wallet.signMessage(request.text);
  if (!wallet.signTypedData) throw new PushChatError('WalletUnsupported', 'This wallet signs no typed data.');
  return wallet.signTypedData({ ...request.domain }, request.text);
}

/** A host may refuse by rejecting, too. */
async function isAllowed(
  request: WalletRequest,
  allows: (request: WalletRequest) => boolean | Promise<boolean>,
): Promise<boolean> {
  try {
    return await allows(request);
  } catch {
    return false;
  }
}

function refuserOf(error: unknown): Refuser {
  const { code } = asPushChatError(error);
  if (code === 'HostRefused') return 'host';
  return code === 'WalletRejected' ? 'user' : 'wallet';
}

/** A launcher's frame is as large as what it shows, so that the page beside it can be used. */
function place(
  frame: HTMLIFrameElement,
  { view = 'launcher', corner = 'bottom-end', greeting }: FrameLook,
  open: boolean,
): void {
  const set = (name: string, value: string): void => frame.style.setProperty(name, value);
  set('border', '0');
  set('color-scheme', 'normal');
  if (view !== 'launcher') {
    set('width', '100%');
    set('height', '100%');
    return;
  }
  const [block = 'bottom', inline = 'end'] = corner.split('-');
  set('position', 'fixed');
  set('z-index', '1000');
  set(`inset-block-${block === 'top' ? 'start' : 'end'}`, '0');
  set(`inset-inline-${inline}`, '0');
  const closed = greeting === undefined ? ['96px', '96px'] : ['340px', '200px'];
  const [width = '', height = ''] = open ? ['min(484px, 100vw)', 'min(760px, 100dvh)'] : closed;
  set('width', width);
  set('height', height);
}
