import { asPushChatError, type PushChatError } from '../../errors.ts';
import type { ChatState } from '../state.ts';
import type { ReadonlyStore } from '../store.ts';
import type { ReadableMessage } from './incomingMessage.ts';
import { matches, type MessageFilter } from './messageFilter.ts';
import type { MessagesOptions } from './messagesOptions.ts';

export interface RuleOptions extends Pick<MessagesOptions, 'accept' | 'from' | 'groups' | 'name' | 'requests'> {
  /** Hears of what an action threw; the rule goes on with the next message. @default the client's logger */
  readonly onError?: ((error: unknown) => void) | undefined;
}

/** What is done with a message. `value` is what the filter's content type read. */
export type RuleAction<Value = undefined> = (message: ReadableMessage, value: Value) => unknown;

interface Host {
  readonly store: ReadonlyStore<ChatState>;
  readonly messages: (options: MessagesOptions) => AsyncIterable<ReadableMessage>;
}

/**
 * Acts on messages that fit, one after the other, whenever chat is unlocked, until the returned stop is called. Nothing is
 * kept unless a `name` is given: a rule in a page begins with what comes from now on.
 * @param warn hears of what an action threw
 */
export function follow<Value>(
  client: Host,
  rule: { readonly filter: MessageFilter<Value>; readonly action: RuleAction<Value>; readonly options: RuleOptions },
  warn: (error: PushChatError) => void,
): () => void {
  const { filter, action, options } = rule;
  const { onError = (error: unknown) => warn(asPushChatError(error)), ...rest } = options;
  const end = new AbortController();
  let [isRunning, from] = [false, rest.from];

  const run = async (): Promise<void> => {
    const loop = client.messages({ name: null, ...rest, from, signal: end.signal });
    for await (const message of loop) {
      const found = matches(filter, message);
      try {
        if (found) await action(message, found.value);
      } catch (error) {
        onError(error);
      }
      // What comes while chat is locked is acted on when it is unlocked again.
      from = message.cursor;
      if (end.signal.aborted) return;
    }
  };
  const begin = (): void => {
    if (isRunning || client.store.get().session.status !== 'ready') return;
    isRunning = true;
    void run()
      .catch(onError)
      .finally(() => (isRunning = false));
  };
  const stop = client.store.subscribe(begin);
  begin();
  return () => {
    stop();
    end.abort();
  };
}
