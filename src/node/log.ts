import type { PushChatError } from '../errors.ts';
import type { NodeObserver } from './observer.ts';

export interface Log extends NodeObserver {
  readonly warn: (error: PushChatError) => void;
}

/**
 * A line of JSON for everything worth one, which no caller can break or forge: JSON escapes line breaks and control
 * characters (security ND-15). No line has an account, a message or an address in it.
 * @param level `all` has a line for every call
 */
export function createLog(
  write: (line: string) => void,
  { level, now }: { readonly level: 'all' | 'warn'; readonly now: () => number },
): Log {
  const line = (fields: object): void =>
    write(`${JSON.stringify({ time: new Date(now()).toISOString(), ...fields })}\n`);
  return {
    warn: (error) => line({ level: 'warn', code: error.code, message: error.message, causes: causesOf(error) }),
    ...(level === 'all' && { answered: (answered) => line({ level: 'info', ...answered }) }),
  };
}

/** Why it happened, from the nearest cause to the first; stacks name files of this machine and stay out. */
function causesOf({ cause }: Error): string[] {
  return cause instanceof Error ? [cause.message, ...causesOf(cause)] : [];
}
