import { createTheme, cssVariables, type Scheme, type ThemeOptions } from '../../src/exports/theme.ts';

/** A theme as a file of a host's project. */
export function themeSource(theme: ThemeOptions): string {
  return `import type { ThemeOptions } from 'push-chat-kit';

/** <ChatInbox theme={theme} />, or once around all of them: <ThemeRoot theme={theme}>…</ThemeRoot> */
export const theme: ThemeOptions = ${literal(theme)};
`;
}

/** The same as a style sheet, for pages that theme without JavaScript. */
export function themeCss(theme: ThemeOptions): string {
  return `${rule("[data-pc-mode='light'],\n[data-pc-mode='system']", 'light', theme)}

${rule("[data-pc-mode='dark']", 'dark', theme)}

@media (prefers-color-scheme: dark) {
${indent(rule("[data-pc-mode='system']", 'dark', theme))}
}
`;
}

function rule(selector: string, scheme: Scheme, theme: ThemeOptions): string {
  const variables = Object.entries(cssVariables(createTheme(scheme, theme)));
  const lines = [`color-scheme: ${scheme};`, ...variables.map(([name, value]) => `${name}: ${value};`)];
  return `${selector} {\n${indent(lines.join('\n'))}\n}`;
}

const indent = (text: string): string => text.replace(/^/gm, '  ');

/** An object as Prettier writes it. */
function literal(value: object, depth = 0): string {
  const margin = '  '.repeat(depth + 1);
  const lines = Object.entries(value).map(([name, each]) => `${margin}${name}: ${written(each, depth)},\n`);
  return lines.length === 0 ? '{}' : `{\n${lines.join('')}${'  '.repeat(depth)}}`;
}

function written(value: unknown, depth: number): string {
  if (typeof value === 'object' && value !== null) return literal(value, depth + 1);
  if (typeof value !== 'string') return String(value);
  return `'${value.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}
