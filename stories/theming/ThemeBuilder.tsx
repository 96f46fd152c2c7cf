import { useDeferredValue, useMemo, useState, type ReactNode } from 'react';
import { styled } from 'styled-components';
import { ChatList, ChatWindow, RequestList, ThemeRoot } from '../../src/exports/index.ts';
import type { Scheme } from '../../src/exports/theme.ts';
import type { TestUser } from '../../src/testing/testWorld.ts';
import { Live, Side } from '../support/Live.tsx';
import { busy } from '../support/scenes.ts';
import { Bench, Workbench } from '../support/Workbench.tsx';
import { ContrastTable } from './ContrastTable.tsx';
import { ThemeControls } from './ThemeControls.tsx';
import { FIRST_DRAFT, optionsOf, type ThemeDraft } from './themeDraft.ts';
import { ThemeExport } from './ThemeExport.tsx';

/** From one accent to a file in the host's project, with the components beside it. */
export function ThemeBuilder({ scheme }: { readonly scheme: Scheme }): ReactNode {
  const [draft, setDraft] = useState<ThemeDraft>({ ...FIRST_DRAFT, scheme });
  // A colour being dragged asks for many themes a second.
  const shown = useDeferredValue(draft);
  const theme = useMemo(() => optionsOf(shown), [shown]);
  return (
    <Workbench
      title="Theme builder"
      lead="One accent in, every colour out. Contrast is held unless you set a colour by hand."
      controls={<ThemeControls draft={draft} onChange={(change) => setDraft((before) => ({ ...before, ...change }))} />}
    >
      <ThemeRoot mode={shown.scheme} theme={theme} role="region" aria-label="Preview">
        <Bench>
          <Live scene={busy}>{({ alice, bob }) => <Preview user={alice} peer={bob.did} />}</Live>
        </Bench>
      </ThemeRoot>
      <Results>
        <ContrastTable theme={theme} />
        <ThemeExport theme={theme} />
      </Results>
    </Workbench>
  );
}

function Preview({ user, peer }: { readonly user: TestUser; readonly peer: string }): ReactNode {
  return (
    <>
      <Side user={user} width={400} height={600}>
        <ChatWindow peer={peer} />
      </Side>
      <Lists>
        <Side user={user} width={360} height={210}>
          <ChatList />
        </Side>
        <Side user={user} width={360} height={370}>
          <RequestList />
        </Side>
      </Lists>
    </>
  );
}

const Lists = styled.div`
  display: grid;
  gap: 20px;
  align-content: start;

  & > div {
    max-width: 100%;
    overflow: auto;
    border-radius: var(--pc-radius-lg);
    background: var(--pc-color-surface);
    box-shadow: 0 0 0 1px var(--pc-color-line);
  }
`;

const Results = styled.div`
  display: grid;
  gap: 28px;
  align-items: start;
  margin-top: 28px;

  @container (width >= 1180px) {
    grid-template-columns: 1fr 1fr;
  }
`;
