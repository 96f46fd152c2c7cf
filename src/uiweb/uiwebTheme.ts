import type { Scheme, ThemeOptions } from '../components/theme/tokens.ts';

type Group = Readonly<Record<string, unknown>>;

/** The theme object of `@pushprotocol/uiweb`, as far as its shape matters: groups of tokens by CSS property. */
export interface UiwebTheme {
  readonly backgroundColor?: Group | undefined;
  readonly borderRadius?: Group | undefined;
  readonly fontSize?: Group | undefined;
  readonly fontFamily?: string | undefined;
  readonly textColor?: Group | undefined;
  readonly [group: string]: unknown;
}

export interface ConvertedTheme {
  /** For `theme` of `ThemeRoot` or any component. */
  readonly theme: ThemeOptions;
  /** For `mode`. */
  readonly mode: Scheme;
  /** Tokens that say something which this library derives or does not have, as `group.token`. */
  readonly left: readonly string[];
}

const ACCENTS = [
  'backgroundColor.chatSentBubbleBackground',
  'backgroundColor.buttonBackground',
  'iconColor.primaryColor',
  'spinnerColor',
];
const GROUNDS = [
  'backgroundColor.chatPreviewBackground',
  'backgroundColor.userProfileBackground',
  'backgroundColor.chatProfileBackground',
  'backgroundColor.messageInputBackground',
];
const RADIUS = 'borderRadius.chatBubbleBorderRadius';
const SIZE = 'fontSize.chatReceivedBubbleText';
const FONT = 'fontFamily';
/** What roundness 1 and size 1 are here, in pixels. */
const OUR_RADIUS = 18;
const OUR_SIZE = 15;

/**
 * Takes over what has one meaning in both libraries: the accent, light or dark, font, text size and roundness. All other
 * colours are derived from the accent, so that they can be read (WCAG AA); what was said of them is in `left`.
 * @example const { theme, mode } = convertUiwebTheme(oldTheme); // <ChatWindow theme={theme} mode={mode} … />
 */
export function convertUiwebTheme(old: UiwebTheme): ConvertedTheme {
  const tokens = flatten(old);
  const accent = firstColor(tokens, ACCENTS);
  const ground = firstColor(tokens, GROUNDS);
  const radius = pixels(tokens.get(RADIUS));
  const size = pixels(tokens.get(SIZE));
  const font = tokens.get(FONT);
  const theme: ThemeOptions = {
    ...(accent && { accent: accent.hex }),
    ...(typeof font === 'string' && { font }),
    ...(radius !== undefined && { roundness: rounded(Math.min(radius / OUR_RADIUS, 1.25)) }),
    ...(size !== undefined && { size: rounded(Math.min(Math.max(size / OUR_SIZE, 0.8), 1.4)) }),
  };
  const taken = [accent?.name, ground?.name, FONT, RADIUS, SIZE];
  const left = [...tokens.keys()].filter((name) => !taken.includes(name));
  return { theme, mode: ground && isDark(ground.hex) ? 'dark' : 'light', left };
}

function flatten(old: UiwebTheme): Map<string, unknown> {
  const tokens = new Map<string, unknown>();
  for (const [group, value] of Object.entries(old)) {
    if (typeof value !== 'object' || value === null) tokens.set(group, value);
    else for (const [token, inner] of Object.entries(value)) tokens.set(`${group}.${token}`, inner);
  }
  return tokens;
}

/** The first of them that is one colour; gradients and translucent colours are not. */
function firstColor(tokens: Map<string, unknown>, names: readonly string[]) {
  for (const name of names) {
    const hex = readColor(tokens.get(name));
    if (hex !== undefined) return { name, hex };
  }
  return undefined;
}

function readColor(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined;
  const text = value.trim().toLowerCase();
  if (/^#[0-9a-f]{6}$/.test(text)) return text;
  if (/^#[0-9a-f]{3}$/.test(text)) return text.replace(/[0-9a-f]/g, '$&$&');
  const parts = /^rgb\(\s*(\d{1,3})\s*[, ]\s*(\d{1,3})\s*[, ]\s*(\d{1,3})\s*\)$/.exec(text)?.slice(1).map(Number);
  if (!parts || parts.some((part) => part > 255)) return undefined;
  return `#${parts.map((part) => part.toString(16).padStart(2, '0')).join('')}`;
}

/** By Rec. 709 weights; exact enough to tell paper from ink. */
function isDark(hex: string): boolean {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue < 128;
}

function pixels(value: unknown): number | undefined {
  const number = typeof value === 'string' ? /^(\d+(?:\.\d+)?)px$/.exec(value.trim())?.[1] : undefined;
  return number === undefined ? undefined : Number(number);
}

const rounded = (value: number): number => Math.round(value * 1000) / 1000;

/** The old names, to spread into a theme of one's own; they hold what `convertUiwebTheme` reads. */
export const lightChatTheme: UiwebTheme = {
  backgroundColor: { chatPreviewBackground: '#fff', chatSentBubbleBackground: 'rgb(202, 89, 155)' },
  borderRadius: { chatBubbleBorderRadius: '12px' },
  fontFamily: 'inherit',
};

export const darkChatTheme: UiwebTheme = {
  ...lightChatTheme,
  backgroundColor: { ...lightChatTheme.backgroundColor, chatPreviewBackground: 'rgb(40, 42, 46)' },
};
