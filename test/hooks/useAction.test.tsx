import { act, renderHook } from '@testing-library/react';
import { StrictMode } from 'react';
import { describe, expect, it, vi } from 'vitest';
import { PushChatError } from '../../src/errors.ts';
import { useAction } from '../../src/hooks/useAction.ts';

function deferred<Value>() {
  let resolve!: (value: Value) => void;
  let reject!: (error: unknown) => void;
  const promise = new Promise<Value>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  return { promise, resolve, reject };
}

describe('useAction', () => {
  it('WA-08 shares a run in flight: two calls are one, in StrictMode too', async () => {
    const first = deferred<string>();
    const command = vi.fn((_name: string) => first.promise);
    const { result } = renderHook(() => useAction(command), { wrapper: StrictMode });
    let runs: Promise<string | undefined>[] = [];
    act(() => {
      const [, run] = result.current;
      runs = [run('one'), run('two')];
    });
    expect(command.mock.calls).toEqual([['one']]);
    expect(result.current[0]).toEqual({ status: 'pending', args: ['one'] });
    await act(async () => {
      first.resolve('done');
      await Promise.all(runs);
    });
    expect(await Promise.all(runs)).toEqual(['done', 'done']);
    expect(result.current[0]).toEqual({ status: 'done', args: ['one'] });
  });

  it('keeps the typed error of a failure, never rejects, and can run again', async () => {
    const command = vi
      .fn<() => Promise<string>>()
      .mockRejectedValueOnce(new Error('outer', { cause: new PushChatError('WalletRejected', 'No.') }))
      .mockResolvedValueOnce('fine');
    const { result } = renderHook(() => useAction(command));
    await act(async () => expect(await result.current[1]()).toBeUndefined());
    expect(result.current[0]).toMatchObject({ status: 'failed', error: { code: 'WalletRejected' } });
    await act(async () => expect(await result.current[1]()).toBe('fine'));
    expect(result.current[0].status).toBe('done');
  });

  it('catches what a command throws at once', async () => {
    const { result } = renderHook(() =>
      useAction((): Promise<void> => {
        throw new PushChatError('InvalidAddress', 'Nobody.');
      }),
    );
    await act(async () => expect(await result.current[1]()).toBeUndefined());
    expect(result.current[0]).toMatchObject({ status: 'failed', error: { code: 'InvalidAddress' } });
  });

  it('runs another command beside one in flight, and then forgets how the old one ends', async () => {
    const old = deferred<string>();
    const fresh = deferred<string>();
    const { result, rerender } = renderHook(({ command }) => useAction(command), {
      initialProps: { command: () => old.promise },
    });
    act(() => void result.current[1]());
    rerender({ command: () => fresh.promise });
    act(() => void result.current[1]());
    await act(async () => {
      fresh.resolve('new');
      old.reject(new PushChatError('NotFound', 'Too late.'));
      await fresh.promise;
    });
    expect(result.current[0].status).toBe('done');
  });
});
