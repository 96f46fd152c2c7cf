import { useCallback, useEffect, useState, type ComponentType, type ReactNode } from 'react';
import { styled } from 'styled-components';
import { Button } from '../shared/Button.tsx';
import { useLauncherText } from '../text/useLauncherText.ts';
import type { LauncherContentProps } from './LauncherContent.tsx';

interface Loaded {
  readonly Content: ComponentType<LauncherContentProps>;
}

/** Once it is there it is drawn at once. */
let kept: Loaded | undefined;

const load = async (): Promise<Loaded> =>
  (kept ??= { Content: (await import('./LauncherContent.tsx')).LauncherContent });

/** Begins to load what the launcher opens, so that it is there when it is opened. */
export const loadContent = (): void => {
  load().catch(() => undefined);
};

/** What the launcher opens, as soon as it is loaded. */
export function LateContent(props: LauncherContentProps): ReactNode {
  const t = useLauncherText();
  const [loaded, setLoaded] = useState<Loaded | 'failed' | undefined>(kept);
  const tryLoading = useCallback(() => load().then(setLoaded, () => setLoaded('failed')), []);
  useEffect(() => void tryLoading(), [tryLoading]);
  if (typeof loaded === 'object') return <loaded.Content {...props} />;
  return (
    <Middle role={loaded ? 'alert' : 'status'} aria-busy={!loaded}>
      {loaded ? (
        <>
          {t('launcher.failed')}
          <Button
            onClick={() => {
              setLoaded(undefined);
              void tryLoading();
            }}
          >
            {t('action.tryAgain')}
          </Button>
        </>
      ) : (
        t('launcher.loading')
      )}
    </Middle>
  );
}

const Middle = styled.div`
  display: grid;
  place-content: center;
  justify-items: center;
  gap: 12px;
  height: 100%;
  padding: 24px;
  color: var(--pc-color-text-muted);
  text-align: center;
`;
