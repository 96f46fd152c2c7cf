import type { ReactNode } from 'react';
import { styled } from 'styled-components';
import type { Loading } from '../../client/state.ts';
import { Button } from '../shared/Button.tsx';
import { ErrorNote } from '../shared/ErrorNote.tsx';
import { useText } from '../text/useText.ts';

export interface OlderMessagesProps {
  readonly loading: Loading;
  readonly load: () => Promise<void>;
}

/** The way to what was written before; scrolling up takes it too. */
export function OlderMessages({ loading, load }: OlderMessagesProps): ReactNode {
  const { t } = useText();
  return (
    <Root>
      {loading.status === 'failed' && <ErrorNote error={loading.error} />}
      <Button size="small" busy={loading.status === 'loading'} onClick={() => void load()}>
        {t('thread.older')}
      </Button>
    </Root>
  );
}

const Root = styled.div`
  display: grid;
  justify-items: center;
  gap: 8px;
  padding-bottom: 8px;
`;
