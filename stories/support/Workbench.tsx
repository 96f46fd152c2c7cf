import type { ReactNode } from 'react';
import { styled } from 'styled-components';

export interface WorkbenchProps {
  readonly title: string;
  readonly lead: string;
  readonly controls: ReactNode;
  /** What the controls work on. */
  readonly children: ReactNode;
}

/** Controls, and what they change beside them; on a phone below. */
export function Workbench({ title, lead, controls, children }: WorkbenchProps): ReactNode {
  return (
    <Frame>
      <Columns>
        <section aria-label="Controls">
          <h1>{title}</h1>
          <p>{lead}</p>
          {controls}
        </section>
        <div>{children}</div>
      </Columns>
    </Frame>
  );
}

/** Where components stand on a workbench, as on a page. */
export const Bench = styled.div`
  display: flex;
  flex-wrap: wrap;
  justify-content: center;
  gap: 20px;
  min-height: 648px;
  padding: 24px;
  border-radius: 16px;
  background: var(--pc-color-surface-sunken);
  box-shadow: inset 0 0 0 1px var(--pc-color-line);

  & > *,
  & > * > * {
    max-width: 100%;
  }
  & h2 {
    margin: 0 0 8px;
    font-size: var(--pc-text-sm);
  }
  @container (width < 500px) {
    padding: 12px;
  }
`;

const Frame = styled.main`
  container-type: inline-size;
  min-height: 100vh;
`;

const Columns = styled.div`
  display: grid;
  gap: 28px;
  padding: 24px 20px;

  & h1 {
    margin: 0;
    font-size: var(--pc-text-xl);
    letter-spacing: -0.02em;
  }
  & > section > p {
    margin: 4px 0 20px;
    color: var(--pc-color-text-muted);
    font-size: var(--pc-text-sm);
    text-wrap: pretty;
  }
  & > * {
    min-width: 0;
  }
  @container (width >= 900px) {
    grid-template-columns: 272px minmax(0, 1fr);
    padding: 28px;

    & > section {
      position: sticky;
      top: 28px;
      align-self: start;
    }
  }
`;
