import type { ReactNode } from 'react';
import { useChatWindow } from './chatWindowContext.ts';
import { DetailsPanel } from './DetailsPanel.tsx';
import { SafetyPanel } from './SafetyPanel.tsx';

/** What the user asked to see of the chat, or of a message. */
export function ChatWindowPanels(): ReactNode {
  const { panel, thread } = useChatWindow();
  if (panel?.kind === 'safety') return <SafetyPanel />;
  const item = panel?.kind === 'details' ? thread?.items.find(({ id }) => id === panel.id) : undefined;
  return item ? <DetailsPanel item={item} /> : null;
}
