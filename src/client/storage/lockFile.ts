import { readFileSync, unlinkSync, writeFileSync } from 'node:fs';
import { PushChatError } from '../../errors.ts';

/** Files that this very process holds: its own id in a lock of before is another's, from before a restart. */
const held = new Set<string>();

/**
 * Holds a file for this process alone. The lock of a process that is gone, however it ended, is taken over.
 * @returns how to let go
 * @throws {PushChatError} `StorageUnavailable` while another one holds it
 */
export function lockFile(path: string): () => void {
  const lock = `${path}.lock`;
  for (let tries = 0; !take(lock); tries += 1) {
    const holder = holderOf(lock);
    const isAlive = holder === process.pid ? held.has(lock) : isRunning(holder);
    if (isAlive || tries > 0) {
      throw new PushChatError(
        'StorageUnavailable',
        `${path} is in use by process ${holder}. Give each program a file of its own.`,
      );
    }
    unlinkSync(lock);
  }
  held.add(lock);
  return () => {
    if (held.delete(lock)) unlinkSync(lock);
  };
}

function take(lock: string): boolean {
  try {
    writeFileSync(lock, String(process.pid), { flag: 'wx', mode: 0o600 });
    return true;
  } catch (error) {
    if ((error as { code?: unknown }).code === 'EEXIST') return false;
    throw error;
  }
}

const holderOf = (lock: string): number => Number(readFileSync(lock, 'utf8'));

/** Signal 0 only asks. A process of somebody else's is one too. */
function isRunning(pid: number): boolean {
  if (!Number.isSafeInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as { code?: unknown }).code === 'EPERM';
  }
}
