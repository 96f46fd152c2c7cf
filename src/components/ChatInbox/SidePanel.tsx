import { useEffect, useId, useRef, type KeyboardEvent, type ReactNode } from 'react';
import { styled } from 'styled-components';
import { usePart } from '../parts/usePart.ts';
import { IconButton } from '../shared/IconButton.tsx';
import { useText } from '../text/useText.ts';

export interface SidePanelProps {
  readonly title: string;
  readonly close: () => void;
  readonly children: ReactNode;
}

/** Stands in the place of the lists until it is left. */
export function SidePanel({ title, close, children }: SidePanelProps): ReactNode {
  const { t } = useText();
  const id = useId();
  const root = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const first = root.current?.querySelector<HTMLElement>('input') ?? root.current;
    first?.focus();
  }, []);
  const closeByKey = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    close();
  };
  const part = usePart('panel', { onKeyDown: closeByKey });
  return (
    <Root ref={root} role="dialog" aria-labelledby={id} tabIndex={-1} {...part}>
      <Head>
        <IconButton icon="arrowLeft" label={t('inbox.back')} onClick={close} />
        <strong id={id}>{title}</strong>
      </Head>
      <Body>{children}</Body>
    </Root>
  );
}

const Root = styled.div`
  display: flex;
  flex-direction: column;
  min-width: 0;
  min-height: 0;
  border-inline-end: 1px solid var(--pc-color-line);

  &:focus {
    outline: none;
  }
`;

const Head = styled.div`
  flex: none;
  display: flex;
  align-items: center;
  gap: 6px;
  height: var(--pc-header-height);
  padding-inline: 10px calc(10px + var(--pc-header-end, 0px));

  & > strong {
    font-size: var(--pc-text-lg);
    font-weight: 640;
    letter-spacing: -0.015em;
  }
`;

const Body = styled.div`
  flex: 1;
  display: flex;
  flex-direction: column;
  gap: 12px;
  min-height: 0;
  padding: 4px 16px 16px;
  overflow-y: auto;
  color: var(--pc-color-text-muted);
  font-size: var(--pc-text-base);
  line-height: 20px;

  & > p {
    margin: 0;
  }
`;
