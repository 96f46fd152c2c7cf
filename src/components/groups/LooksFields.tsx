import { useRef, useState, type ReactNode } from 'react';
import { styled } from 'styled-components';
import { asPushChatError, type PushChatError } from '../../errors.ts';
import { Button } from '../shared/Button.tsx';
import { ErrorNote } from '../shared/ErrorNote.tsx';
import { Icon } from '../shared/Icon.tsx';
import { useLateText } from '../text/useLateText.ts';
import { LabelledField, LabelledText } from './LabelledField.tsx';
import { squarePicture } from './squarePicture.ts';

/** How a group looks: what its admins write about it. */
export interface GroupLooks {
  readonly name: string;
  readonly description: string;
  /** A `data:` URL. */
  readonly picture: string | null;
}

/** Limits of the wire (protocol 5.1). */
const NAME = { least: 3, most: 50 };
const MOST_DESCRIPTION = 150;

export const hasName = ({ name }: GroupLooks): boolean => {
  const { length } = name.trim();
  return length >= NAME.least && length <= NAME.most;
};

export interface LooksFieldsProps {
  readonly looks: GroupLooks;
  readonly change: (looks: Partial<GroupLooks>) => void;
}

/** Name, description and picture of a group. */
export function LooksFields({ looks, change }: LooksFieldsProps): ReactNode {
  const t = useLateText();
  return (
    <>
      <PictureField picture={looks.picture} setPicture={(picture) => change({ picture })} />
      <LabelledField
        label={t('group.name')}
        hint={t('group.name.hint')}
        value={looks.name}
        maxLength={NAME.most}
        required
        onChange={(event) => change({ name: event.target.value })}
      />
      <LabelledText
        label={t('group.description')}
        value={looks.description}
        maxLength={MOST_DESCRIPTION}
        onChange={(event) => change({ description: event.target.value })}
      />
    </>
  );
}

interface PictureFieldProps {
  readonly picture: string | null;
  readonly setPicture: (picture: string | null) => void;
}

function PictureField({ picture, setPicture }: PictureFieldProps): ReactNode {
  const t = useLateText();
  const input = useRef<HTMLInputElement>(null);
  const [error, setError] = useState<PushChatError | null>(null);
  const take = async (file: File | undefined): Promise<void> => {
    if (!file) return;
    setError(null);
    try {
      setPicture(await squarePicture(file));
    } catch (thrown) {
      setError(asPushChatError(thrown));
    }
  };
  return (
    <Row>
      <Frame>
        {picture?.startsWith('data:image/') ? <img src={picture} alt="" /> : <Icon name="people" size={24} />}
      </Frame>
      <Button size="small" onClick={() => input.current?.click()}>
        {t('group.picture')}
      </Button>
      {picture !== null && (
        <Button size="small" tone="quiet" onClick={() => setPicture(null)}>
          {t('group.picture.remove')}
        </Button>
      )}
      <input
        ref={input}
        type="file"
        accept="image/*"
        hidden
        aria-label={t('group.picture')}
        onChange={(event) => {
          void take(event.target.files?.[0]);
          // The same file may be chosen again.
          event.target.value = '';
        }}
      />
      {error && <ErrorNote error={error} />}
    </Row>
  );
}

const Row = styled.div`
  display: flex;
  flex-wrap: wrap;
  align-items: center;
  gap: 8px;
`;

const Frame = styled.span`
  flex: none;
  display: grid;
  place-items: center;
  width: 56px;
  height: 56px;
  margin-inline-end: 4px;
  overflow: hidden;
  border-radius: 50%;
  background: var(--pc-color-accent-soft);
  color: var(--pc-color-accent-text);

  & > img {
    width: 100%;
    height: 100%;
    object-fit: cover;
  }
`;
