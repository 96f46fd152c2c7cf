// What users get, with versions, licences and hashes, as CycloneDX: npm run sbom > push-chat-kit.cdx.json
// The peers that the file for script tags brings along are in it.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** Peers that `dist/embed` bundles. */
const BROUGHT_ALONG = ['ethers', 'react', 'react-dom', 'styled-components'];
const root = dirname(dirname(fileURLToPath(import.meta.url)));

/**
 * `npm sbom --omit dev` leaves out what is also needed for development, so a manifest without that is asked, with the
 * same lock.
 */
export function sbom() {
  const above = mkdtempSync(join(tmpdir(), 'push-chat-sbom-'));
  const { name, version, description, license, dependencies, peerDependencies } = JSON.parse(
    readFileSync(join(root, 'package.json'), 'utf8'),
  );
  const peers = BROUGHT_ALONG.map((peer) => [peer, peerDependencies[peer]]);
  const manifest = {
    name,
    version,
    description,
    license,
    dependencies: { ...dependencies, ...Object.fromEntries(peers) },
  };
  // The component is called as its folder is.
  const folder = join(above, name);
  mkdirSync(folder);
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest));
  for (const file of ['package-lock.json', '.npmrc']) cpSync(join(root, file), join(folder, file));
  const npm = (...args) => {
    const { status, stdout, stderr } = spawnSync('npm', args, { cwd: folder, encoding: 'utf8' });
    if (status !== 0) throw new Error(`npm ${args.join(' ')}: ${stderr}`);
    return stdout;
  };
  try {
    npm('install', '--package-lock-only', '--ignore-scripts');
    return JSON.parse(npm('sbom', '--package-lock-only', '--sbom-format', 'cyclonedx'));
  } finally {
    rmSync(above, { recursive: true, force: true });
  }
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) console.log(JSON.stringify(sbom(), null, 2));
