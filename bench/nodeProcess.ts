import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';

/** A Push Node in a process of its own, which can be killed like any other. */
export interface NodeProcess {
  readonly url: string;
  /** Resident memory in bytes. */
  readonly memory: () => number;
  /** Processor time used so far, in milliseconds. */
  readonly cpu: () => number;
  /** @returns when the process has ended */
  readonly stop: (signal: 'SIGTERM' | 'SIGKILL') => Promise<void>;
}

const STARTED = /Push Node at (http:\S+?),/;
/** Ticks of Linux's process accounting are hundredths of a second. */
const TICK_MS = 10;

/** @param args of the `push-node` command */
export async function startNode(...args: string[]): Promise<NodeProcess> {
  const child = spawn(process.execPath, ['scripts/node.mjs', ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  const stderr: string[] = [];
  child.stderr.on('data', (part: Buffer) => stderr.push(part.toString()));
  const url = await addressOf(child);
  if (url === undefined) throw new Error(`The node did not start: ${stderr.join('')}`);
  return {
    url,
    memory: () => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1]) * 1024,
    cpu: () => {
      const fields = readFileSync(`/proc/${child.pid}/stat`, 'utf8').replace(/.*\) /, '').split(' ');
      return (Number(fields[11]) + Number(fields[12])) * TICK_MS;
    },
    stop: async (signal) => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill(signal);
      await once(child, 'exit');
    },
  };
}

async function addressOf(child: ChildProcess): Promise<string | undefined> {
  if (!child.stdout) return undefined;
  const lines = createInterface(child.stdout);
  for await (const line of lines) {
    const url = STARTED.exec(line)?.[1];
    if (url !== undefined) {
      // Whatever it prints from now on is read and dropped, so that it never waits for us.
      child.stdout.resume();
      return url;
    }
  }
  return undefined;
}
