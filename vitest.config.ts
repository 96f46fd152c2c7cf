import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

const dom = {
  include: ['test/{hooks,components}/**/*.test.{ts,tsx}'],
  environment: './src/testing/environments/vitest.mjs',
};

/** Examples import the package as hosts do. */
const itself = { find: /^push-chat-kit\/(.*)$/, replacement: `${import.meta.dirname}/src/exports/$1.ts` };

export default defineConfig({
  plugins: [react()],
  resolve: { alias: [itself] },
  test: {
    // Real keys and signatures take their time on a busy machine.
    testTimeout: 30_000,
    hookTimeout: 30_000,
    // Every core: by itself vitest leaves one idle.
    maxWorkers: '100%',
    projects: [
      {
        extends: true,
        test: {
          name: 'node',
          include: ['test/**/*.test.ts'],
          globalSetup: ['test/support/postgresServer.ts'],
          exclude: ['**/node_modules/**', 'test/{hooks,components,demo,browser,interop,ipfs}/**'],
        },
      },
      {
        extends: true,
        test: { ...dom, name: 'dom', setupFiles: ['test/support/environment/dom.ts'] },
      },
      {
        extends: true,
        resolve: { alias: [{ find: /^react(-dom)?(?=\/|$)/, replacement: 'react$118' }] },
        test: {
          ...dom,
          name: 'dom-react18',
          exclude: [
            // wagmi brings React itself, which is the newer one here.
            'test/hooks/useWagmiSigner.test.tsx',
            // React has no part in these, or none that `groups.test.tsx` leaves out.
            'test/**/*.test.ts',
            'test/components/group{Focus,Readers,Rules}.test.tsx',
          ],
          setupFiles: ['test/support/environment/react18.ts', 'test/support/environment/dom.ts'],
        },
      },
      {
        extends: true,
        test: {
          name: 'demo',
          include: ['test/{demo,browser}/**/*.test.ts'],
          testTimeout: 120_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
