import { forwardRef, type ButtonHTMLAttributes } from 'react';
import { GlyphButton } from './GlyphButton.ts';
import { Icon, type IconName } from './Icon.tsx';

export interface IconButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  readonly icon: IconName;
  /** Its accessible name. */
  readonly label: string;
}

/** A button with a drawing in it, named for everybody by its label. */
export const IconButton = forwardRef<HTMLButtonElement, IconButtonProps>(function IconButton(
  { icon, label, ...props },
  ref,
) {
  return (
    <GlyphButton ref={ref} type="button" aria-label={label} title={label} {...props}>
      <Icon name={icon} size={20} />
    </GlyphButton>
  );
});
