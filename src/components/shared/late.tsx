import { useCallback, useEffect, useState, type ComponentType, type ReactNode } from 'react';
import { styled } from 'styled-components';
import { useLauncherText } from '../text/useLauncherText.ts';
import { Button } from './Button.tsx';
import { Spinner } from './Spinner.tsx';

/**
 * A component that is loaded when it is first drawn, and drawn at once from then on.
 * @param quiet nothing stands in its place until then: it stands beside what matters more
 * @example const LatePanel = late(async () => (await import('./Panel.tsx')).Panel);
 */
export function late<Props extends object>(
  load: () => Promise<(props: Props) => ReactNode>,
  quiet = false,
): (props: Props) => ReactNode {
  let kept: { readonly Loaded: ComponentType<Props> } | undefined;
  return function Late(props) {
    const [loaded, setLoaded] = useState<typeof kept | 'failed'>(kept);
    const tryLoading = useCallback(
      () =>
        load().then(
          (Loaded) => setLoaded((kept = { Loaded })),
          () => setLoaded('failed'),
        ),
      [],
    );
    useEffect(() => void tryLoading(), [tryLoading]);
    if (typeof loaded === 'object') return <loaded.Loaded {...props} />;
    if (quiet) return null;
    const again = (): void => {
      setLoaded(undefined);
      void tryLoading();
    };
    return <Waiting retry={loaded && again} />;
  };
}

function Waiting({ retry }: { readonly retry: (() => void) | undefined }): ReactNode {
  const t = useLauncherText();
  if (!retry) {
    return (
      <Middle role="status" aria-busy aria-label={t('launcher.loading')}>
        <Spinner />
      </Middle>
    );
  }
  return (
    <Middle role="alert">
      {t('launcher.failed')}
      <Button onClick={retry}>{t('action.tryAgain')}</Button>
    </Middle>
  );
}

const Middle = styled.div`
  display: grid;
  place-content: center;
  justify-items: center;
  gap: 12px;
  min-height: 120px;
  padding: 24px;
  color: var(--pc-color-text-muted);
  text-align: center;
`;
