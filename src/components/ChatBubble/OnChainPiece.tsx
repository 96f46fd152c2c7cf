import type { ReactNode } from 'react';
import { styled } from 'styled-components';
import { useText } from '../text/useText.ts';
import { CopyButton } from './CopyButton.tsx';
import type { OnChain } from './findOnChain.ts';
import { formatEther, type PaymentRequest } from './parsePayment.ts';

export interface OnChainPieceProps {
  readonly piece: OnChain;
}

/** Chains whose own coin is ether; an amount on any other is not called ETH. */
const ETHER_CHAINS: ReadonlySet<string> = new Set(
  '1 10 130 324 8453 42161 59144 534352 17000 560048 11155111'.split(' '),
);

/** An address, transaction hash or payment request that a message names: to read and to copy, never to follow. */
export function OnChainPiece({ piece }: OnChainPieceProps): ReactNode {
  const { t } = useText();
  switch (piece.kind) {
    case 'misspelt':
      return <span title={t('onChain.misspelt')}>{piece.text}</span>;
    case 'address':
      return <Chip whole={piece.address} label={t('onChain.copyAddress')} />;
    case 'hash':
      return <Chip whole={piece.text} label={t('onChain.copyHash')} />;
    case 'payment':
      return <Payment written={piece.text} request={piece.request} />;
  }
}

function Chip({ whole, label }: { readonly whole: string; readonly label: string }): ReactNode {
  const short = `${whole.slice(0, 6)}…${whole.slice(-4)}`;
  return (
    <Pill dir="ltr" data-pc-part="chip">
      <bdi title={whole}>{short}</bdi>
      <CopyButton text={whole} label={`${label} ${short}`} />
    </Pill>
  );
}

/** The receiver stands in full: its ends alone can be imitated. */
function Payment({ written, request }: { readonly written: string; readonly request: PaymentRequest }): ReactNode {
  const { t } = useText();
  const { to, chain, value } = request;
  const coin = chain !== undefined && ETHER_CHAINS.has(chain) ? 'ETH' : t('onChain.coin');
  return (
    <Card data-pc-part="payment-request">
      <Top>
        {t('onChain.request')} <CopyButton text={written} label={t('onChain.copyRequest')} />
      </Top>
      <Amount>{value === undefined ? t('onChain.anyAmount') : `${formatEther(value)} ${coin}`}</Amount>
      <Row>
        {t('onChain.to')} <Mono dir="ltr">{to}</Mono>
      </Row>
      <Row>
        {t('onChain.chain')} {chain ?? t('onChain.anyChain')}
      </Row>
    </Card>
  );
}

const Pill = styled.span`
  display: inline-flex;
  align-items: center;
  gap: 2px;
  max-width: 100%;
  padding-inline-start: 8px;
  border-radius: 12px;
  vertical-align: middle;
  white-space: nowrap;
  /* No fill: on an accent that just carries its text, any tint would take from the contrast. */
  box-shadow: inset 0 0 0 1px color-mix(in srgb, currentColor 35%, transparent);
  font-family: var(--pc-font-mono);
  font-size: 0.88em;
  line-height: 24px;
`;

const Card = styled.span`
  display: block;
  margin: 4px 0;
  padding: 8px 12px 10px;
  border-radius: var(--pc-radius-md);
  background: var(--pc-color-surface);
  color: var(--pc-color-text);
  box-shadow: inset 0 0 0 1px var(--pc-color-line);
  font-size: var(--pc-text-sm);
  line-height: 18px;
  white-space: normal;
`;

const Top = styled.span`
  display: flex;
  align-items: center;
  justify-content: space-between;
  gap: 8px;
  color: var(--pc-color-text-muted);
  font-weight: 550;
`;

const Amount = styled.span`
  display: block;
  margin-block-end: 4px;
  font-size: var(--pc-text-lg);
  font-weight: 600;
  line-height: 1.35;
`;

const Row = styled.span`
  display: block;
  color: var(--pc-color-text-muted);
`;

const Mono = styled.bdi`
  color: var(--pc-color-text);
  font-family: var(--pc-font-mono);
  overflow-wrap: anywhere;
`;
