import { defineConfig } from '@playwright/test';

export default defineConfig({
  testDir: 'playwright',
  use: {
    baseURL: 'http://localhost:4173',
    // Debian's; yours is the one that `npx playwright install` brings.
    launchOptions: { executablePath: '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu', '--disable-quic'] },
  },
  webServer: { command: 'npx vite preview web --outDir ../out/vite --port 4173', url: 'http://localhost:4173' },
});
