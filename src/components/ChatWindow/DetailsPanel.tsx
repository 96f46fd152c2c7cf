import { useState, type ReactNode } from 'react';
import { styled } from 'styled-components';
import type { ThreadItem } from '../../client/state.ts';
import { useVerification } from '../../hooks/useVerification.ts';
import { MESSAGE_CHECKS, type MessageCheck, type Verification } from '../../protocol/verification.ts';
import { isGroupId } from '../../protocol/peer.ts';
import { useAccount } from '../people/useAccount.ts';
import { explain } from '../ChatBubble/explain.ts';
import { Button } from '../shared/Button.tsx';
import { ErrorNote } from '../shared/ErrorNote.tsx';
import { Icon } from '../shared/Icon.tsx';
import { saveFile } from '../shared/saveFile.ts';
import { Time } from '../shared/Time.tsx';
import { VisuallyHidden } from '../shared/VisuallyHidden.tsx';
import { useLateRich, useLateText, type LateTranslate } from '../text/useLateText.ts';
import { useText, type TextView } from '../text/useText.ts';
import { useChatWindow } from './chatWindowContext.ts';
import { WindowPanel } from './WindowPanel.tsx';

/** Why a message is shown as it is: every check, in order, and the evidence to take away. */
export function DetailsPanel({ item }: { readonly item: ThreadItem }): ReactNode {
  const { peer, setPanel } = useChatWindow();
  const { t } = useText();
  const late = useLateText();
  const { verification, exportProof, exportState } = useVerification(item);
  const [saved, setSaved] = useState(false);
  const believed = item.state === 'verified' || item.state === 'signed';
  const close = (): void => setPanel(null);
  const save = async (): Promise<void> => {
    const proof = await exportProof();
    if (!proof) return;
    saveFile('push-chat-proof.json', 'application/json', JSON.stringify(proof, null, 2));
    setSaved(true);
  };
  return (
    <WindowPanel
      {...look(item, t, late)}
      close={close}
      actions={
        <>
          {exportState.status === 'failed' && <ErrorNote error={exportState.error} />}
          <VisuallyHidden role="status">{saved && late('details.saved')}</VisuallyHidden>
          {believed && !isGroupId(peer) && (
            <Button size="large" onClick={() => setPanel({ kind: 'safety' })}>
              {t('details.compare')}
            </Button>
          )}
          {believed && (
            <Button tone="quiet" size="large" busy={exportState.status === 'pending'} onClick={() => void save()}>
              {late('details.save')}
            </Button>
          )}
          <Button size="large" onClick={close}>
            {t('action.close')}
          </Button>
        </>
      }
    >
      {verification && <Checks item={item} verification={verification} />}
    </WindowPanel>
  );
}

function look(item: ThreadItem, t: TextView['t'], late: LateTranslate) {
  switch (item.state) {
    case 'verified':
      return {
        icon: 'shieldCheck',
        tone: 'verified',
        title: t('bubble.verified'),
        lead: late('details.passed'),
      } as const;
    case 'signed':
      return { icon: 'shield', title: late('details.signed'), lead: t('bubble.signed') } as const;
    case 'quarantined':
    case 'undecryptable': {
      const { title, reason } = explain(item, t);
      return {
        icon: item.state === 'quarantined' ? 'shieldAlert' : 'key',
        tone: 'warning',
        title,
        lead: reason,
      } as const;
    }
    default:
      return { icon: 'clock', title: t('bubble.pending'), lead: '' } as const;
  }
}

interface ChecksProps {
  readonly item: ThreadItem;
  readonly verification: Verification;
}

function Checks({ item, verification }: ChecksProps): ReactNode {
  const { peer } = useChatWindow();
  const late = useLateText();
  const { failed } = verification;
  const end = failed ? MESSAGE_CHECKS.indexOf(failed.check) : MESSAGE_CHECKS.length;
  return (
    <List>
      {MESSAGE_CHECKS.map((check, place) => {
        const state = place < end ? 'passed' : place === end ? 'failed' : 'unmade';
        return (
          <li key={check} data-state={state}>
            <Icon name={state === 'passed' ? 'check' : state === 'failed' ? 'alert' : 'minus'} size={16} />
            <div>
              <b>{late(check === 'parties' && isGroupId(peer) ? 'check.parties.group' : `check.${check}`)}</b>
              <VisuallyHidden>: {late(`check.${state}`)}.</VisuallyHidden>
              {state === 'passed' && <Fact check={check} item={item} verification={verification} />}
            </div>
          </li>
        );
      })}
    </List>
  );
}

function Fact({
  check,
  item,
  verification: { key, signedAt },
}: ChecksProps & { readonly check: MessageCheck }): ReactNode {
  const { peer } = useChatWindow();
  const { name } = useAccount(item.sender ?? peer);
  const t = useLateText();
  const rich = useLateRich();
  switch (check) {
    case 'id':
      return <Mono dir="ltr">{item.id}</Mono>;
    case 'key': {
      const whose = item.from === 'me' ? 'mine' : key?.attestedBy == null ? 'signed' : 'verified';
      return (
        <>
          <span>{rich(`check.key.${whose}`, { name })}</span>
          <Mono dir="ltr">{key?.fingerprint.toUpperCase().match(/.{4}/g)?.join(' ')}</Mono>
        </>
      );
    }
    case 'proof':
      return signedAt === null ? null : <Time value={signedAt} style="full" />;
    case 'content':
      return (
        <span>{t('encrypted' in item && item.encrypted ? 'check.content.encrypted' : 'check.content.plain')}</span>
      );
    default:
      return null;
  }
}

const List = styled.ul`
  margin: 18px 0 0;
  padding: 0;
  list-style: none;
  border-radius: var(--pc-radius-md);
  box-shadow: inset 0 0 0 1px var(--pc-color-line);
  font-size: var(--pc-text-sm);
  line-height: 18px;

  & > li {
    display: grid;
    grid-template-columns: 16px minmax(0, 1fr);
    gap: 12px;
    padding: 11px 14px;
  }
  & > li + li {
    border-top: 1px solid var(--pc-color-line);
  }
  & svg {
    margin-top: 1px;
    color: var(--pc-color-verified);
  }
  & [data-state='failed'] svg {
    color: var(--pc-color-danger);
  }
  & [data-state='unmade'] :is(svg, b) {
    color: var(--pc-color-text-muted);
  }
  & b {
    font-weight: 600;
  }
  & :is(span, time) {
    display: block;
    color: var(--pc-color-text-muted);
  }
`;

const Mono = styled.span`
  font-family: var(--pc-font-mono);
  font-size: var(--pc-text-xs);
  overflow-wrap: anywhere;
`;
