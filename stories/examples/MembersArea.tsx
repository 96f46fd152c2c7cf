import type { ReactNode } from 'react';
import { UnlockPanel, useSession } from '../../src/exports/index.ts';

/** Your own page instead of a widget, once chat is unlocked. */
export function MembersArea({ children }: { readonly children: ReactNode }) {
  const { session } = useSession();
  return session.status === 'ready' ? children : <UnlockPanel />;
}
