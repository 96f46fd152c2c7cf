import { styled } from 'styled-components';

/** The frame of a button with a drawing in it. */
export const GlyphButton = styled.button`
  flex: none;
  display: inline-grid;
  place-items: center;
  width: var(--pc-target);
  height: var(--pc-target);
  margin: 0;
  padding: 0;
  border: 0;
  border-radius: calc(10px * var(--pc-roundness));
  background: none;
  color: var(--pc-color-text-muted);
  cursor: pointer;

  &:hover {
    background: var(--pc-color-fill);
    color: var(--pc-color-text);
  }
`;
