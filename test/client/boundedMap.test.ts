import fc from 'fast-check';
import { expect, it } from 'vitest';
import { boundedMap } from '../../src/client/cache/boundedMap.ts';

it('RX-10 forgets what was unused for longest, by weight', () => {
  const map = boundedMap<string, string>(10, (text) => text.length);
  map.set('a', '1234');
  map.set('b', '1234');
  expect(map.get('a')).toBe('1234');
  map.set('c', '1234');
  expect([map.get('a'), map.get('b'), map.get('c')]).toEqual(['1234', undefined, '1234']);
  map.set('huge', 'x'.repeat(1_000));
  expect([map.get('a'), map.get('c'), map.get('huge')?.length]).toEqual([undefined, undefined, 1_000]);
  map.set('a', '1');
  expect([map.get('a'), map.get('huge')]).toEqual(['1', undefined]);
});

it('RX-10 property: never holds more than it may, and always what was set last', () => {
  const step = fc.record({ key: fc.integer({ min: 0, max: 20 }), weight: fc.integer({ min: 0, max: 40 }) });
  fc.assert(
    fc.property(fc.array(step), fc.integer({ min: 1, max: 100 }), (steps, most) => {
      const map = boundedMap<number, number>(most, (weight) => weight);
      for (const { key, weight } of steps) {
        map.set(key, weight);
        if (weight % 3 === 0) map.delete((key + 1) % 21);
        expect(map.get(key)).toBe(weight);
        const held = Array.from({ length: 21 }, (_, i) => map.get(i)).filter((value) => value !== undefined);
        const total = held.reduce((sum, value) => sum + value, 0);
        expect(total <= most || held.length === 1).toBe(true);
      }
    }),
  );
});
