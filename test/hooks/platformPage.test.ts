import { expect, it, vi } from 'vitest';
import { platformPage } from '../../src/client/pageLife.ts';

it('NW-11 tells of each way back, and of nothing once nobody listens', () => {
  const visibility = vi.spyOn(document, 'visibilityState', 'get');
  const page = platformPage();
  let returns = 0;
  const stop = page.onReturn(() => (returns += 1));
  visibility.mockReturnValue('hidden');
  document.dispatchEvent(new Event('visibilitychange'));
  expect([returns, page.isHidden()]).toEqual([0, true]);
  visibility.mockReturnValue('visible');
  document.dispatchEvent(new Event('visibilitychange'));
  window.dispatchEvent(Object.assign(new Event('pageshow'), { persisted: false }));
  expect([returns, page.isHidden()]).toEqual([1, false]);
  window.dispatchEvent(Object.assign(new Event('pageshow'), { persisted: true }));
  window.dispatchEvent(new Event('online'));
  expect(returns).toBe(3);
  stop();
  for (const name of ['pageshow', 'online']) window.dispatchEvent(Object.assign(new Event(name), { persisted: true }));
  document.dispatchEvent(new Event('visibilitychange'));
  expect(returns).toBe(3);
  visibility.mockRestore();
});
