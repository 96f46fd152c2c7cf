import { execFileSync } from 'node:child_process';
import { chownSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    /** Folder of the socket that the tests' own PostgreSQL listens on. */
    readonly postgresSocket: string;
  }
}

const DEBIAN = '/usr/lib/postgresql';

/** Runs a real PostgreSQL for the tests, in a new folder and reachable through a socket in it alone. */
export function setup(project: TestProject): () => void {
  const [version] = readdirSync(DEBIAN).sort((a, b) => Number(b) - Number(a));
  const folder = mkdtempSync(join(tmpdir(), 'push-node-postgres-'));
  const data = join(folder, 'data');
  if (process.getuid?.() === 0) {
    const id = (flag: string): number => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }));
    chownSync(folder, id('-u'), id('-g'));
  }
  const run = (program: string, ...args: string[]): void => {
    const path = join(DEBIAN, version ?? '', 'bin', program);
    // PostgreSQL refuses to run as root.
    const [command, ...rest] = process.getuid?.() === 0 ? ['runuser', '-u', 'postgres', '--', path] : [path];
    execFileSync(command, [...rest, ...args], { stdio: 'ignore', cwd: folder });
  };
  run('initdb', '--pgdata', data, '--auth', 'trust', '--username', 'postgres', '--encoding', 'UTF8', '--no-sync');
  run('pg_ctl', 'start', '--wait', '--pgdata', data, '--options', `-k ${folder} -c listen_addresses=''`);
  project.provide('postgresSocket', folder);
  return () => {
    run('pg_ctl', 'stop', '--mode', 'immediate', '--pgdata', data);
    rmSync(folder, { recursive: true, force: true });
  };
}
