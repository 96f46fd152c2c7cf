const UNITS = ['kilobyte', 'megabyte'] as const;

/** A size as people read it: 212 kB. */
export function formatBytes(bytes: number): string {
  const [unit, value] = bytes < 1_000_000 ? [UNITS[0], bytes / 1_000] : [UNITS[1], bytes / 1_000_000];
  const maximumFractionDigits = value < 10 ? 1 : 0;
  return new Intl.NumberFormat(undefined, { style: 'unit', unit, maximumFractionDigits }).format(value);
}
