import type {
  FailedItem,
  OpenedItem,
  PendingItem,
  QuarantinedItem,
  UndecryptableItem,
} from '../../../src/client/state.ts';
import { PushChatError, type ErrorCode } from '../../../src/errors.ts';
import type { MessageContent } from '../../../src/protocol/messageContent.ts';

/** Everything in these tests happens at this time. */
export const NOW = Date.UTC(2026, 10, 23, 10, 42);

const MINUTE = 60_000;
let count = 0;

interface Place {
  readonly id?: string;
  readonly from?: 'me' | 'peer';
  /** Before that time. @default 0 */
  readonly minutesAgo?: number;
  readonly encrypted?: boolean;
}

const at = ({ id = `item-${++count}`, from = 'peer', minutesAgo = 0 }: Place) => ({
  id,
  from,
  timestamp: NOW - minutesAgo * MINUTE,
});

const asContent = (content: MessageContent | string): MessageContent =>
  typeof content === 'string' ? { type: 'Text', content } : content;

export const opened = (
  content: MessageContent | string,
  place: Place & Pick<Partial<OpenedItem>, 'state' | 'mirrorDiffers'> = {},
): OpenedItem => ({
  ...at(place),
  state: place.state ?? 'verified',
  content: asContent(content),
  encrypted: place.encrypted ?? true,
  ...(place.mirrorDiffers && { mirrorDiffers: true }),
});

export const pending = (content: MessageContent | string, place: Place = {}): PendingItem => ({
  ...at({ from: 'me', ...place }),
  state: 'pending',
  content: asContent(content),
  encrypted: place.encrypted ?? true,
});

export const failed = (
  content: MessageContent | string,
  place: Place & { error?: PushChatError } = {},
): FailedItem => ({
  ...at({ from: 'me', ...place }),
  state: 'failed',
  content: asContent(content),
  encrypted: place.encrypted ?? true,
  error:
    place.error ?? new PushChatError('NetworkUnavailable', 'The Push Node cannot be reached. Check the connection.'),
});

export const quarantined = (reason: ErrorCode = 'ProofInvalid', place: Place = {}): QuarantinedItem => ({
  ...at(place),
  state: 'quarantined',
  reason,
});

export const undecryptable = (reason: ErrorCode = 'DecryptFailed', place: Place = {}): UndecryptableItem => ({
  ...at(place),
  state: 'undecryptable',
  reason,
});

/** A picture of two colours, 240 by 135. */
export const PICTURE =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAIAAAD91JpzAAAAFklEQVR4nGOsW7WLgYGBiYGBgYGBAQAYcAHm8RfnfgAAAABJRU5ErkJggg==';
