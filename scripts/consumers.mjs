// Installs the packed tarball with no flag, as its users do, builds their pages with what they build with, and chats in
// each in Chromium: npm run build && npm run test:consumers
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Wallet } from 'ethers';
import { chromium } from 'playwright-core';
import { createPushChat } from '../dist/esm/core.js';
import { startPushNode } from '../dist/esm/server.js';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const folder = mkdtempSync(join(tmpdir(), 'push-chat-consumers-'));
const { version, exports } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const ENTRIES = Object.keys(exports)
  .filter((path) => typeof exports[path] !== 'string' && !['./server', './worker', './wagmi'].includes(path))
  .map((path) => path.replace('*', 'de').replace(/^\./, 'push-chat-kit'));

const tools = {
  esbuild: '^0.28.2',
  'esbuild-loader': '^4',
  jest: '^30',
  'jest-environment-jsdom': '^30',
  jsdom: '^29',
  '@testing-library/dom': '^10.4',
  '@testing-library/jest-dom': '^6.9',
  '@testing-library/react': '^16.3',
  '@testing-library/user-event': '^14.6',
  next: '^16',
  vite: '^8.3',
  vitest: '^4.1',
  webpack: '^5',
  'webpack-cli': '^7',
};

function run(where, command, ...args) {
  const start = performance.now();
  const { status, stdout, stderr } = spawnSync(command, args, {
    cwd: where,
    encoding: 'utf8',
    env: { ...process.env, NEXT_TELEMETRY_DISABLED: '1', CI: '1' },
  });
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  if (status !== 0) throw new Error(`${command} ${args.join(' ')}\n${stdout}\n${stderr}`);
  console.log(`✔ ${[command, ...args].join(' ').slice(0, 70)} ${seconds} s`);
  return stdout;
}

/** A new project with the tarball, its peers and what its team builds with. */
function install(name, react, others) {
  const where = join(folder, name);
  cpSync(join(root, 'test/consumers'), where, { recursive: true });
  const dependencies = {
    'push-chat-kit': `file:../push-chat-kit-${version}.tgz`,
    ethers: '^6',
    react,
    'react-dom': react,
    'styled-components': '^6',
    ...others,
  };
  writeFileSync(join(where, 'package.json'), JSON.stringify({ name, private: true, dependencies }));
  run(where, 'npm', 'install');
  for (const server of ['socket.io', 'libsql', 'pg', 'prom-client']) {
    if (existsSync(join(where, 'node_modules', server))) throw new Error(`a page's team got ${server}`);
  }
  return where;
}

const TYPES = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css' };

async function serve(where) {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url, 'http://page');
    const file = join(where, pathname === '/' ? 'index.html' : decodeURIComponent(pathname));
    if (!existsSync(file)) return response.writeHead(pathname === '/favicon.ico' ? 204 : 404).end();
    response.writeHead(200, { 'content-type': TYPES[extname(file)] ?? 'application/octet-stream' });
    response.end(readFileSync(file));
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { origin: `http://127.0.0.1:${server.address().port}`, close: () => server.close() };
}

/** Unlocks chat in a built page, and writes to a wallet outside of it. */
async function chat(browser, name, where) {
  const start = performance.now();
  const [site, node] = await Promise.all([serve(where), startPushNode({ port: 0, memory: true })]);
  const bob = createPushChat({ signer: Wallet.createRandom(), node: node.url, keyType: 'curve25519' });
  bob.start();
  await bob.unlock();
  const { did } = bob.store.get().session;
  const page = await browser.newPage();
  const problems = [];
  page.on('pageerror', (error) => problems.push(error.message));
  page.on('console', (message) => message.type() === 'error' && problems.push(message.text()));
  const key = Wallet.createRandom().privateKey;
  await page.goto(`${site.origin}/?${new URLSearchParams({ node: node.url, key, peer: did })}`);
  await page.getByRole('button', { name: 'Unlock chat' }).click();
  await page.getByRole('textbox', { name: 'Message' }).fill(`Hello from ${name}`);
  await page.getByRole('button', { name: 'Send message' }).click();
  const received = () =>
    bob.store.get().requests.items.some(({ last }) => last?.content?.content === `Hello from ${name}`);
  if (!received()) {
    await new Promise((resolve, reject) => {
      const late = setTimeout(() => reject(new Error(`${name}: nothing arrived. ${problems.join('; ')}`)), 20_000);
      bob.store.subscribe(() => received() && (clearTimeout(late), resolve()));
    });
  }
  if (problems.length > 0) throw new Error(`${name}: ${problems.join('; ')}`);
  await page.close();
  bob.close();
  site.close();
  await node.close();
  console.log(`✔ chats in Chromium: ${name} ${((performance.now() - start) / 1000).toFixed(1)} s`);
}

const browser = await chromium.launch({
  executablePath: '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-background-networking'],
});
try {
  run(root, 'npm', 'pack', '--silent', '--pack-destination', folder);

  const all = install('react19', '^19', tools);
  run(all, 'node', 'imports.mjs', ...ENTRIES);
  run(all, 'node', 'imports.cjs', ...ENTRIES);
  const missing = spawnSync('npx', ['--no-install', 'push-node', '--memory', '--port', '0'], {
    cwd: all,
    encoding: 'utf8',
  });
  if (missing.status === 0 || !missing.stderr.includes('socket.io')) {
    throw new Error(`push-node does not say what it lacks: ${missing.stderr}`);
  }
  console.log('✔ push-node names the packages that it lacks');
  run(all, 'npx', 'jest', '--no-cache');
  const example = readFileSync(join(root, 'test/components/examples/shop.test.tsx'), 'utf8');
  writeFileSync(
    join(all, 'shop.test.tsx'),
    example.replace(/(\.\.\/)+src\/exports\/(\w+)\.ts/g, (_, __, entry) =>
      entry === 'index' ? 'push-chat-kit' : `push-chat-kit/${entry}`,
    ),
  );
  run(all, 'npx', 'vitest', 'run', 'shop.test.tsx');
  run(all, 'npx', 'vite', 'build', 'web', '--outDir', '../out/vite', '--logLevel', 'error');
  run(
    all,
    ...['npx', 'esbuild', 'web/app.jsx', '--bundle', '--splitting', '--format=esm', '--minify', '--jsx=automatic'],
    ...['--outdir=out/esbuild', '--define:process.env.NODE_ENV="production"', '--log-level=error'],
  );
  run(all, 'npx', 'webpack', '--stats', 'errors-only');
  for (const name of ['esbuild', 'webpack']) cpSync(join(all, 'web/built.html'), join(all, 'out', name, 'index.html'));
  run(all, 'npx', 'next', 'build', 'next');
  await chat(browser, 'Vite', join(all, 'out/vite'));
  await chat(browser, 'esbuild', join(all, 'out/esbuild'));
  await chat(browser, 'webpack', join(all, 'out/webpack'));
  await chat(browser, 'Next', join(all, 'next/out'));

  run(all, 'npm', 'install', '--no-save', '@playwright/test@^1.65', 'socket.io');
  run(all, 'npx', 'playwright', 'test');

  const old = install('react18', '^18', { vite: tools.vite });
  run(old, 'npx', 'vite', 'build', 'web', '--outDir', '../out/vite', '--logLevel', 'error');
  await chat(browser, 'Vite with React 18', join(old, 'out/vite'));
} finally {
  await browser.close();
  rmSync(folder, { recursive: true, force: true });
}
