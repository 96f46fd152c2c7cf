import { contrast, formatOklch, mix, parseOklch } from './oklch.ts';
import type { ColorTokens, Scheme } from './tokens.ts';

/** A colour of the given hue whose lightness moves from `from` by `step` until it reads at `ratio` on every ground. */
function reach(from: number, step: number, c: number, h: number, grounds: readonly string[], ratio: number): string {
  let lightness = from;
  let hex = formatOklch(lightness, c, h);
  while (grounds.some((ground) => contrast(hex, ground) < ratio) && lightness > 0.02 && lightness < 0.99) {
    lightness += step;
    hex = formatOklch(lightness, c, h);
  }
  return hex;
}

/** Status hues are fixed: they must mean the same in every theme. */
const VERIFIED = { hue: 163, chroma: 0.115 };
const WARNING = { hue: 70, chroma: 0.12 };
const DANGER = { hue: 25, chroma: 0.17 };

/** One accent (`#rrggbb`) in, every colour out; AA contrast (4.5, with a margin) is reached by construction. */
export function deriveColors(accent: string, scheme: Scheme): ColorTokens {
  const neutrals = deriveNeutrals(accent, scheme);
  const { surface, surfaceSunken, surfaceRaised, fill } = neutrals;
  const grounds = [surface, surfaceSunken, surfaceRaised, fill];
  return { ...neutrals, ...deriveAccent(accent, scheme, grounds), ...deriveStatus(scheme, grounds) };
}

/** Neutrals carry a breath of the accent. */
function deriveNeutrals(accent: string, scheme: Scheme) {
  const { c, h } = parseOklch(accent);
  const light = scheme === 'light';
  const tint = isGrey(c) ? 0.003 : light ? 0.006 : 0.01;
  const at = (lightness: number, strength = 1): string => formatOklch(lightness, tint * strength, h);
  const base = light
    ? {
        surface: '#ffffff',
        surfaceSunken: at(0.976),
        surfaceRaised: '#ffffff',
        fill: at(0.957),
        fillHover: at(0.935),
        fillPressed: at(0.912),
        line: at(0.918),
        lineStrong: at(0.635, 2),
        text: at(0.235, 2),
      }
    : {
        surface: at(0.198),
        surfaceSunken: at(0.166),
        surfaceRaised: at(0.247),
        fill: at(0.278),
        fillHover: at(0.315),
        fillPressed: at(0.35),
        line: at(0.295),
        lineStrong: at(0.57, 1.4),
        text: at(0.955, 0.5),
      };
  const grounds = [base.surface, base.surfaceSunken, base.surfaceRaised, base.fill, base.fillHover];
  const textMuted = light
    ? reach(0.52, -0.005, tint * 2.5, h, grounds, 4.6)
    : reach(0.7, 0.005, tint * 1.5, h, grounds, 4.6);
  return { ...base, textMuted };
}

/** Bright accents keep their lightness and take ink; the others are darkened until white reads on them. */
function deriveAccent(hex: string, scheme: Scheme, grounds: readonly string[]) {
  const { l, c, h } = parseOklch(hex);
  const light = scheme === 'light';
  const grey = isGrey(c);
  const bright = l >= 0.76;
  // A dark grey accent turns to paper in the dark.
  const flips = grey && !light && l < 0.5;
  const inked = flips || bright;
  const start = flips ? 1.17 - l : bright || light ? l : Math.max(l, 0.46);
  const onAccent = inked ? formatOklch(0.2, grey && !light ? 0.003 : 0.02, h) : '#ffffff';
  const accent = flips ? formatOklch(start, c, h) : reach(start, inked ? 0.005 : -0.005, c, h, [onAccent], 5.2);
  const { l: solid } = parseOklch(accent);
  const away = inked ? 1 : -1;
  const accentSoft = light
    ? formatOklch(0.957, Math.min(c, 0.2) * 0.14, h)
    : formatOklch(0.292, Math.min(c, 0.2) * 0.34, h);
  const accentSoftHover = light
    ? formatOklch(0.932, Math.min(c, 0.2) * 0.2, h)
    : formatOklch(0.335, Math.min(c, 0.2) * 0.38, h);
  const textGrounds = [...grounds, accentSoft, accentSoftHover];
  const accentText = light
    ? reach(Math.min(l, 0.56), -0.005, c, h, textGrounds, 4.6)
    : reach(grey ? 0.9 : Math.max(Math.min(l, 0.74), 0.7), 0.005, Math.min(c, 0.14), h, textGrounds, 4.6);
  return {
    accent,
    accentHover: formatOklch(solid + away * 0.035, c, h),
    accentPressed: formatOklch(solid + away * 0.07, c, h),
    onAccent,
    onAccentMuted: mutedOn(accent, onAccent),
    accentSoft,
    accentSoftHover,
    accentText,
    focusRing: accentText,
  };
}

function mutedOn(accent: string, onAccent: string): string {
  let share = 0.8;
  while (share < 1 && contrast(mix(onAccent, accent, share), accent) < 4.6) share += 0.01;
  return mix(onAccent, accent, Math.min(share, 1));
}

function deriveStatus(scheme: Scheme, grounds: readonly string[]) {
  const light = scheme === 'light';
  const soft = (lightChroma: number, darkChroma: number, hue: number): string =>
    light ? formatOklch(0.965, lightChroma, hue) : formatOklch(0.285, darkChroma, hue);
  const strong = ({ hue, chroma }: typeof VERIFIED, ground: string): string =>
    reach(light ? 0.56 : 0.76, light ? -0.005 : 0.005, chroma, hue, [...grounds, ground], 4.6);
  const verifiedSoft = soft(0.022, 0.036, VERIFIED.hue);
  const warningSoft = soft(0.032, 0.036, WARNING.hue);
  const dangerSoft = soft(0.022, 0.05, DANGER.hue);
  return {
    verified: strong(VERIFIED, verifiedSoft),
    verifiedSoft,
    warning: strong(WARNING, warningSoft),
    warningSoft,
    danger: strong(DANGER, dangerSoft),
    dangerSoft,
    dangerSolid: reach(0.56, -0.005, 0.185, DANGER.hue, ['#ffffff'], 5),
    onDanger: '#ffffff',
  };
}

const isGrey = (chroma: number): boolean => chroma < 0.03;
