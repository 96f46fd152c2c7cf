import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { ChannelNotification } from '../../src/client/channels/channelsState.ts';
import { mergeNotifications } from '../../src/client/channels/reduceChannels.ts';
import { parseDid } from '../../src/protocol/did.ts';

const channel = parseDid('0x70997970C51812dc3A010C7d01b50e0d17dc79C8');

/** Few of each, so that acts come under several ids and times. */
const notification = fc
  .record({ id: fc.nat(5), act: fc.nat(4), timestamp: fc.nat(4), hidden: fc.boolean() })
  .map(({ id, act, timestamp, hidden }): ChannelNotification => {
    const base = { id: String(id), channel, timestamp };
    if (hidden) return { ...base, state: 'quarantined', reason: 'ProofInvalid' };
    const content = {
      type: 'broadcast' as const,
      notification: { title: '', body: '' },
      data: { acta: '', aimg: '', amsg: '', asub: '', type: '1' },
      recipients: '',
      to: [],
    };
    return { ...base, id: `${id}/${act}`, state: 'verified', signedBy: 'key', digest: `act ${act}`, content };
  });

const acts = (items: readonly ChannelNotification[]): string[] =>
  items.map((item) => ('digest' in item ? item.digest : item.id));

it('a box depends on what came and not on its order, has each act once, and the newest first', () => {
  fc.assert(
    fc.property(fc.array(notification), fc.array(notification), (a, b) => {
      const joined = mergeNotifications(a, b);
      expect(acts(mergeNotifications(b, a)).length).toBe(joined.length);
      expect(mergeNotifications([], mergeNotifications(b, a)).map(({ timestamp }) => timestamp)).toEqual(
        joined.map(({ timestamp }) => timestamp),
      );
      expect(new Set(acts(joined)).size).toBe(joined.length);
      expect(mergeNotifications(joined, [...a, ...b])).toEqual(joined);
      const times = joined.map(({ timestamp }) => timestamp);
      expect(times).toEqual([...times].sort((x, y) => y - x));
    }),
  );
});
