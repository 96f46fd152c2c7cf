import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: { environment: fileURLToPath(import.meta.resolve('push-chat-kit/testing/vitest')), testTimeout: 30_000 },
});
