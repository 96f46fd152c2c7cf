// Adds to package-lock.json the optional platform packages that the registry in use did not serve.
// Without them `npm ci` calls the lock out of sync. Run by hand after each `npm install`: node scripts/fixLock.mjs
import { readFileSync, writeFileSync } from 'node:fs';

const lockFile = new URL('../package-lock.json', import.meta.url);
const lock = JSON.parse(readFileSync(lockFile, 'utf8'));
const systems = ['android', 'darwin', 'freebsd', 'linux', 'openbsd', 'openharmony', 'win32'];
const processors = ['wasm32', 'arm64', 'arm', 'x64', 'ia32', 'loong64', 'ppc64', 'riscv64', 's390x'];

/** The version of `name` that a package installed at `place` would load, from there or from a folder above. */
function versionSeenFrom(place, name) {
  for (let folder = place; ; folder = folder.slice(0, Math.max(folder.lastIndexOf('/node_modules/'), 0))) {
    const found = lock.packages[`${folder && `${folder}/`}node_modules/${name}`];
    if (found || folder === '') return found?.version;
  }
}

/** `@rollup/rollup-linux-x64-gnu` names the system and processor it is for; the registry's own record is missing. */
function platform(name) {
  const words = name.split(/[/-]/);
  const os = systems.find((system) => words.includes(system));
  const cpu = processors.find((processor) => words.includes(processor));
  if (!os || !cpu) throw new Error(`Cannot tell the platform of ${name} from its name.`);
  const libc = /musl/.test(name) ? 'musl' : os === 'linux' && 'glibc';
  return { os: [os], cpu: [cpu], ...(libc && { libc: [libc] }) };
}

const added = [];
for (const [place, { optionalDependencies = {}, dev }] of Object.entries(lock.packages)) {
  for (const [name, version] of Object.entries(optionalDependencies)) {
    const seen = versionSeenFrom(place, name);
    // Platform packages are asked for by exact version; other optional dependencies are not missing for want of a platform.
    if (seen === version || !/^\d/.test(version)) continue;
    const folder = seen ? `${place}/node_modules` : 'node_modules';
    lock.packages[`${folder}/${name}`] = { version, ...(dev && { dev }), optional: true, ...platform(name) };
    added.push(name);
  }
}

lock.packages = Object.fromEntries(Object.entries(lock.packages).sort(([a], [b]) => a.localeCompare(b, 'en')));
writeFileSync(lockFile, `${JSON.stringify(lock, null, 2)}\n`);
console.log(added.length === 0 ? 'The lock is complete.' : `Added ${added.join(', ')}.`);
