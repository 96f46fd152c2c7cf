/** Lengths and times that follow from the theme's size, density and roundness; every one may be overridden by a host. */
export const SCALE_CSS = `
  --pc-text-2xs: calc(11px * var(--pc-size)); --pc-text-xs: calc(12px * var(--pc-size));
  --pc-text-sm: calc(13px * var(--pc-size)); --pc-text-base: calc(14px * var(--pc-size));
  --pc-text-md: calc(15px * var(--pc-size)); --pc-text-lg: calc(17px * var(--pc-size));
  --pc-text-xl: calc(20px * var(--pc-size)); --pc-text-emoji: calc(40px * var(--pc-size));
  --pc-space-1: calc(4px * var(--pc-density)); --pc-space-2: calc(8px * var(--pc-density));
  --pc-space-3: calc(12px * var(--pc-density)); --pc-space-4: calc(16px * var(--pc-density));
  --pc-space-5: calc(20px * var(--pc-density)); --pc-space-6: calc(24px * var(--pc-density));
  --pc-radius-sm: calc(8px * var(--pc-roundness)); --pc-radius-md: calc(12px * var(--pc-roundness));
  --pc-radius-lg: calc(16px * var(--pc-roundness));
  --pc-target: 36px;
  --pc-quick: 140ms; --pc-slow: 320ms;
  --pc-ease: cubic-bezier(0.2, 0, 0, 1); --pc-ease-enter: cubic-bezier(0.16, 1, 0.3, 1);
  --pc-header-height: 60px; --pc-list-row-height: calc(68px * var(--pc-density));
  --pc-bubble-me-bg: var(--pc-color-accent); --pc-bubble-me-text: var(--pc-color-on-accent);
  --pc-bubble-peer-bg: var(--pc-color-fill); --pc-bubble-peer-text: var(--pc-color-text);
  --pc-bubble-radius: calc(18px * var(--pc-roundness)); --pc-bubble-radius-join: calc(6px * var(--pc-roundness));
  --pc-bubble-max: 560px; --pc-composer-radius: calc(22px * var(--pc-roundness));
`;
