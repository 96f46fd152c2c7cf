import { PushChatError } from '../../errors.ts';
import type { Theme } from './tokens.ts';

const SHADOWS = {
  light: {
    'shadow-1': '0 1px 2px rgb(18 20 32 / 0.08), 0 0 0 0.5px rgb(18 20 32 / 0.06)',
    'shadow-2': '0 1px 2px rgb(18 20 32 / 0.06), 0 8px 24px -4px rgb(18 20 32 / 0.14), 0 0 0 1px rgb(18 20 32 / 0.05)',
  },
  dark: {
    'shadow-1': '0 1px 2px rgb(0 0 0 / 0.4), inset 0 0.5px 0 rgb(255 255 255 / 0.06)',
    'shadow-2': '0 8px 28px -4px rgb(0 0 0 / 0.55), 0 0 0 1px rgb(255 255 255 / 0.08)',
  },
} as const;

const kebab = (name: string): string => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/**
 * A theme's CSS variables, by name: `--pc-color-…`, `--pc-font`, `--pc-size`, …
 * @throws {PushChatError} `InvalidConfig` for a value that could end its declaration or load something
 */
export function cssVariables(theme: Theme): Readonly<Record<string, string>> {
  const { scheme, colors, ...scale } = theme;
  const named = [
    ...Object.entries<string>({ ...colors }).map(([name, value]) => [`color-${kebab(name)}`, value] as const),
    ...Object.entries<string | number>({ ...scale }).map(([name, value]) => [kebab(name), String(value)] as const),
    ...Object.entries<string>(SHADOWS[scheme]),
  ];
  return Object.fromEntries(named.map(([name, value]) => [`--pc-${name}`, checked(name, value)]));
}

function checked(name: string, value: string): string {
  if (!/[;{}<>\\]|url\(|image\(|image-set\(/i.test(value)) return value;
  throw new PushChatError('InvalidConfig', `The theme's ${name} is not a plain CSS value.`);
}

/** The same as declarations, for a style sheet. */
export const cssDeclarations = (theme: Theme): string =>
  `color-scheme: ${theme.scheme};${Object.entries(cssVariables(theme))
    .map(([name, value]) => `${name}:${value};`)
    .join('')}`;
