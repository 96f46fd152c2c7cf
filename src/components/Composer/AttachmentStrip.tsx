import type { ReactNode } from 'react';
import { styled } from 'styled-components';
import { formatBytes } from '../ChatBubble/formatBytes.ts';
import { Icon } from '../shared/Icon.tsx';
import { plainLine } from '../shared/plainLine.ts';
import { Spinner } from '../shared/Spinner.tsx';
import { useLateText } from '../text/useLateText.ts';
import { useText } from '../text/useText.ts';
import type { Attachment } from './attachmentsOf.ts';

export interface AttachmentStripProps {
  readonly list: readonly Attachment[];
  readonly remove: (id: number) => void;
}

/** The files that go with the next message. */
export function AttachmentStrip({ list, remove }: AttachmentStripProps): ReactNode {
  const { tag } = useText();
  const t = useLateText();
  return (
    <Root aria-label={t('attach.list')}>
      {list.map(({ id, name, size, content, preview }) => (
        <Tile key={id} data-picture={(preview !== undefined && content?.type === 'Image') || undefined}>
          {preview !== undefined && content?.type === 'Audio' ? (
            <Sound src={preview} controls preload="metadata" aria-label={plainLine(name, 60)} />
          ) : preview !== undefined ? (
            <img src={preview} alt={plainLine(name, 60)} />
          ) : (
            <>
              {content ? <Icon name="file" size={20} /> : <Spinner />}
              <span>
                <b>
                  <bdi>{plainLine(name, 60)}</bdi>
                </b>
                {content ? formatBytes(size, tag) : t('attach.preparing')}
              </span>
            </>
          )}
          <Remove
            type="button"
            aria-label={t('attach.remove', { name: plainLine(name, 60) })}
            onClick={() => remove(id)}
          >
            <Icon name="close" size={12} />
          </Remove>
        </Tile>
      ))}
    </Root>
  );
}

const Root = styled.ul`
  display: flex;
  gap: 10px;
  margin: 0;
  padding: 12px 14px 4px;
  overflow-x: auto;
  list-style: none;
`;

const Tile = styled.li`
  flex: none;
  display: flex;
  align-items: center;
  gap: 9px;
  position: relative;
  height: 58px;
  max-width: 250px;
  padding: 0 16px 0 12px;
  border-radius: var(--pc-radius-md);
  background: var(--pc-color-fill-pressed);
  font-size: var(--pc-text-xs);
  line-height: 16px;

  &[data-picture] {
    padding: 0;
  }
  & > img {
    width: 58px;
    height: 58px;
    border-radius: inherit;
    object-fit: cover;
  }
  & > span {
    min-width: 0;
  }
  & b {
    display: block;
    overflow: hidden;
    font-size: var(--pc-text-sm);
    font-weight: 570;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
`;

const Sound = styled.audio`
  width: 210px;
  height: 40px;
`;

const Remove = styled.button`
  position: absolute;
  inset-block-start: -8px;
  inset-inline-end: -8px;
  display: grid;
  place-items: center;
  width: 24px;
  height: 24px;
  margin: 0;
  padding: 0;
  border: 2px solid var(--pc-color-surface);
  border-radius: 50%;
  background: var(--pc-color-text);
  color: var(--pc-color-surface);
  cursor: pointer;
`;
