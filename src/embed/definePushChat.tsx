import { createRoot, type Root } from 'react-dom/client';
import type { ChatLauncherHandle } from '../components/ChatLauncher/launcherHandle.ts';
import type { Signer } from '../client/signerAddress.ts';
import { EmbedRoot, type EmbedEvents } from './EmbedRoot.tsx';
import { ATTRIBUTES, readAttributes, type EmbedSettings } from './embedSettings.ts';

/** `<push-chat>`: a chat for pages without React. Its events are `open`, `close`, `unread`, `session` and `failed`. */
export interface PushChatElement extends HTMLElement {
  /** The account's wallet; undefined while none is connected. */
  signer: Signer | undefined;
  /** Sets what no attribute can say; over the attributes, and over what was set before. */
  configure(settings: EmbedSettings): void;
  /** Opens the launcher's window. */
  open(): void;
  close(): void;
  toggle(): void;
  /** Opens the chat with an account. */
  show(peer: string): void;
  /** Writes a draft for the user to send or change. Never sends. */
  prefill(text: string, peer?: string): void;
}

export interface DefineOptions {
  /** Of the element. @default 'push-chat' */
  readonly name?: `${string}-${string}` | undefined;
  /** For every element, under its attributes. */
  readonly settings?: EmbedSettings | undefined;
}

/**
 * Makes `<push-chat>` known to the page. It draws into a shadow root: no style of the page reaches it, and none of it the
 * page. A name that is taken already keeps its first meaning, so that two copies of this library do not clash (give the
 * second another `name`).
 * @returns whether the name was free
 * @example definePushChat(); document.querySelector('push-chat').signer = window.ethereum;
 */
export function definePushChat({ name = 'push-chat', settings = {} }: DefineOptions = {}): boolean {
  if (customElements.get(name)) return false;
  customElements.define(name, elementClass(settings));
  return true;
}

/** A class only where there are elements: importing this file does nothing in Node.js. */
function elementClass(shared: EmbedSettings): CustomElementConstructor {
  return class extends HTMLElement implements PushChatElement {
    static readonly observedAttributes = ATTRIBUTES;
    #settings: EmbedSettings = {};
    #root: Root | undefined;
    #launcher: ChatLauncherHandle | null = null;
    /** What was asked of the launcher before it was drawn. */
    #asked: ((launcher: ChatLauncherHandle) => void)[] = [];

    get signer(): Signer | undefined {
      return this.#settings.signer;
    }
    set signer(signer: Signer | undefined) {
      this.configure({ signer });
    }

    configure(settings: EmbedSettings): void {
      this.#settings = { ...this.#settings, ...settings };
      if (this.#root) this.#draw();
    }

    connectedCallback(): void {
      this.#takeEarly();
      this.#root ??= createRoot(this.#inside());
      this.#draw();
    }
    disconnectedCallback(): void {
      // An element that is moved is gone for a moment.
      queueMicrotask(() => {
        if (this.isConnected) return;
        this.#root?.unmount();
        this.#root = undefined;
      });
    }
    attributeChangedCallback(): void {
      if (this.#root) this.#draw();
    }

    open(): void {
      this.#ask((launcher) => launcher.open());
    }
    close(): void {
      this.#ask((launcher) => launcher.close());
    }
    toggle(): void {
      this.#ask((launcher) => launcher.toggle());
    }
    show(peer: string): void {
      if (this.#view() === 'launcher') this.#ask((launcher) => launcher.show(peer));
      else this.configure({ peer });
    }
    prefill(text: string, peer?: string): void {
      this.#ask((launcher) => launcher.prefill(text, peer));
    }

    #ask(act: (launcher: ChatLauncherHandle) => void): void {
      if (this.#launcher) act(this.#launcher);
      else if (this.#view() === 'launcher') this.#asked.push(act);
    }

    #merged(): EmbedSettings {
      const said = readAttributes((name) => this.getAttribute(name));
      const theme = { ...shared.theme, ...said.theme, ...this.#settings.theme };
      // Browsers hide what the attribute says, and keep it as a property.
      const nonce = this.nonce === '' ? undefined : this.nonce;
      return { nonce, ...shared, ...said, ...this.#settings, theme };
    }
    #view(): EmbedSettings['view'] {
      return this.#merged().view ?? 'launcher';
    }

    /** What a page set on the element before it was known: those are its own properties, which hide ours. */
    #takeEarly(): void {
      const early = Object.getOwnPropertyDescriptor(this, 'signer')?.value as Signer | undefined;
      if (!early) return;
      delete (this as { signer?: Signer }).signer;
      this.configure({ signer: early });
    }

    #inside(): HTMLElement {
      const shadow = this.shadowRoot ?? this.attachShadow({ mode: 'open' });
      const inside = this.ownerDocument.createElement('div');
      inside.style.setProperty('height', '100%');
      shadow.replaceChildren(inside);
      return inside;
    }

    readonly #tell = <Name extends keyof EmbedEvents>(name: Name, detail: EmbedEvents[Name]): void => {
      this.dispatchEvent(new CustomEvent(name, { detail }));
    };
    readonly #hold = (launcher: ChatLauncherHandle | null): void => {
      this.#launcher = launcher;
      if (!launcher) return;
      for (const act of this.#asked.splice(0)) act(launcher);
    };

    #draw(): void {
      if (!this.shadowRoot) return;
      this.#root?.render(
        <EmbedRoot settings={this.#merged()} styleTarget={this.shadowRoot} launcher={this.#hold} tell={this.#tell} />,
      );
    }
  };
}
