import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  test: {
    name: 'interop',
    include: ['*.test.ts'],
    globalSetup: ['./installOfficial.ts'],
    // Every file has its own node, and the official client can only speak to port 4000.
    fileParallelism: false,
  },
});
