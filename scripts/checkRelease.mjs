// A release from a change's note to the packed file, in a clone and without publishing: npm run release:check
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const clone = mkdtempSync(join(tmpdir(), 'push-chat-release-'));
const read = (file) => readFileSync(join(clone, file), 'utf8');

function run(command, ...args) {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd: clone, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')}\n${stdout}\n${stderr}`);
  return stdout;
}

function check(what, holds) {
  if (!holds) throw new Error(`Not so: ${what}`);
  console.log(`✔ ${what}`);
}

try {
  run('git', 'clone', '--quiet', root, '.');
  symlinkSync(join(root, 'node_modules'), join(clone, 'node_modules'));
  const [major, minor] = JSON.parse(read('package.json')).version.split('.').map(Number);
  const note = 'A note of the release check.';
  writeFileSync(join(clone, '.changeset/check.md'), `---\n'push-chat-kit': minor\n---\n\n${note}\n`);

  run('npm', 'run', '--silent', 'release:version');
  const next = `${major}.${minor + 1}.0`;
  check(`the next version is ${next}`, JSON.parse(read('package.json')).version === next);
  const [, newest] = read('CHANGELOG.md').split(/^## /m);
  check('its part of the changelog comes first, with the note', newest.startsWith(next) && newest.includes(note));
  check(
    'the note is used up',
    readdirSync(join(clone, '.changeset')).every((file) => file !== 'check.md'),
  );
  check('the lock is of that version', JSON.parse(read('package-lock.json')).version === next);
  check('the lock names no download address', !read('package-lock.json').includes('"resolved"'));
  run('npx', 'prettier', '--check', 'CHANGELOG.md', 'package.json', 'package-lock.json');

  run('npm', 'run', '--silent', 'build');
  const told = JSON.parse(run('npm', 'publish', '--dry-run', '--json', '--ignore-scripts', '--access', 'public'));
  const { version, files, entryCount } = told['push-chat-kit'] ?? told;
  const names = files.map(({ path }) => path);
  check(
    `${entryCount} files would be published as ${version}`,
    version === next && names.includes('dist/esm/index.js'),
  );
  check(
    'nothing but what was built, the manifest, the README and the licence',
    names.every((name) => /^(dist\/|package\.json$|README\.md$|LICENSE$)/.test(name)),
  );
} finally {
  rmSync(clone, { recursive: true, force: true });
}
