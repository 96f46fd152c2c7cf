import { useContext } from 'react';
import { ThemeContext } from 'styled-components';
import type { Scheme, ThemeOptions } from './tokens.ts';

/** What a host's own styled-components `ThemeProvider` says of chat: `theme={{ …, pushChat: { accent: '#0b7a5c' } }}`. */
export interface HostTheme extends ThemeOptions {
  /** Light, dark, or as the user's system is. */
  readonly mode?: Scheme | 'system';
}

export const useHostTheme = (): HostTheme | undefined =>
  (useContext(ThemeContext) as { readonly pushChat?: HostTheme } | undefined)?.pushChat;

/** One over the other, single colours too. */
export function mergeThemes(
  under: HostTheme | undefined,
  over: ThemeOptions | undefined,
): { readonly mode?: Scheme | 'system'; readonly theme: ThemeOptions | undefined } {
  if (!under) return { theme: over };
  const { mode, ...theme } = under;
  const colors = { ...theme.colors, ...over?.colors };
  return { ...(mode && { mode }), theme: { ...theme, ...over, colors } };
}
