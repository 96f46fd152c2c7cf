/** A size as people read it: 212 kB; in the language of a BCP 47 tag, or the browser's. */
export function formatBytes(bytes: number, tag?: string): string {
  const [unit, value] =
    bytes < 1_000 ? ['byte', bytes] : bytes < 1_000_000 ? ['kilobyte', bytes / 1_000] : ['megabyte', bytes / 1_000_000];
  const maximumFractionDigits = value < 10 ? 1 : 0;
  return new Intl.NumberFormat(tag, { style: 'unit', unit, maximumFractionDigits }).format(value);
}
