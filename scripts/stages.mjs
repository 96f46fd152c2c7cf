// Runs npm scripts one after another and says how long each took: node scripts/stages.mjs lint types …
import { spawnSync } from 'node:child_process';

for (const stage of process.argv.slice(2)) {
  console.log(`\n▶ ${stage}`);
  const start = performance.now();
  const { status } = spawnSync('npm', ['run', '--silent', stage], { stdio: 'inherit' });
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  console.log(`${status === 0 ? '✔' : '✘'} ${stage} ${seconds} s`);
  if (status !== 0) process.exit(status ?? 1);
}
