import { asPushChatError } from '../../errors.ts';
import type { ReadOnChain } from '../../protocol/notifications/openNotification.ts';
import type { ClientContext } from '../context.ts';
import type { ChannelsState } from './channelsState.ts';
import type { ChannelEvent } from './reduceChannels.ts';

/** What the verbs of this folder work with. */
export interface ChannelsContext {
  readonly client: ClientContext;
  readonly get: () => ChannelsState;
  readonly dispatch: (event: ChannelEvent) => void;
  readonly readOnChain: ReadOnChain | undefined;
}

/** What nobody waits for is told to the page's logger. */
export const quietly = ({ client }: ChannelsContext, work: Promise<unknown>): void => {
  work.catch((error: unknown) => client.warn(asPushChatError(error)));
};
