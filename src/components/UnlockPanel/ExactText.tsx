import type { ReactNode } from 'react';
import { styled } from 'styled-components';
import { useText } from '../text/useText.ts';

/** The very words that the wallet shows, so that whoever asks for something else is found out. */
export function ExactText({ text }: { readonly text: string }): ReactNode {
  const { t } = useText();
  return (
    <Box>
      <figcaption>{t('unlock.exact')}</figcaption>
      <pre dir="ltr">{text}</pre>
      <p>{t('unlock.exact.text')}</p>
    </Box>
  );
}

const Box = styled.figure`
  margin: 18px 0 0;
  font-size: var(--pc-text-sm);
  line-height: 18px;

  & > figcaption {
    font-weight: 600;
  }
  & > pre {
    margin: 6px 0;
    padding: 10px 12px;
    border-radius: var(--pc-radius-md);
    background: var(--pc-color-surface-sunken);
    box-shadow: inset 0 0 0 1px var(--pc-color-line);
    font: 400 var(--pc-text-xs) / 17px var(--pc-font-mono);
    white-space: pre-wrap;
    overflow-wrap: anywhere;
  }
  & > p {
    margin: 0;
    color: var(--pc-color-text-muted);
  }
`;
