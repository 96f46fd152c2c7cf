import type { ReactNode } from 'react';
import { LateGroupPanel, LateReadersPanel } from '../groups/lateGroups.tsx';
import { late } from '../shared/late.tsx';
import { useChatWindow } from './chatWindowContext.ts';

const DetailsPanel = /* @__PURE__ */ late(async () => (await import('./onDemand.ts')).DetailsPanel);
const SafetyPanel = /* @__PURE__ */ late(async () => (await import('./onDemand.ts')).SafetyPanel);

/** What the user asked to see of the chat, or of a message. */
export function ChatWindowPanels(): ReactNode {
  const { panel, thread } = useChatWindow();
  if (panel?.kind === 'safety') return <SafetyPanel />;
  if (panel?.kind === 'group') return <LateGroupPanel />;
  const item = panel && 'id' in panel ? thread?.items.find(({ id }) => id === panel.id) : undefined;
  const Panel = panel?.kind === 'readers' ? LateReadersPanel : DetailsPanel;
  return item ? <Panel item={item} /> : null;
}
