import { forwardRef, type ReactNode } from 'react';
import { styled } from 'styled-components';
import type { AnnouncedWallet } from '../../hooks/wallets/announcedWallets.ts';
import type { WalletsView } from '../../hooks/wallets/useWallets.ts';
import { Button } from '../shared/Button.tsx';
import { Icon } from '../shared/Icon.tsx';
import { Placeholder } from '../shared/Placeholder.tsx';
import { plainLine } from '../shared/plainLine.ts';
import { Spinner } from '../shared/Spinner.tsx';
import { useBesideText } from '../text/useBesideText.ts';
import { ThemeFrame, type ThemeRootProps } from '../theme/ThemeRoot.tsx';

export interface WalletPickerProps
  extends Omit<ThemeRootProps, 'children'>, Pick<WalletsView, 'wallets' | 'connection' | 'connect' | 'disconnect'> {
  /** What stands there when the browser has no wallet, such as how to get one. */
  readonly empty?: ReactNode;
  /** Without effect: it is for `PushChatProvider`, and here so that all of `useWallets()` can be spread. */
  readonly signer?: WalletsView['signer'];
}

/**
 * Lets the user choose one of the wallets of this browser, and let go of it again.
 * @example <WalletPicker {...useWallets()} />
 */
export const WalletPicker = forwardRef<HTMLDivElement, WalletPickerProps>(function WalletPicker(
  { wallets, connection, connect, disconnect, signer: _signer, empty, theme, ...props },
  ref,
) {
  const t = useBesideText();
  const { status } = connection;
  return (
    <Root ref={ref} role="group" aria-label={t('wallets.title')} look={theme} {...props}>
      {status === 'connected' ? (
        <Connected>
          <WalletIcon icon={connection.wallet.icon} />
          <Words>
            <strong dir="auto">{walletName(connection.wallet)}</strong>
            <Address title={connection.address}>{shorten(connection.address)}</Address>
          </Words>
          <Button size="small" onClick={disconnect}>
            {t('wallets.disconnect')}
          </Button>
        </Connected>
      ) : wallets.length === 0 ? (
        (empty ?? (
          <Placeholder icon="lock" title={t('wallets.none.title')} tone="plain">
            <p>{t('wallets.none.text')}</p>
          </Placeholder>
        ))
      ) : (
        <Rows>
          {wallets.map((wallet) => {
            const name = walletName(wallet);
            const waiting = status === 'connecting' && connection.wallet === wallet;
            return (
              <li key={wallet.id}>
                <Row
                  type="button"
                  aria-disabled={waiting || undefined}
                  onClick={() => !waiting && void connect(wallet)}
                >
                  <WalletIcon icon={wallet.icon} />
                  <Words>
                    <span dir="auto">{name}</span>
                  </Words>
                  {waiting && <Spinner />}
                </Row>
              </li>
            );
          })}
        </Rows>
      )}
      <Status role="status">
        {status === 'connecting' && t('wallets.waiting', { name: walletName(connection.wallet) })}
      </Status>
      {status === 'failed' && (
        <Failure role="alert">
          {t(connection.error.code === 'WalletRejected' ? 'wallets.refused' : 'wallets.failed', {
            name: walletName(connection.wallet),
          })}
        </Failure>
      )}
    </Root>
  );
});

/** In `<img>` an SVG runs no script and loads nothing. */
function WalletIcon({ icon }: { readonly icon: string | undefined }): ReactNode {
  return <Tile>{icon === undefined ? <Icon name="lock" size={20} /> : <img src={icon} alt="" />}</Tile>;
}

const walletName = ({ name, rdns }: AnnouncedWallet): string => plainLine(name, 48) || plainLine(rdns, 48);
const shorten = (address: string): string => `${address.slice(0, 6)}…${address.slice(-4)}`;

const Root = styled(ThemeFrame)`
  display: grid;
  gap: 8px;
  min-width: 0;
`;

const Rows = styled.ul`
  display: grid;
  gap: 4px;
  margin: 0;
  padding: 0;
  list-style: none;
`;

const Row = styled.button`
  display: flex;
  align-items: center;
  gap: 12px;
  width: 100%;
  min-height: 56px;
  margin: 0;
  padding: 8px 12px;
  border: 0;
  border-radius: var(--pc-radius-md);
  background: var(--pc-color-fill);
  color: var(--pc-color-text);
  font: inherit;
  font-weight: 550;
  text-align: start;
  cursor: pointer;

  &:hover {
    background: var(--pc-color-fill-hover);
  }
  &[aria-disabled] {
    cursor: progress;
  }
  @media (forced-colors: active) {
    border: 1px solid;
  }
`;

const Connected = styled.div`
  display: flex;
  align-items: center;
  gap: 12px;
  min-height: 56px;
  padding: 8px 12px;
  border-radius: var(--pc-radius-md);
  background: var(--pc-color-surface-sunken);
`;

const Tile = styled.span`
  flex: none;
  display: grid;
  place-items: center;
  width: 40px;
  height: 40px;
  border-radius: var(--pc-radius-sm);
  overflow: hidden;
  background: var(--pc-color-surface);
  color: var(--pc-color-text-muted);

  & > img {
    width: 100%;
    height: 100%;
    object-fit: cover;
  }
`;

const Words = styled.span`
  flex: 1;
  display: grid;
  min-width: 0;
  overflow-wrap: anywhere;
  line-height: 20px;
`;

const Address = styled.span`
  color: var(--pc-color-text-muted);
  font-size: var(--pc-text-sm);
`;

const Status = styled.div`
  color: var(--pc-color-text-muted);
  font-size: var(--pc-text-sm);
  text-align: center;
  &:empty {
    display: none;
  }
`;

const Failure = styled.div`
  padding: 8px 12px;
  border-radius: var(--pc-radius-sm);
  background: var(--pc-color-danger-soft);
  font-size: var(--pc-text-sm);
`;
