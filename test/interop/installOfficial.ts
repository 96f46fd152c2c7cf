import { execFileSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** npm writes it last. */
const INSTALLED = here('node_modules/.package-lock.json');
const LOCK = here('package-lock.json');

/** Installs the official client where it is missing or outdated (about ten seconds); it is no dependency of the kit. */
export function setup(): void {
  if (existsSync(INSTALLED) && statSync(INSTALLED).mtimeMs >= statSync(LOCK).mtimeMs) return;
  execFileSync('npm', ['ci'], { cwd: here('.'), stdio: 'inherit' });
}
