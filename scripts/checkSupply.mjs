// What the package must be for whoever depends on it (security SC-01 to SC-04): npm run build && npm run supply:check
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { sbom } from './sbom.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const read = (file) => readFileSync(join(root, file), 'utf8');
const manifest = JSON.parse(read('package.json'));
const lock = JSON.parse(read('package-lock.json'));
const packages = Object.entries(lock.packages).filter(([place]) => place !== '');
const nameOf = (place) => place.slice(place.lastIndexOf('node_modules/') + 'node_modules/'.length);
const production = packages.filter(([, { dev, devOptional, peer }]) => !dev && !devOptional && !peer);

let failed = false;
function check(id, what, problems) {
  console.log(`${problems.length === 0 ? '✔' : '✘'} ${id} ${what}`);
  for (const problem of problems) console.log(`    ${problem}`);
  failed ||= problems.length > 0;
}

// SC-01
const ranges = { ...manifest.dependencies, ...manifest.devDependencies };
const locked = { ...lock.packages[''].dependencies, ...lock.packages[''].devDependencies };
check(
  'SC-01',
  'the lock is of this manifest',
  [...new Set([...Object.keys(ranges), ...Object.keys(locked)])].filter((name) => ranges[name] !== locked[name]),
);
check(
  'SC-01',
  'every dependency is of a registry, and no address of one is written down',
  packages
    .filter(([, { resolved, link }]) => resolved !== undefined || link)
    .map(([place]) => place)
    .concat(Object.entries(ranges).flatMap(([name, range]) => (/^(git|http|file|github)/.test(range) ? [name] : []))),
);
check(
  'SC-01',
  'no dependency of users runs a script when it is installed, nor does this package',
  production
    .filter(([, { hasInstallScript }]) => hasInstallScript)
    .map(([place]) => nameOf(place))
    .concat(['preinstall', 'install', 'postinstall', 'prepare'].filter((name) => name in manifest.scripts)),
);
const copies = Map.groupBy
  ? Map.groupBy(production, ([place]) => nameOf(place))
  : production.reduce((all, one) => all.set(nameOf(one[0]), [...(all.get(nameOf(one[0])) ?? []), one]), new Map());
check(
  'SC-01',
  'users get each cryptographic library once',
  [...copies]
    .filter(([name, found]) => /^(@noble\/|openpgp$|@ipld\/|multiformats$)/.test(name) && found.length > 1)
    .map(([name]) => name),
);

// SC-02
const FLOORS = { openpgp: '6.3.1', 'socket.io-parser': '4.2.7', 'engine.io': '6.1.1' };
const NEVER = ['axios', 'crypto-js'];
const older = (version, floor) => version.localeCompare(floor, 'en', { numeric: true }) < 0;
check(
  'SC-02',
  'versions are not below their floors, and some packages are not there',
  packages
    .flatMap(([place, { version }]) => {
      const floor = FLOORS[nameOf(place)];
      return floor !== undefined && older(version, floor) ? [`${place} is ${version}, below ${floor}`] : [];
    })
    .concat(production.map(([place]) => nameOf(place)).filter((name) => NEVER.includes(name))),
);

// SC-03
const hash = (file) => createHash('sha512').update(readFileSync(file)).digest('base64');
function pack(where) {
  const { stdout } = spawnSync('npm', ['pack', '--json', '--silent'], { cwd: where, encoding: 'utf8' });
  const [{ filename }] = JSON.parse(stdout);
  const packed = hash(join(where, filename));
  rmSync(join(where, filename));
  return packed;
}
const elsewhere = mkdtempSync(join(tmpdir(), 'push-chat-build-'));
for (const part of ['src', 'scripts', 'package.json', 'tsconfig.json', 'rollup.config.mjs', 'README.md', 'LICENSE']) {
  cpSync(join(root, part), join(elsewhere, part), { recursive: true });
}
symlinkSync(join(root, 'node_modules'), join(elsewhere, 'node_modules'));
const built = spawnSync('npm', ['run', '--silent', 'build'], { cwd: elsewhere, encoding: 'utf8' });
const [here, there] = built.status === 0 ? [pack(root), pack(elsewhere)] : ['built', built.stderr];
check('SC-03', `a build in another folder gives the same tarball: sha512-${here}`, here === there ? [] : [there]);
rmSync(elsewhere, { recursive: true, force: true });

