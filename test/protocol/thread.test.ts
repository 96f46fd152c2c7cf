import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inspectThread, type Inspection, type PlacedMessage } from '../../src/protocol/thread.ts';
import { formatBinding, isBoundTo, parseBinding, type Binding } from '../../src/protocol/binding.ts';
import { parseDid } from '../../src/protocol/did.ts';
import { didOf, openedByBob, sealed, text } from '../support/builders.ts';

const ID = 'ab'.repeat(16);
const LINK = `v2:${'c'.repeat(64)}`;
const bindingOf = (prev: string | null, seq: number): Binding => ({ to: 'x', chat: 'y', prev, seq, id: ID });

/** Messages 0, 1, 2, …, each after the one before, as two people write them by turns; numbered where told. */
const chain = (length: number, numbered = false): PlacedMessage[] =>
  Array.from({ length }, (_, i) => ({
    id: `m${i}`,
    from: i % 2 === 0 ? 'me' : 'peer',
    link: i === 0 ? null : `m${i - 1}`,
    ...(numbered && { binding: bindingOf(i === 0 ? null : `m${i - 1}`, Math.floor(i / 2) + 1) }),
  }));

const whole = { older: null };
const codes = (messages: PlacedMessage[], older: string | null = null): string[] =>
  inspectThread(messages, { older }).findings.map(({ code, before, missing }) =>
    missing === undefined ? `${code} before ${before}` : `${code}(${missing}) before ${before}`,
  );
const without = (messages: PlacedMessage[], ...gone: number[]): PlacedMessage[] =>
  messages.filter((_, i) => !gone.includes(i));

