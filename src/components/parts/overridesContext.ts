import { createContext, useContext, useMemo } from 'react';
import type { Overrides } from './overrides.ts';

export const OverridesContext = /* @__PURE__ */ createContext<Overrides>({});
/** The overrides from further out with these over them. */
export function useMergedOverrides({ classNames, slotProps, slots }: Overrides): Overrides {
  const outer = useContext(OverridesContext);
  return useMemo(
    () =>
      classNames === undefined && slotProps === undefined && slots === undefined
        ? outer
        : {
            classNames: { ...outer.classNames, ...classNames },
            slotProps: { ...outer.slotProps, ...slotProps },
            slots: { ...outer.slots, ...slots },
          },
    [outer, classNames, slotProps, slots],
  );
}
