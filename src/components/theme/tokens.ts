/** Light or dark. */
export type Scheme = 'light' | 'dark';

/** Every colour that the components draw with. */
export interface ColorTokens {
  readonly surface: string;
  readonly surfaceSunken: string;
  readonly surfaceRaised: string;
  readonly fill: string;
  readonly fillHover: string;
  readonly fillPressed: string;
  readonly line: string;
  readonly lineStrong: string;
  readonly text: string;
  readonly textMuted: string;
  readonly accent: string;
  readonly accentHover: string;
  readonly accentPressed: string;
  readonly onAccent: string;
  readonly onAccentMuted: string;
  readonly accentSoft: string;
  readonly accentSoftHover: string;
  readonly accentText: string;
  readonly focusRing: string;
  readonly verified: string;
  readonly verifiedSoft: string;
  readonly warning: string;
  readonly warningSoft: string;
  readonly danger: string;
  readonly dangerSoft: string;
  readonly dangerSolid: string;
  readonly onDanger: string;
}

/** What is the same in light and dark. */
export interface ScaleTokens {
  /** A CSS font list, or `inherit` for the page's own. */
  readonly font: string;
  readonly fontMono: string;
  /** Text scale: 1 is 15 px for messages. */
  readonly size: number;
  /** 0.875 compact, 1 cosy, 1.125 roomy. */
  readonly density: number;
  /** 0 square, 0.5 small, 1 default, 1.25 soft. */
  readonly roundness: number;
}

/** A whole theme: its scheme, its colours, its scales. */
export interface Theme extends ScaleTokens {
  readonly scheme: Scheme;
  readonly colors: ColorTokens;
}

/** What a host may change; the rest follows from it. */
export interface ThemeOptions extends Partial<ScaleTokens> {
  /** `#rrggbb`; all colours are derived from it, with WCAG AA contrast. */
  readonly accent?: string;
  /** Single colours on top of the derived ones; their contrast is then yours to keep. */
  readonly colors?: Partial<ColorTokens>;
}

/** The scales of every theme that does not change them. */
export const DEFAULT_SCALE: ScaleTokens = {
  font: 'ui-sans-serif, system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans", sans-serif, "Apple Color Emoji", "Segoe UI Emoji", "Noto Color Emoji"',
  fontMono: 'ui-monospace, "SF Mono", "Cascadia Mono", "Roboto Mono", Menlo, Consolas, monospace',
  size: 1,
  density: 1,
  roundness: 1,
};
