import type { ReactNode } from 'react';
import { styled } from 'styled-components';
import type { ThreadItem } from '../../client/state.ts';
import type { Did } from '../../protocol/did.ts';
import type { Joined } from '../ChatWindow/arrangeItems.ts';
import { useAccount } from '../people/useAccount.ts';
import { Avatar } from '../shared/Avatar.tsx';
import { textOf } from '../shared/summarize.ts';
import { VisuallyHidden } from '../shared/VisuallyHidden.tsx';
import { useLateText } from '../text/useLateText.ts';
import { mentions } from './mentions.ts';
import { useMe } from './useMe.ts';

export interface GroupSenderProps {
  readonly did: Did;
  readonly joined: Joined;
  readonly item: ThreadItem;
}

/** Who wrote a message of a group: by name above the first that stand together, by picture beside the last. */
export function GroupSender({ did, joined, item }: GroupSenderProps): ReactNode {
  const { name, picture } = useAccount(did);
  const me = useMe();
  const t = useLateText();
  const begins = joined === 'only' || joined === 'first';
  const ends = joined === 'only' || joined === 'last';
  const text = 'content' in item ? textOf(item.content) : undefined;
  const isMentioned = text !== undefined && me !== undefined && mentions(text, me.did, me.name);
  const said = <bdi>{name}</bdi>;
  return (
    <>
      {begins ? (
        <Name title={did} $hue={hueOf(did)}>
          {said}
        </Name>
      ) : (
        <VisuallyHidden>{said}</VisuallyHidden>
      )}
      {isMentioned && <Mention data-mention="">{t('mention.me')}</Mention>}
      {ends && (
        <Picture>
          <Avatar did={did} picture={picture} size={28} />
        </Picture>
      )}
    </>
  );
}

const HUES = 12;

/** The same for an account everywhere, so that a name is known by its colour too; in degrees. */
const hueOf = (did: Did): number => ((parseInt(did.slice(-4), 16) || 0) % HUES) * (360 / HUES);

const Name = styled.span<{ readonly $hue: number }>`
  padding-inline: 12px;
  /* The accent's lightness in a hue of their own, drawn towards the colour of text, so that it stays as readable. */
  color: var(--pc-color-text-muted);
  font-size: var(--pc-text-xs);
  font-weight: 600;
  line-height: 18px;

  @supports (color: oklch(from red l c h)) {
    color: color-mix(
      in oklab,
      oklch(from var(--pc-color-accent-text) l min(c, 0.13) calc(h + ${({ $hue }) => $hue})) 70%,
      var(--pc-color-text)
    );
  }
  @media (forced-colors: active) {
    color: inherit;
  }
`;

const Mention = styled.span`
  margin: 1px 0 3px;
  padding: 0 8px;
  border-radius: 8px;
  background: var(--pc-color-accent-soft);
  color: var(--pc-color-accent-text);
  font-size: var(--pc-text-xs);
  font-weight: 600;
  line-height: 18px;
`;

const Picture = styled.span`
  position: absolute;
  inset-inline-start: 0;
  /* Beside the bubble, above the line that says when. */
  inset-block-end: 20px;
`;
