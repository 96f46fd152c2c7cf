import { useEffect, useImperativeHandle, useRef, type ForwardedRef } from 'react';
import { usePushChat } from '../../hooks/usePushChat.ts';

/** What a launcher tells its host. */
export interface LauncherEvents {
  /** How many chats have messages that were not read. */
  readonly unread: number;
  readonly open: undefined;
  readonly close: undefined;
}

/** What a host does with a launcher, by `ref`. */
export interface ChatLauncherHandle {
  readonly open: () => void;
  readonly close: () => void;
  readonly toggle: () => void;
  /** Opens the chat with an account. */
  readonly show: (peer: string) => void;
  /** Writes a draft for the user to send or change; for the chat that is open, or another one. Never sends. */
  readonly prefill: (text: string, peer?: string) => void;
  /** @returns takes it back */
  readonly on: <Name extends keyof LauncherEvents>(
    name: Name,
    listener: (value: LauncherEvents[Name]) => void,
  ) => () => void;
}

interface Launcher {
  readonly open: boolean;
  readonly setOpen: (open: boolean) => void;
  readonly show: (peer: string) => void;
  readonly peer: string | null;
  readonly unread: number;
}

type Listeners = Map<keyof LauncherEvents, Set<(value: never) => void>>;

/** Gives the host its handle, and tells it what happens. */
export function useLauncherHandle(ref: ForwardedRef<ChatLauncherHandle>, launcher: Launcher): void {
  const { open, setOpen, show, peer, unread } = launcher;
  const { setDraft } = usePushChat();
  const listeners = useRef<Listeners>(new Map());

  useImperativeHandle(
    ref,
    () => ({
      open: () => setOpen(true),
      close: () => setOpen(false),
      toggle: () => setOpen(!open),
      show: (next) => {
        show(next);
        setOpen(true);
      },
      prefill: (text, to = peer ?? undefined) => {
        if (to !== undefined) setDraft(to, text);
      },
      on: (name, listener) => {
        const all = listeners.current.get(name) ?? new Set();
        listeners.current.set(name, all);
        all.add(listener);
        return () => all.delete(listener);
      },
    }),
    [open, setOpen, show, peer, setDraft],
  );

  const tell = <Name extends keyof LauncherEvents>(name: Name, value: LauncherEvents[Name]): void => {
    for (const listener of listeners.current.get(name) ?? []) listener(value as never);
  };
  const before = useRef({ open, unread });
  useEffect(() => {
    const { current } = before;
    before.current = { open, unread };
    if (current.open !== open) tell(open ? 'open' : 'close', undefined);
    if (current.unread !== unread) tell('unread', unread);
  }, [open, unread]);
}
