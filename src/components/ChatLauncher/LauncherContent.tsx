import type { ReactNode } from 'react';
import { ChatInbox } from '../ChatInbox/ChatInbox.tsx';
import { ChatWindow } from '../ChatWindow/ChatWindow.tsx';
import { SupportWindow, type SupportOptions } from './SupportWindow.tsx';

export interface LauncherContentProps {
  readonly peer: string | undefined;
  /** What the launcher is called. */
  readonly label: string | undefined;
  readonly support: SupportOptions | undefined;
  /** The chat that the inbox shows. */
  readonly shown: string | null;
  readonly onShow: (peer: string | null) => void;
}

/** What a launcher opens; loaded when somebody is about to. */
export function LauncherContent({ peer, label, support, shown, onShow }: LauncherContentProps): ReactNode {
  if (peer === undefined) return <ChatInbox peer={shown} onPeerChange={onShow} />;
  return support ? <SupportWindow peer={peer} label={label} support={support} /> : <ChatWindow peer={peer} />;
}
