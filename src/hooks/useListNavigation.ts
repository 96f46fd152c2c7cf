import type { KeyboardEvent } from 'react';
import { moveFocus } from './moveFocus.ts';

/** Going through a list of buttons by keys. */
export interface ListNavigation {
  /** For the list, such as a `ul`. */
  readonly getListProps: () => { readonly onKeyDown: (event: KeyboardEvent<HTMLElement>) => void };
  /** For the button of each row. */
  readonly getItemProps: (options: { readonly selected: boolean }) => {
    readonly type: 'button';
    readonly 'aria-current': true | undefined;
  };
}

const NAVIGATION: ListNavigation = {
  getListProps: () => ({ onKeyDown: (event) => moveFocus(event, event.currentTarget) }),
  getItemProps: ({ selected }) => ({ type: 'button', 'aria-current': selected || undefined }),
};

/**
 * Arrow keys, Home and End for a list of one's own markup, and the mark of the row that is open.
 * @example
 * const { getListProps, getItemProps } = useListNavigation();
 * <ul {...getListProps()}>{items.map((row) => <li key={row.peer}><button {...getItemProps({ selected })} /></li>)}</ul>
 */
export const useListNavigation = (): ListNavigation => NAVIGATION;
