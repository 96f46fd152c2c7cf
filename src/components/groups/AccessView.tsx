import type { ReactNode } from 'react';
import { styled } from 'styled-components';
import type { AccessCondition, AccessRules, AccessTree, GroupAccess } from '../../protocol/groups/accessRules.ts';
import { shortAddress } from '../shared/accountName.ts';
import { Icon } from '../shared/Icon.tsx';
import { parseDid } from '../../protocol/did.ts';
import { useText } from '../text/useText.ts';
import { useLateText, type LateTranslate } from '../text/useLateText.ts';

export interface AccessViewProps {
  /** Rules, and with `saidBy` whether this account meets them. */
  readonly access: AccessRules & Partial<GroupAccess>;
}

/** What a group asks for before it lets in or lets write, and whether this account has it. */
export function AccessView({ access }: AccessViewProps): ReactNode {
  const t = useLateText();
  const { entry, chat, saidBy } = access;
  return (
    <Root>
      <Place title={t('rules.entry')} tree={entry} />
      <Place title={t('rules.chat')} tree={chat} />
      {access.mayEnter !== undefined && (
        <Source>{saidBy === undefined ? t('rules.said') : t('rules.saidBy', { node: saidBy })}</Source>
      )}
    </Root>
  );
}

function Place({ title, tree }: { readonly title: string; readonly tree: AccessTree | null }): ReactNode {
  const t = useLateText();
  return (
    <section>
      <b>{title}</b>
      {tree ? <Conditions tree={tree} /> : <p>{t('rules.everybody')}</p>}
    </section>
  );
}

/** Conditions in words, as they are joined. */
export function Conditions({ tree }: { readonly tree: AccessTree }): ReactNode {
  return (
    <List>
      <Tree tree={tree} />
    </List>
  );
}

function Tree({ tree }: { readonly tree: AccessTree }): ReactNode {
  const t = useLateText();
  const { tag } = useText();
  if ('condition' in tree) {
    return (
      <li data-met={tree.met ?? undefined}>
        <Icon name={tree.met === null ? 'minus' : tree.met ? 'check' : 'close'} size={16} />
        <span>
          {say(tree.condition, t, tag)}
          {tree.met !== null && <Met> · {t(tree.met ? 'rules.met' : 'rules.unmet')}</Met>}
        </span>
      </li>
    );
  }
  const [only] = tree.of;
  if (tree.of.length === 1 && only) return <Tree tree={only} />;
  return (
    <li data-met={tree.met ?? undefined}>
      <span>
        {t(tree.join === 'any' ? 'rules.any' : 'rules.all')}
        <ul>
          {tree.of.map((inner, place) => (
            <Tree key={place} tree={inner} />
          ))}
        </ul>
      </span>
    </li>
  );
}

const SIGNS = { '>': '>', '<': '<', '>=': '≥', '<=': '≤', '==': '=', '!=': '≠' } as const;
const CHAINS: Readonly<Record<number, string>> = {
  1: 'Ethereum',
  10: 'OP Mainnet',
  56: 'BNB Smart Chain',
  137: 'Polygon',
  8453: 'Base',
  42161: 'Arbitrum One',
};

/** A chain by the name that people know, or its EIP-155 id. */
export const chainName = (chain: number): string => CHAINS[chain] ?? String(chain);
export const KNOWN_CHAINS = Object.keys(CHAINS).map(Number);

/** A condition in words. */
function say(condition: AccessCondition, t: LateTranslate, tag: string | undefined): string {
  switch (condition.kind) {
    case 'erc20':
    case 'erc721': {
      const { kind, amount, comparison, contract, chain } = condition;
      return t(`rules.is.${kind}`, {
        amount: `${SIGNS[comparison]} ${amount.toLocaleString(tag)}`,
        contract: shortAddress(parseDid(contract)),
        chain: chainName(chain),
      });
    }
    case 'invite':
      return t('rules.is.invite');
    case 'endpoint':
      return t('rules.is.endpoint', { host: condition.host });
    case 'guild':
      return t('rules.is.guild', { guild: condition.guild, role: condition.role });
    case 'unknown':
      return t('rules.is.unknown');
  }
}

const Root = styled.div`
  display: grid;
  gap: 10px;
  margin-top: 10px;
  font-size: var(--pc-text-sm);
  line-height: 18px;

  & b {
    color: var(--pc-color-text);
    font-weight: 600;
  }
  & p {
    margin: 2px 0 0;
  }
`;

const List = styled.ul`
  &,
  & ul {
    display: grid;
    gap: 4px;
    margin: 4px 0 0;
    padding: 0;
    list-style: none;
  }
  & li {
    display: flex;
    gap: 8px;
    overflow-wrap: anywhere;
  }
  & li > svg {
    margin-top: 1px;
  }
  & [data-met='true'] > svg {
    color: var(--pc-color-verified);
  }
  & [data-met='false'] > svg {
    color: var(--pc-color-danger);
  }
`;

const Met = styled.span`
  color: var(--pc-color-text-muted);
`;

const Source = styled.p`
  color: var(--pc-color-text-muted);
  font-size: var(--pc-text-xs);
`;
