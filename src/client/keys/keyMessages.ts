import { PushChatError, asPushChatError, type ErrorCode } from '../../errors.ts';

/** What passes between a page and the worker that holds its keys: calls, answers, and questions to the wallet. */
export type KeyMessage =
  | { readonly type: 'ready' }
  /** Asks whether the other end still lives, and says so. */
  | { readonly type: 'ping' | 'pong' }
  | { readonly type: 'call'; readonly id: number; readonly name: string; readonly args: readonly unknown[] }
  | { readonly type: 'answer'; readonly id: number; readonly value?: unknown; readonly error?: SentError };

export interface SentError {
  readonly code: ErrorCode;
  readonly message: string;
  readonly retryAfter?: number;
}

/** One end of a channel: a worker, its global scope, or a port. */
export interface KeyPort {
  readonly postMessage: (message: KeyMessage) => void;
  /** Is given what has `data`; browsers type it more narrowly, each kind of port in its own way. */
  onmessage: ((event: never) => void) | null;
}

/** Neither a cause nor a stack crosses the boundary: both could tell of keys. */
function sendError(thrown: unknown): SentError {
  const { code, message, retryAfter } = asPushChatError(thrown);
  return { code, message, ...(retryAfter !== undefined && { retryAfter }) };
}

const readError = ({ code, message, retryAfter }: SentError): PushChatError =>
  new PushChatError(code, message, retryAfter === undefined ? {} : { retryAfter });

/** What a port's `onmessage` is given. */
export interface KeyEvent {
  readonly data: KeyMessage;
}

export interface Calls {
  readonly call: (name: string, ...args: readonly unknown[]) => Promise<never>;
  readonly hear: (message: KeyMessage) => void;
  /** How many calls wait for their answers. */
  readonly waiting: () => number;
  /** Ends all calls that are under way, and every later one. */
  readonly fail: (error: PushChatError) => void;
}

/**
 * Calls over a port, both ways.
 * @param answer does what the other end asks for
 */
export function createCalls(
  port: Pick<KeyPort, 'postMessage'>,
  answer: (name: string, args: readonly unknown[]) => Promise<unknown>,
): Calls {
  const waiting = new Map<number, { resolve: (value: never) => void; reject: (error: PushChatError) => void }>();
  let lastId = 0;
  let failed: PushChatError | undefined;

  const reply = async (id: number, name: string, args: readonly unknown[]): Promise<void> => {
    try {
      port.postMessage({ type: 'answer', id, value: await answer(name, args) });
    } catch (thrown) {
      port.postMessage({ type: 'answer', id, error: sendError(thrown) });
    }
  };

  return {
    call: (name, ...args) =>
      new Promise((resolve, reject) => {
        if (failed) {
          reject(failed);
          return;
        }
        const id = (lastId += 1);
        waiting.set(id, { resolve, reject });
        port.postMessage({ type: 'call', id, name, args });
      }),
    hear: (message) => {
      if (message.type === 'ping') port.postMessage({ type: 'pong' });
      if (message.type === 'call') void reply(message.id, message.name, message.args);
      if (message.type !== 'answer') return;
      const { id, value, error } = message;
      const call = waiting.get(id);
      waiting.delete(id);
      if (error) call?.reject(readError(error));
      else call?.resolve(value as never);
    },
    waiting: () => waiting.size,
    fail: (error) => {
      failed = error;
      for (const { reject } of waiting.values()) reject(error);
      waiting.clear();
    },
  };
}
