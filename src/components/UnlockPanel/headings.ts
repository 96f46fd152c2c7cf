import { styled } from 'styled-components';

export const Title = styled.strong`
  font-size: var(--pc-text-xl);
  font-weight: 650;
  letter-spacing: -0.02em;
  line-height: 26px;
`;

export const Lead = styled.p`
  margin: 6px 0 0;
  color: var(--pc-color-text-muted);
  font-size: var(--pc-text-base);
  line-height: 20px;
  text-wrap: pretty;
`;
