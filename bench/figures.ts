/** Milliseconds below which a share of all measured ones are. */
function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;
}

export const summary = (values: readonly number[]): { p50: number; p95: number; p99: number } => ({
  p50: round(percentile(values, 0.5)),
  p95: round(percentile(values, 0.95)),
  p99: round(percentile(values, 0.99)),
});

export const round = (value: number): number => Math.round(value * 10) / 10;

export const inWords = (figures: Record<string, unknown>): string =>
  Object.entries(figures)
    .map(([name, value]) => `${name.padEnd(28)} ${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join('\n');

export const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
