/** A colour in OKLCH: lightness 0–1, chroma, hue in degrees. */
export interface Oklch {
  readonly l: number;
  readonly c: number;
  readonly h: number;
}

type Rgb = readonly [red: number, green: number, blue: number];

const clamp = (x: number): number => Math.min(1, Math.max(0, x));
const toLinear = (v: number): number => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
const toGamma = (v: number): number => (v <= 0.0031308 ? 12.92 * v : 1.055 * v ** (1 / 2.4) - 0.055);
const channel = (hex: string, at: number): number => Number.parseInt(hex.slice(at, at + 2), 16) / 255;
const parse = (hex: string): Rgb => [channel(hex, 1), channel(hex, 3), channel(hex, 5)];
const byte = (v: number): string =>
  Math.round(clamp(v) * 255)
    .toString(16)
    .padStart(2, '0');
const format = ([r, g, b]: Rgb): string => `#${byte(r)}${byte(g)}${byte(b)}`;
const linear = (hex: string): Rgb => {
  const [r, g, b] = parse(hex);
  return [toLinear(r), toLinear(g), toLinear(b)];
};

/** Reads `#rrggbb`; matrices from Björn Ottosson's definition of OKLab. */
export function parseOklch(hex: string): Oklch {
  const [r, g, b] = linear(hex);
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  const lightness = 0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s;
  const x = 1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s;
  const y = 0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s;
  return { l: lightness, c: Math.hypot(x, y), h: ((Math.atan2(y, x) * 180) / Math.PI + 360) % 360 };
}

function toRgb({ l: lightness, c, h }: Oklch): Rgb {
  const x = c * Math.cos((h * Math.PI) / 180);
  const y = c * Math.sin((h * Math.PI) / 180);
  const l = (lightness + 0.3963377774 * x + 0.2158037573 * y) ** 3;
  const m = (lightness - 0.1055613458 * x - 0.0638541728 * y) ** 3;
  const s = (lightness - 0.0894841775 * x - 1.291485548 * y) ** 3;
  return [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ];
}

const fits = (rgb: Rgb): boolean => rgb.every((v) => v >= -0.0005 && v <= 1.0005);

/** Writes `#rrggbb`; chroma is reduced until the colour fits sRGB, lightness and hue are kept. */
export function formatOklch(l: number, c: number, h: number): string {
  let chroma = c;
  while (chroma > 0 && !fits(toRgb({ l, c: chroma, h }))) chroma -= 0.002;
  const [r, g, b] = toRgb({ l, c: Math.max(chroma, 0), h });
  return format([toGamma(clamp(r)), toGamma(clamp(g)), toGamma(clamp(b))]);
}

function luminance(hex: string): number {
  const [r, g, b] = linear(hex);
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** The contrast ratio of WCAG 2: from 1 to 21. */
export function contrast(a: string, b: string): number {
  const [x, y] = [luminance(a), luminance(b)];
  return (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05);
}

/** `share` of the first colour, the rest of the second. */
export function mix(a: string, b: string, share: number): string {
  const [r1, g1, b1] = parse(a);
  const [r2, g2, b2] = parse(b);
  const at = (x: number, y: number): number => x * share + y * (1 - share);
  return format([at(r1, r2), at(g1, g2), at(b1, b2)]);
}
