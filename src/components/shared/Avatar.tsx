import { useMemo, type ReactNode } from 'react';
import { styled } from 'styled-components';
import type { AvatarProps } from '../parts/overrides.ts';
import { useSlots } from '../parts/usePart.ts';
import { drawBlocks } from './blockies.ts';

/** An account's picture: its own, or a pattern made from its address on this device. The name beside it says the rest. */
export function Avatar(props: AvatarProps): ReactNode {
  const { avatar: Picture = OwnAvatar } = useSlots();
  return <Picture {...props} />;
}

function OwnAvatar({ did, picture, size = 36 }: AvatarProps): ReactNode {
  const blocks = useMemo(() => drawBlocks(did), [did]);
  return (
    <Frame style={{ width: size, height: size }} aria-hidden="true">
      {picture?.startsWith('data:image/') ? (
        <img src={picture} alt="" width={size} height={size} />
      ) : (
        <svg viewBox="0 0 8 8" width={size} height={size} shapeRendering="crispEdges">
          <path d="M0 0h8v8H0z" fill={blocks.background} />
          <path d={blocks.path} fill={blocks.color} />
          <path d={blocks.spots} fill={blocks.spotColor} />
        </svg>
      )}
    </Frame>
  );
}

const Frame = styled.span`
  flex: none;
  display: block;
  position: relative;
  overflow: hidden;
  border-radius: 50%;
  background: var(--pc-color-fill);

  & > * {
    display: block;
    object-fit: cover;
  }
  &::after {
    content: '';
    position: absolute;
    inset: 0;
    border-radius: inherit;
    box-shadow: inset 0 0 0 1px rgb(128 128 128 / 0.18);
  }
`;
