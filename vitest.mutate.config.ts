import { defineConfig } from 'vitest/config';

/** What is quick enough to run for every mutant. */
export default defineConfig({
  test: {
    include: ['test/{protocol,crypto}/**/*.test.ts', 'test/client/{reduce*,timeline*}.test.ts'],
    testTimeout: 30_000,
    hookTimeout: 30_000,
  },
});
