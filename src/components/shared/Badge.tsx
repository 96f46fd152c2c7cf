import { styled } from 'styled-components';

/** A number that asks for attention; `data-soft` where it only informs. */
export const Badge = styled.span`
  flex: none;
  display: inline-grid;
  place-items: center;
  position: relative;
  min-width: 20px;
  height: 20px;
  padding: 0 6px;
  border-radius: 10px;
  background: var(--pc-color-accent);
  color: var(--pc-color-on-accent);
  font-size: var(--pc-text-2xs);
  font-weight: 650;
  font-variant-numeric: tabular-nums;
  line-height: 1;

  &[data-soft] {
    background: var(--pc-color-accent-soft);
    color: var(--pc-color-accent-text);
  }

  @media (forced-colors: active) {
    border: 1px solid;
  }
`;
