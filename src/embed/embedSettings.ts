import type { ChatLauncherProps } from '../components/ChatLauncher/ChatLauncher.tsx';
import type { Corner } from '../components/ChatLauncher/useCorner.ts';
import type { Names } from '../components/people/NamesProvider.tsx';
import type { Locale } from '../components/text/locale.ts';
import type { Scheme, ThemeOptions } from '../components/theme/tokens.ts';
import type { PushChatProviderProps } from '../hooks/PushChatProvider.tsx';

/** What stands in the page: a button that opens the chat, all chats, one chat, or the requests of strangers. */
export type EmbedView = 'launcher' | 'inbox' | 'window' | 'requests';

/** Everything a page may say of an embedded chat; what is left out stays as it is in the components. */
export interface EmbedSettings extends Omit<PushChatProviderProps, 'children'>, Pick<ChatLauncherProps, 'support'> {
  /** @default 'launcher' */
  readonly view?: EmbedView | undefined;
  /** Any spelling of an account: whose chat is shown. */
  readonly peer?: string | undefined;
  /** @default 'system' */
  readonly mode?: Scheme | 'system' | undefined;
  readonly theme?: ThemeOptions | undefined;
  /** What the launcher's window is called. */
  readonly label?: string | undefined;
  /** Stands beside the launcher until it is opened. */
  readonly greeting?: string | undefined;
  readonly corner?: Corner | undefined;
  readonly locale?: Locale | undefined;
  readonly texts?: Locale['texts'] | undefined;
  readonly names?: Names | undefined;
  /** The `style-src` nonce of the page's content security policy. */
  readonly nonce?: string | undefined;
}

/** What `<push-chat>` reads of its markup. */
export const ATTRIBUTES = [
  'accent',
  'corner',
  'env',
  'greeting',
  'keep-unlocked',
  'label',
  'mode',
  'node',
  'peer',
  'view',
] as const;

const CHOICES: Readonly<Record<string, readonly string[]>> = {
  corner: ['bottom-end', 'bottom-start', 'top-end', 'top-start'],
  env: ['prod', 'staging', 'dev', 'local'],
  'keep-unlocked': ['memory', 'session', 'device', 'ask'],
  mode: ['light', 'dark', 'system'],
  view: ['launcher', 'inbox', 'window', 'requests'],
};

/** The settings that an element's attributes say; a value that is none of the choices says nothing. */
export function readAttributes(attribute: (name: string) => string | null): EmbedSettings {
  const said: Record<string, unknown> = {};
  for (const name of ATTRIBUTES) {
    const value = attribute(name);
    if (value === null || value === '' || CHOICES[name]?.includes(value) === false) continue;
    if (name === 'accent') said['theme'] = { accent: value };
    else said[name === 'keep-unlocked' ? 'keepUnlocked' : name] = value;
  }
  return said;
}
