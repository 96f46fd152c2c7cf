import { useMemo, type ReactNode } from 'react';
import { styled } from 'styled-components';
import type { PlainContent } from '../../protocol/messageContent.ts';
import { Icon } from '../shared/Icon.tsx';
import { summarizeContent } from '../shared/summarize.ts';
import { formatBytes } from './formatBytes.ts';
import { parseMedia, type Media } from './parseMedia.ts';
import { VisuallyHidden } from '../shared/VisuallyHidden.tsx';
import { useText } from '../text/useText.ts';

export interface BubbleMediaProps {
  readonly content: PlainContent;
}

/** A picture, sound, film or file that came within the message. Nothing is ever fetched for it. */
export function BubbleMedia({ content }: BubbleMediaProps): ReactNode {
  const media = useMemo(() => parseMedia(content), [content]);
  const { t } = useText();
  if (!media) return <Quiet>{t('bubble.unsafe', { kind: summarizeContent(content, t) })}</Quiet>;
  switch (media.kind) {
    case 'image':
      return <Picture src={media.url} alt={media.name || t('kind.Image')} decoding="async" />;
    case 'video':
      return <Film src={media.url} controls preload="metadata" aria-label={media.name || t('kind.Video')} />;
    case 'audio':
      return <Sound src={media.url} controls preload="metadata" aria-label={media.name || t('kind.Audio')} />;
    case 'file':
      return <FileRow media={media} />;
  }
}

function FileRow({ media: { url, name, bytes } }: { readonly media: Media }): ReactNode {
  const { t, tag } = useText();
  const shown = name || t('kind.File');
  return (
    <Row href={url} download={name || 'file'} rel="noopener noreferrer">
      <VisuallyHidden>{t('bubble.download')} </VisuallyHidden>
      <Tile>
        <Icon name="file" size={20} />
      </Tile>
      <Label>
        <Name>
          <bdi>{shown}</bdi>
        </Name>
        <Size>{formatBytes(bytes, tag)}</Size>
      </Label>
      <Icon name="download" />
    </Row>
  );
}

const Quiet = styled.span`
  opacity: 0.86;
  font-style: italic;
`;

const Picture = styled.img`
  display: block;
  max-width: 100%;
  max-height: 360px;
  border-radius: calc(var(--pc-bubble-radius) - 4px);
`;

const Film = styled.video`
  display: block;
  max-width: 100%;
  max-height: 360px;
  border-radius: calc(var(--pc-bubble-radius) - 4px);
`;

const Sound = styled.audio`
  display: block;
  width: min(260px, 66cqi);
  max-width: 100%;
  height: 44px;
`;

const Row = styled.a`
  display: flex;
  align-items: center;
  gap: 11px;
  max-width: 262px;
  min-height: var(--pc-target);
  color: inherit;
  text-decoration: none;
`;

const Tile = styled.span`
  flex: none;
  display: grid;
  place-items: center;
  width: 42px;
  height: 42px;
  border-radius: 11px;
  background: var(--pc-color-surface);
  color: var(--pc-color-accent-text);
`;

const Label = styled.span`
  flex: 1;
  min-width: 0;
`;

const Name = styled.span`
  display: block;
  font-weight: 550;
  font-size: var(--pc-text-base);
  line-height: 18px;
  overflow-wrap: anywhere;
`;

const Size = styled.span`
  display: block;
  font-size: var(--pc-text-xs);
  line-height: 16px;
`;
