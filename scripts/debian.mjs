// Installs from Debian what the tests need and this machine lacks: Chromium and PostgreSQL.
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';

const NEEDED = [
  { name: 'chromium', there: () => existsSync('/usr/bin/chromium') },
  {
    name: 'postgresql',
    there: () => existsSync('/usr/lib/postgresql') && readdirSync('/usr/lib/postgresql').length > 0,
  },
];

const missing = NEEDED.filter(({ there }) => !there()).map(({ name }) => name);
if (missing.length > 0) {
  if (process.getuid?.() !== 0) throw new Error(`Install ${missing.join(' and ')} from Debian first, or run as root.`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  execFileSync('apt-get', ['update', '--quiet'], { stdio: 'inherit', env });
  execFileSync('apt-get', ['install', '--yes', '--quiet', ...missing], { stdio: ['ignore', 'ignore', 'inherit'], env });
}
console.log(execFileSync('/usr/bin/chromium', ['--version'], { encoding: 'utf8' }).trim());
