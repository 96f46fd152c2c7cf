// Installs Chromium, which the stories and the demo are tested in, from Debian where it is missing.
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const PATH = '/usr/bin/chromium';

if (!existsSync(PATH)) {
  if (process.getuid?.() !== 0) throw new Error(`Install Chromium at ${PATH} first, or run as root.`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  execFileSync('apt-get', ['update', '--quiet'], { stdio: 'inherit', env });
  execFileSync('apt-get', ['install', '--yes', '--quiet', 'chromium'], { stdio: ['ignore', 'ignore', 'inherit'], env });
}
console.log(execFileSync(PATH, ['--version'], { encoding: 'utf8' }).trim());
