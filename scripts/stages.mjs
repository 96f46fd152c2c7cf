// Runs npm scripts one after another and says how long each took: node scripts/stages.mjs lint types …
// `lint+types,layers` runs two lanes at once, each in its order; what a script of a lane prints comes when it has ended.
import { spawn } from 'node:child_process';

let failed = false;

for (const step of process.argv.slice(2)) {
  const lanes = step.split('+').map((lane) => lane.split(','));
  await Promise.all(lanes.map((lane) => runLane(lane, lanes.length > 1)));
  if (failed) process.exit(1);
}

async function runLane(stages, isBeside) {
  for (const stage of stages) {
    if (failed) return;
    if (!isBeside) console.log(`\n▶ ${stage}`);
    const start = performance.now();
    const { status, output } = await run(stage, isBeside);
    const seconds = ((performance.now() - start) / 1000).toFixed(1);
    if (isBeside) process.stdout.write(`\n▶ ${stage}\n${output}`);
    console.log(`${status === 0 ? '✔' : '✘'} ${stage} ${seconds} s`);
    if (status !== 0) failed = true;
  }
}

function run(stage, isBeside) {
  return new Promise((resolve) => {
    const child = spawn('npm', ['run', '--silent', stage], { stdio: isBeside ? 'pipe' : 'inherit' });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (data) => (output += data));
    child.on('close', (status) => resolve({ status, output }));
  });
}
