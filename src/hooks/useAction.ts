import { useCallback, useRef, useState } from 'react';
import { asPushChatError, type PushChatError } from '../errors.ts';

/** How the last run of a command stands. */
export type ActionState<Args extends readonly unknown[] = []> =
  | { readonly status: 'idle' }
  | { readonly status: 'pending'; readonly args: Args }
  | { readonly status: 'done'; readonly args: Args }
  | { readonly status: 'failed'; readonly args: Args; readonly error: PushChatError };

/**
 * A command with its state. While it runs, running it again joins the run in flight: a double click is one call.
 * The returned function never rejects; it resolves to undefined when the command failed, and the state says why.
 * @example const [state, unlock] = useAction(client.unlock);
 */
export function useAction<Args extends readonly unknown[], Result>(
  command: (...args: Args) => Promise<Result>,
): [state: ActionState<Args>, run: (...args: Args) => Promise<Result | undefined>] {
  const [state, setState] = useState<ActionState<Args>>({ status: 'idle' });
  const current = useRef<{ readonly command: unknown; result?: Promise<Result | undefined> }>(undefined);

  const run = useCallback(
    (...args: Args): Promise<Result | undefined> => {
      if (current.current?.result && current.current.command === command) return current.current.result;
      const turn: typeof current.current = { command };
      const perform = async (): Promise<Result | undefined> => {
        let end: ActionState<Args> = { status: 'done', args };
        try {
          return await command(...args);
        } catch (error) {
          end = { status: 'failed', args, error: asPushChatError(error) };
          return undefined;
        } finally {
          // A run for another peer or client may have begun meanwhile; then this one's end is nobody's concern.
          if (current.current === turn) {
            current.current = undefined;
            setState(end);
          }
        }
      };
      setState({ status: 'pending', args });
      current.current = turn;
      return (turn.result = perform());
    },
    [command],
  );
  return [state, run];
}
