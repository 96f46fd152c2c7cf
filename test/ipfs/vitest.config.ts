import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  test: { name: 'ipfs', include: ['*.test.{mjs,ts}'], testTimeout: 60_000 },
});
