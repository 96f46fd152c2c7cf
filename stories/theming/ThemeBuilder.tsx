import { useDeferredValue, useMemo, useState, type ReactNode } from 'react';
import { styled } from 'styled-components';
import { ChatList, ChatWindow, RequestList, ThemeRoot } from '../../src/exports/index.ts';
import type { Scheme } from '../../src/exports/theme.ts';
import { Live, Side } from '../support/Live.tsx';
import { busy } from '../support/scenes.ts';
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
    <Frame>
      <Columns>
        <section aria-label="Theme">
          <h1>Theme builder</h1>
          <p>One accent in, every colour out. Contrast is held unless you set a colour by hand.</p>
          <ThemeControls draft={draft} onChange={(change) => setDraft((before) => ({ ...before, ...change }))} />
        </section>
        <div>
          <ThemeRoot mode={shown.scheme} theme={theme} role="region" aria-label="Preview">
            <Preview>
              <Live scene={busy}>
                {({ alice, bob }) => (
                  <>
                    <Side user={alice} width={400} height={600}>
                      <ChatWindow peer={bob.did} />
                    </Side>
                    <Lists>
                      <Side user={alice} width={360} height={210}>
                        <ChatList />
                      </Side>
                      <Side user={alice} width={360} height={370}>
                        <RequestList />
                      </Side>
                    </Lists>
                  </>
                )}
              </Live>
            </Preview>
          </ThemeRoot>
          <Results>
            <ContrastTable theme={theme} />
            <ThemeExport theme={theme} />
          </Results>
        </div>
      </Columns>
    </Frame>
  );
}

const Frame = styled.main`
  container-type: inline-size;
  min-height: 100vh;
`;

const Columns = styled.div`
  display: grid;
  gap: 28px;
  padding: 24px 20px;

  @container (width >= 900px) {
    grid-template-columns: 272px minmax(0, 1fr);
    padding: 28px;
  }
  & h1 {
    margin: 0;
    font-size: var(--pc-text-xl);
    letter-spacing: -0.02em;
  }
  & section > p {
    margin: 4px 0 20px;
    color: var(--pc-color-text-muted);
    font-size: var(--pc-text-sm);
  }
  & > * {
    min-width: 0;
  }
  @container (width >= 900px) {
    & > section {
      position: sticky;
      top: 28px;
      align-self: start;
    }
  }
`;

const Preview = styled.div`
  display: flex;
  flex-wrap: wrap;
  justify-content: center;
  gap: 20px;
  min-height: 648px;
  padding: 24px;
  border-radius: 16px;
  background: var(--pc-color-surface-sunken);
  box-shadow: inset 0 0 0 1px var(--pc-color-line);

  @container (width < 500px) {
    padding: 12px;
  }
`;

const Lists = styled.div`
  display: grid;
  gap: 20px;
  align-content: start;

  & > div {
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