describe('inspectThread', () => {
  it('finds nothing in a thread that is whole, nor in its newest part', () => {
    expect(codes(chain(20, true))).toEqual([]);
    expect(codes(chain(20, true).slice(5), 'm5')).toEqual([]);
    expect(codes([])).toEqual([]);
  });

  it('CH-05 finds the place of a message that was taken out', () => {
    expect(codes(without(chain(6), 3))).toEqual(['HistoryGap before m4']);
    expect(codes(without(chain(6), 0))).toEqual(['HistoryGap before m1']);
  });

  it('CH-05 finds it, too, where what follows was linked anew, by what its senders say', () => {
    const relinked = without(chain(6, true), 3).map((message) =>
      message.id === 'm4' ? { ...message, link: 'm2' } : message,
    );
    expect(codes(relinked)).toEqual(['ChainBroken before m4', 'HistoryGap(1) before m5']);
  });

  it.each([
    ['itself', 'm3', ['LinkCycle before m3']],
    ['a later one', 'm5', ['LinkCycle before m3', 'LinkCycle before m4', 'LinkCycle before m5']],
    ['one that is not of this chat', 'elsewhere', ['HistoryGap before m3']],
    ['nothing, in the middle', null, ['ChainBroken before m3']],
  ])('CH-06 a message that links to %s is found, and the search ends', (_, link, found) => {
    expect(codes(chain(6).map((message) => (message.id === 'm3' ? { ...message, link } : message)))).toEqual(found);
  });

  it('says nothing of what is not read yet: up to where older pages go on', () => {
    const holed = without(chain(8), 1, 5);
    expect(codes(holed, 'm3')).toEqual(['HistoryGap before m6']);
    expect(codes(holed, 'm7')).toEqual([]);
    expect(codes(holed, 'elsewhere')).toEqual(['HistoryGap before m2', 'HistoryGap before m6']);
    const anew = chain(4).map((message) => (message.id === 'm1' ? { ...message, link: null } : message));
    expect(codes(anew)).toEqual(['ChainFork before m1']);
    expect(codes(anew, 'elsewhere')).toEqual(['ChainBroken before m1']);
  });

  it('CH-06 marks a circle alone, and not what leads into it', () => {
    const links: Record<string, string> = { m2: 'm3', m3: 'm4', m4: 'm3' };
    const linked = chain(6).map((message) => ({ ...message, link: links[message.id] ?? message.link }));
    expect(codes(linked)).toEqual(['ChainBroken before m2', 'LinkCycle before m3', 'LinkCycle before m4']);
  });

  it('CH-07 a message that its sender wrote after itself, or after a later one, is out of place', () => {
    const placed = (prev: string) =>
      chain(4).map((message) => (message.id === 'm2' ? { ...message, binding: bindingOf(prev, 1) } : message));
    expect(codes(placed('m2'))).toEqual(['ChainBroken before m2']);
    expect(codes(placed('m3'))).toEqual(['ChainBroken before m2']);
    expect(codes(placed('m0'))).toEqual([]);
  });

  it('CH-09 a fork says the least: what else is found there is told instead', () => {
    const fork = (seq: number): PlacedMessage[] => [
      { id: 'm0', from: 'me', link: null, binding: bindingOf(null, 1) },
      { id: 'm1', from: 'me', link: 'm0', binding: bindingOf('m0', 2) },
      { id: 'm2', from: 'me', link: 'm0', binding: bindingOf('m0', seq) },
    ];
    expect(codes(fork(3))).toEqual(['ChainFork before m2']);
    expect(codes(fork(6))).toEqual(['HistoryGap(3) before m2']);
  });

  it('tells two rewritten messages that stand apart, and a stretch of them once', () => {
    const rewritten = (...ids: string[]) =>
      chain(8).map((message) => (ids.includes(message.id) ? { ...message, link: null } : message));
    expect(codes(rewritten('m2', 'm3', 'm6'))).toEqual(['ChainBroken before m2', 'ChainBroken before m6']);
  });

  it('CH-09 records a fork: both stay, and only the later is marked', () => {
    const fork = [...chain(3), { id: 'm2b', from: 'me', link: 'm1' }, { id: 'm3', from: 'peer', link: 'm2b' }];
    expect(codes(fork)).toEqual(['ChainFork before m2b']);
    expect(
      codes([
        { id: 'a', from: 'me', link: null },
        { id: 'b', from: 'peer', link: null },
      ]),
    ).toEqual(['ChainFork before b']);
  });

  it('CH-13 finds a message that its sender wrote after one that is not before it, once for a stretch', () => {
    const rewritten = chain(8, true).map((message, i) =>
      i < 3 ? message : { ...message, binding: bindingOf(`v2:${String(i).repeat(64)}`, Math.floor(i / 2) + 1) },
    );
    expect(codes(rewritten)).toEqual(['ChainBroken before m3']);
    const turned = chain(4, true).map((message, i) =>
      i === 1 ? { ...message, binding: bindingOf('m3', 1) } : message,
    );
    expect(codes(turned)).toEqual(['ChainBroken before m1']);
    // Deeper than what is here, nothing can be told.
    expect(codes(rewritten.slice(1), 'm1')).toEqual([]);
  });

  it('CH-14 counts what was kept back by the numbers of its sender', () => {
    const withheld = [...chain(2, true), { id: 'm5', from: 'peer', link: 'm1', binding: bindingOf('m1', 4) }];
    expect(codes(withheld)).toEqual(['HistoryGap(2) before m5']);
  });

  it('takes no offence at devices that do not know of each other', () => {
    const devices = [1, 2, 2, 3, 1, 2, 4].map((seq, i) => ({
      id: `m${i}`,
      from: 'me',
      link: i === 0 ? null : `m${i - 1}`,
      binding: bindingOf(null, seq),
    }));
    expect(codes(devices)).toEqual([]);
  });

  it('CH-11 links that are odd in every way end in findings, never in an exception', () => {
    const link = fc.oneof(fc.constant(null), fc.constantFrom('', 'm0', 'm1', 'm2', '__proto__', 'x'.repeat(2_000)));
    const message = fc.record({
      id: fc.constantFrom('m0', 'm1', 'm2', 'm3', '__proto__', 'constructor'),
      from: fc.constantFrom('me', 'peer'),
      link,
      binding: fc.option(
        fc.record({ to: fc.string(), chat: fc.string(), prev: link, seq: fc.integer(), id: fc.string() }),
        { nil: undefined },
      ),
    });
    fc.assert(
      fc.property(
        fc.uniqueArray(message, { selector: ({ id }) => id, maxLength: 6 }),
        fc.option(fc.constantFrom('m0', 'm1', 'nowhere')),
        (messages, older) => {
          const { findings } = inspectThread(messages, { older });
          const ids = new Set<string>(messages.map(({ id }) => id));
          expect(findings.every(({ before }) => ids.has(before))).toBe(true);
          expect(new Set(findings.map(({ before }) => before)).size).toBe(findings.length);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('F8 the removal of any inner messages of any thread is found, once for each stretch', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 3, max: 40 }),
        fc.infiniteStream(fc.boolean()),
        fc.boolean(),
        (length, coin, numbered) => {
          const gone = new Set(Array.from({ length }, (_, i) => i).filter((i) => i < length - 1 && coin.next().value));
          const left = chain(length, numbered).filter((_, i) => !gone.has(i));
          const stretches = [...gone].filter((i) => !gone.has(i + 1)).length;
          const places = inspectThread(left, whole).findings.filter(({ code }) => code === 'HistoryGap');
          // A stretch shows before the message that follows it; by number it may show once more, at its sender's next.
          const after = new Set([...gone].filter((i) => !gone.has(i + 1)).map((i) => `m${i + 1}`));
          expect(places.filter(({ before }) => after.has(before)).length).toBe(stretches);
          if (!numbered) expect(places.length).toBe(stretches);
        },
      ),
    );
  });

  it('CH-15 takes linear time, however the links of 20,000 messages lie', () => {
    const length = 20_000;
    for (const link of [
      (i: number) => (i === 0 ? null : `m${i - 1}`),
      (i: number) => `m${(i + 1) % length}`,
      (i: number) => `m${(i * 7919) % length}`,
    ]) {
      let looks = 0;
      const messages = Array.from({ length }, (_, i) => ({
        id: `m${i}`,
        from: 'me',
        get link() {
          looks += 1;
          return link(i);
        },
      }));
      inspectThread(messages, whole);
      expect(looks).toBeLessThanOrEqual(6 * length);
    }
  });

  it('CH-15 looks at what is new alone when messages come after those that it knows', () => {
    const looked: string[] = [];
    const messages = chain(1_000).map(({ link, ...message }) => ({
      ...message,
      get link() {
        looked.push(message.id);
        return link;
      },
    }));
    const known = inspectThread(messages.slice(0, -2), whole);
    looked.length = 0;
    expect(inspectThread(messages, whole, known).findings).toEqual([]);
    expect([...new Set(looked)]).toEqual(['m998', 'm999']);
  });

  it('F8 an inspection that goes on finds what a new one would', () => {
    const ids = ['m0', 'm1', 'm2', 'm3', 'm4', 'm5', 'm6', 'm7'];
    const name = fc.oneof(fc.constant(null), fc.constantFrom(...ids), fc.constant('nowhere'));
    const message = fc.record({
      id: fc.constantFrom(...ids),
      from: fc.constantFrom('me', 'peer'),
      link: name,
      binding: fc.option(
        fc.record({ prev: name, seq: fc.nat(9) }).map(({ prev, seq }) => bindingOf(prev, seq)),
        { nil: undefined },
      ),
    });
    fc.assert(
      fc.property(
        // Most of them in order, so that many can go on.
        fc.uniqueArray(message, { selector: ({ id }) => id, maxLength: 8 }),
        fc.boolean(),
        fc.array(
          fc.record({
            from: fc.oneof({ weight: 5, arbitrary: fc.constant(0) }, fc.nat(2)),
            to: fc.nat(8),
            older: fc.oneof({ weight: 3, arbitrary: fc.constant(null) }, fc.constantFrom(...ids)),
          }),
          { maxLength: 5 },
        ),
        (messages, sorted, looks) => {
          if (sorted) messages.sort((a, b) => (a.id < b.id ? -1 : 1));
          let known: Inspection | undefined;
          for (const { from, to, older } of looks.sort((a, b) => a.to - b.to)) {
            const part = messages.slice(from, to);
            known = inspectThread(part, { older }, known);
            expect(known.findings).toEqual(inspectThread(part, { older }).findings);
          }
        },
      ),
      { numRuns: 2_000 },
    );
  });
});