// SC-04
const FORBIDDEN_NAMES = new Set(['eval', 'innerHTML', 'outerHTML', 'dangerouslySetInnerHTML', 'insertAdjacentHTML']);
/** The public nodes, names that stand for none (RFC 2606, RFC 6761), what XML and JSON formats are called, and where errors are explained. */
const KNOWN_ADDRESSES =
  /^https?:\/\/(backend(-staging|-dev)?\.epns\.io|www\.w3\.org\/|localhost|127\.0\.0\.1|push-node\.local|push\.invalid\/|example\.org\/|\$\{?)/;
const testKeys = readdirSync(join(root, 'test/vectors'))
  .flatMap((file) => read(`test/vectors/${file}`).match(/0x[0-9a-f]{64}\b/g) ?? [])
  .filter((key) => !/^0x0+$/.test(key));

/** What a program does, from its syntax, so that words in comments and texts do not count. */
function findings(file) {
  const source = read(file);
  const found = new Set(testKeys.filter((key) => source.includes(key)).map(() => 'a key of the tests'));
  const visit = (node) => {
    const name = (ts.isIdentifier(node) || ts.isStringLiteral(node)) && node.text;
    if (ts.isPropertyAccessExpression(node.parent ?? node) && FORBIDDEN_NAMES.has(name)) found.add(name);
    if (ts.isCallExpression(node) && ts.isIdentifier(node.expression) && node.expression.text === 'eval')
      found.add('eval');
    if (ts.isPropertyAssignment(node) && FORBIDDEN_NAMES.has(node.name.text)) found.add(node.name.text);
    if ((ts.isNewExpression(node) || ts.isCallExpression(node)) && node.expression.getText?.() === 'Function')
      found.add('new Function');
    const text = ts.isStringLiteralLike(node) || ts.isTemplateHead(node) ? node.text : '';
    if (/^https?:\/\/./.test(text) && !KNOWN_ADDRESSES.test(text)) found.add(text);
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, source, ts.ScriptTarget.Latest, true));
  return [...found].map((what) => `${file}: ${what}`);
}
const ours = readdirSync(join(root, 'dist'), { recursive: true })
  .map((file) => `dist/${file}`)
  .filter((file) => /^dist\/(esm|cjs|bin)\/.*\.c?js$/.test(file) && !file.includes('node_modules'));
check(
  'SC-04',
  `${ours.length} built files hold no eval, markup of text, foreign address or test key`,
  ours.flatMap(findings),
);

/** What the script tag brings of others: each for its reason. */
const OF_OTHERS = [
  // React DOM can draw markup that a component hands it; none of ours does, as the line above says.
  ...['innerHTML', 'dangerouslySetInnerHTML', 'outerHTML'],
  // Addresses that libraries name in the words of errors.
  /^https:\/\/(react\.dev|reactjs\.org|bit\.ly|developer\.mozilla\.org|styled-components\.com|docs\.ethers\.org|links\.ethers\.org|github\.com|fb\.me)\//,
  // engine.io-client looks for the global object so where there is neither `self` nor `window`: in no page.
  'new Function',
  // Stands for the page's own address where there is none.
  /^https?:\/\/[^/]*$/,
];
const isKnown = (finding) =>
  OF_OTHERS.some((known) =>
    typeof known === 'string' ? finding.endsWith(`: ${known}`) : known.test(finding.slice(finding.indexOf(': ') + 2)),
  );
const tags = ['dist/embed/push-chat.js', 'dist/embed/push-chat-frame.js'];
check(
  'SC-04',
  'the files for script tags hold nothing else of that kind',
  tags.flatMap(findings).filter((finding) => !isKnown(finding)),
);

/** What it says of its licence is in a file alone: MIT. */
const LICENCE_IN_A_FILE = ['xmlhttprequest-ssl'];
const { components } = sbom();
const listed = new Set(components.map(({ purl }) => decodeURIComponent(purl)));
check(
  'SBOM',
  `${components.length} packages are what users get, each with its version of the lock, a hash and a licence`,
  [
    ...production
      .map(([place, { version }]) => `${nameOf(place)}@${version}`)
      .filter((one) => !listed.has(`pkg:npm/${one}`))
      .map((one) => `${one} is missing`),
    ...components
      .filter(({ name, hashes, licenses }) => !hashes || (!licenses && !LICENCE_IN_A_FILE.includes(name)))
      .map(({ name }) => `${name} has no hash or no licence`),
  ],
);

process.exit(failed ? 1 : 0);
