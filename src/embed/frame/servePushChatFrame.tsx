import { createRoot } from 'react-dom/client';
import type { ChatLauncherHandle } from '../../components/ChatLauncher/launcherHandle.ts';
import { PushChatError } from '../../errors.ts';
import { EmbedRoot, type TellEmbed } from '../EmbedRoot.tsx';
import type { EmbedSettings } from '../embedSettings.ts';
import { isConnect, type FrameAct, type FrameLook, type FrameMessage, type HostMessage } from './frameMessages.ts';
import { frameWallet } from './frameSigner.ts';
import { FrameRefused } from './FrameRefused.tsx';

export interface ServeFrameOptions extends Omit<EmbedSettings, keyof FrameLook | 'signer' | 'client'> {
  /** Origins of the pages that may show this chat, such as `https://dapp.example.org`. Any other page gets none. */
  readonly hosts: readonly string[];
  /** @default the whole page */
  readonly container?: HTMLElement | undefined;
}

/**
 * Makes this page the chat of a frame (`mountPushChatFrame`). Until a page of an allowed origin has connected it, there is
 * no chat and nobody is asked for anything: framed by another page, or opened by itself, it says so and stays shut. Serve
 * it with `content-security-policy: frame-ancestors` and the same origins, which keeps browsers from drawing it at all.
 * @throws {PushChatError} `InvalidConfig` for a host that is no origin
 * @example servePushChatFrame({ hosts: ['https://dapp.example.org'], node: 'https://node.example.org' });
 */
export function servePushChatFrame({ hosts, container = document.body, ...settings }: ServeFrameOptions): void {
  const allowed = new Set(hosts.map(parseHost));
  const root = createRoot(container);
  root.render(<FrameRefused framed={window.parent !== window} />);
  if (window.parent === window) return;

  let isConnected = false;
  window.addEventListener('message', ({ origin, source, data, ports: [port] }: MessageEvent<unknown>) => {
    if (isConnected || source !== window.parent || !allowed.has(origin) || !isConnect(data) || !port) return;
    isConnected = true;
    const say = (message: FrameMessage): void => port.postMessage(message);
    const wallet = frameWallet((id, request) => say({ type: 'sign', id, request }));
    let { look, address } = data;
    let launcher: ChatLauncherHandle | null = null;
    const early: FrameAct[] = [];
    let signer = address === null ? undefined : wallet.signerOf(address);

    const tell: TellEmbed = (name, value) => {
      if (name === 'open' || name === 'close') say({ type: name });
      else if (name === 'unread') say({ type: name, value: value as number });
      else if (name === 'session') say({ type: name, value: value as never });
    };
    const hold = (handle: ChatLauncherHandle | null): void => {
      launcher = handle;
      if (handle) for (const act of early.splice(0)) perform(handle, act);
    };
    const onBeforeSign: EmbedSettings['onBeforeSign'] = (prompt) => {
      wallet.announce(prompt);
      return settings.onBeforeSign?.(prompt);
    };
    const draw = (): void =>
      root.render(
        <EmbedRoot
          settings={{ ...settings, ...look, signer, onBeforeSign }}
          styleTarget={document.head}
          launcher={hold}
          tell={tell}
        />,
      );
    port.onmessage = ({ data: message }: MessageEvent<HostMessage>) => {
      if (message.type === 'answer') wallet.answer(message.id, message.signature);
      else if (message.type === 'refusal') wallet.refuse(message.id, message.by);
      else if (message.type === 'look') {
        look = message.look;
        draw();
      } else if (message.type === 'account') {
        if (message.address === address) return;
        address = message.address;
        signer = address === null ? undefined : wallet.signerOf(address);
        draw();
      } else if (launcher) perform(launcher, message.act);
      else early.push(message.act);
    };
    draw();
  });
  // Each only reaches the parent if it is of that origin.
  for (const host of allowed) window.parent.postMessage({ pushChat: 'ready' }, host);
}

function parseHost(host: string): string {
  const url = URL.canParse(host) ? new URL(host) : undefined;
  if (url && url.origin !== 'null' && host.replace(/\/$/, '') === url.origin) return url.origin;
  throw new PushChatError(
    'InvalidConfig',
    `Name hosts by their exact origin, such as https://dapp.example.org; not “${host}”.`,
  );
}

function perform(launcher: ChatLauncherHandle, act: FrameAct): void {
  if (act.name === 'show') launcher.show(act.peer);
  else if (act.name === 'prefill') launcher.prefill(act.text, act.peer);
  else launcher[act.name]();
}