describe('what a sender says of a message’s place', () => {
  const [alice, bob] = [parseDid(didOf('alice')), parseDid(didOf('bob'))];
  const place: Binding = { to: bob, chat: [alice, bob].sort().join('_'), prev: LINK, seq: 7, id: ID };

  it('survives the wire, and is read by nobody who does not know it', () => {
    expect(parseBinding(JSON.parse(JSON.stringify(formatBinding(place))))).toEqual(place);
    const { seq: _, ...unnumbered } = place;
    expect(parseBinding(formatBinding(unnumbered))).toEqual(unnumbered);
  });

  it.each([
    null,
    7,
    [],
    {},
    { ...formatBinding(place), v: 2 },
    { ...formatBinding(place), prev: '../x' },
    { ...formatBinding(place), seq: 1.5 },
    { ...formatBinding(place), id: 'x' },
    { ...formatBinding(place), id: `${place.id}0` },
    { ...formatBinding(place), id: `0${place.id}` },
    { ...formatBinding(place), id: [place.id] },
    { ...formatBinding(place), to: 5 },
    { ...formatBinding(place), chat: null },
    { ...formatBinding(place), prev: 5 },
    { ...formatBinding(place), prev: undefined },
    { ...formatBinding(place), seq: 0 },
    { ...formatBinding(place), seq: -1 },
  ])('PA-01 says nothing in the shape %j', (value) => {
    expect(parseBinding(value)).toBeUndefined();
  });

  it('G6 opens with its message where it fits', async () => {
    const opened = await openedByBob(await sealed(text('hi'), {}, { binding: place }));
    expect(opened).toMatchObject({ state: 'verified', content: text('hi'), binding: place, mirrorDiffers: false });
  });

  it('CH-02 hides a message that was written for another chat, or the other way round', async () => {
    for (const changes of [{ to: alice }, { chat: 'eip155:0x0' }, { to: parseDid(didOf('carol')) }]) {
      const opened = await openedByBob(await sealed(text('hi'), {}, { binding: { ...place, ...changes } }));
      expect(opened).toMatchObject({ state: 'quarantined', reason: 'ReceiverMismatch' });
    }
    expect(isBoundTo(place, { from: alice, to: bob })).toBe(true);
    expect(isBoundTo(place, { from: bob, to: alice })).toBe(false);
  });
});
