import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createWorkQueue, type Urgency, type WorkQueue } from '../../src/client/workQueue.ts';
import type { Did } from '../../src/protocol/did.ts';

const [ANA, BEN, CAT] = ['ana', 'ben', 'cat'] as unknown as [Did, Did, Did];

/** Work that goes on when it is told to. */
function workbench(width = 1): {
  readonly queue: WorkQueue;
  readonly started: string[];
  readonly add: (name: string, peer: Did, urgency: Urgency) => Promise<string>;
  readonly finish: () => Promise<void>;
} {
  const queue = createWorkQueue(() => width);
  const started: string[] = [];
  const open: (() => void)[] = [];
  return {
    queue,
    started,
    add: (name, peer, urgency) =>
      queue.run({ urgency, peer }, () => {
        started.push(name);
        return new Promise((resolve) => open.push(() => resolve(name)));
      }),
    finish: async () => {
      for (let next = open.shift(); next; next = open.shift()) {
        next();
        await new Promise(setImmediate);
      }
    },
  };
}

describe('the queue of work with keys', () => {
  it('RX-02 does first what is wanted first, and no more at once than it may', async () => {
    const { add, started, finish } = workbench(2);
    const all = [
      add('rest 1', ANA, 'rest'),
      add('rest 2', ANA, 'rest'),
      add('rest 3', ANA, 'rest'),
      add('list', BEN, 'list'),
      add('screen', ANA, 'screen'),
      add('live', CAT, 'live'),
    ];
    expect(started).toEqual(['rest 1', 'rest 2']);
    await finish();
    await Promise.all(all);
    expect(started.slice(2)).toEqual(['live', 'screen', 'list', 'rest 3']);
  });

  it('RX-03 lets a flood in one thread delay another by one message', async () => {
    const { add, started, finish } = workbench();
    const flood = Array.from({ length: 200 }, (_, i) => add(`flood ${i}`, ANA, 'screen'));
    const [first, second] = [add('first', BEN, 'screen'), add('second', BEN, 'screen')];
    await finish();
    await Promise.all([...flood, first, second]);
    expect(started.indexOf('first')).toBeLessThanOrEqual(2);
    expect(started.indexOf('second')).toBeLessThanOrEqual(4);
  });

  it('ST-06 leaves what nobody looks at any more, and only that', async () => {
    const { add, queue, started, finish } = workbench();
    const running = add('running', ANA, 'screen');
    const left = [add('row', ANA, 'screen'), add('rest', ANA, 'rest')];
    const kept = [add('live', ANA, 'live'), add('list', ANA, 'list'), add('other', BEN, 'rest')];
    queue.leave(ANA);
    for (const work of left) await expect(work).rejects.toMatchObject({ code: 'Aborted' });
    await finish();
    await Promise.all([running, ...kept]);
    expect(started).toEqual(['running', 'live', 'list', 'other']);
    const again = add('again', ANA, 'rest');
    await finish();
    expect(await again).toBe('again');
  });

  it('goes on after work that fails', async () => {
    const { queue } = workbench();
    const failing = queue.run({ urgency: 'live', peer: ANA }, () => Promise.reject(new Error('no')));
    const next = queue.run({ urgency: 'live', peer: ANA }, () => Promise.resolve('next'));
    await expect(failing).rejects.toThrow('no');
    expect(await next).toBe('next');
  });

  it('property: everything is done once or left, whatever comes when', async () => {
    const urgency = fc.constantFrom<Urgency>('live', 'screen', 'list', 'rest');
    const step = fc.record({ peer: fc.constantFrom(ANA, BEN, CAT), urgency, leaves: fc.boolean() });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 30 }), fc.integer({ min: 1, max: 3 }), async (steps, width) => {
        const { add, queue, started, finish } = workbench(width);
        const all = steps.map(({ peer, urgency, leaves }, i) => {
          const work = add(String(i), peer, urgency).catch(() => `left ${i}`);
          if (leaves) queue.leave(peer);
          return work;
        });
        await finish();
        const ends = await Promise.all(all);
        const done = ends.filter((end) => !end.startsWith('left'));
        expect(new Set(started)).toEqual(new Set(done));
        expect(started).toHaveLength(done.length);
      }),
      { numRuns: 50 },
    );
  });
});
