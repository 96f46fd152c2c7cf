import type { ReactNode } from 'react';
import { styled } from 'styled-components';
import { ThemeRoot } from '../../components/theme/ThemeRoot.tsx';

/** What stands in a frame that no allowed page has connected. A frame that is about to be connected shows nothing yet. */
export const FrameRefused = ({ framed }: { readonly framed: boolean }): ReactNode => (
  <ThemeRoot>
    <Note data-framed={framed ? '' : undefined} role="status">
      This chat can be used only inside the pages that it was set up for.
    </Note>
  </ThemeRoot>
);

const Note = styled.p`
  margin: 0;
  padding: 24px;
  text-align: center;

  /* A page that is allowed connects within a moment. */
  @keyframes pc-refused {
    from {
      visibility: hidden;
    }
    to {
      visibility: visible;
    }
  }
  &[data-framed] {
    animation: pc-refused 1.5s step-end;
  }
`;
