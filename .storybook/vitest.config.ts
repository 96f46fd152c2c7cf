import { fileURLToPath } from 'node:url';
import { storybookTest } from '@storybook/addon-vitest/vitest-plugin';
import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** Every story is a test: it renders, its `play` passes, and axe finds nothing. */
export default defineConfig({
  root: here('..'),
  plugins: [storybookTest({ configDir: here('.') })],
  optimizeDeps: {
    // Vite reloads the page, and so fails tests, when it discovers one of these late.
    include: [
      'react',
      'react-dom',
      'react-dom/client',
      'react/jsx-runtime',
      'react/jsx-dev-runtime',
      'styled-components',
      'openpgp/lightweight',
      '@floating-ui/dom',
      'ethers',
      'socket.io-client',
      'hono',
      'hono/tiny',
      'storybook/test',
      '@storybook/addon-docs',
      '@storybook/addon-docs > @storybook/react-dom-shim',
      '@storybook/addon-a11y/preview',
      'multiformats/cid',
      'multiformats/hashes/digest',
      '@ipld/dag-cbor',
      '@noble/ciphers/aes.js',
      '@noble/ciphers/salsa.js',
      '@noble/curves/ed25519.js',
      '@noble/hashes/hkdf.js',
      '@noble/hashes/legacy.js',
      '@noble/hashes/sha2.js',
      '@noble/hashes/sha3.js',
      '@noble/hashes/utils.js',
    ],
  },
  test: {
    name: 'storybook',
    browser: {
      enabled: true,
      headless: true,
      screenshotFailures: false,
      provider: playwright({
        launchOptions: {
          executablePath: '/usr/bin/chromium',
          args: [
            '--no-sandbox',
            '--use-fake-device-for-media-stream',
            '--use-fake-ui-for-media-stream',
            '--disable-gpu',
            '--disable-quic',
            '--no-first-run',
            '--disable-background-networking',
            '--disable-component-update',
            '--disable-sync',
          ],
        },
      }),
      instances: [{ browser: 'chromium' }],
    },
  },
});
