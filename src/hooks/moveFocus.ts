/** Moves the focus among the buttons of a list, menus left out, by arrow keys, Home and End. */
export function moveFocus(event: { readonly key: string; preventDefault(): void }, list: HTMLElement): void {
  const buttons = [...list.querySelectorAll<HTMLElement>('button:not([aria-haspopup], [role])')];
  const now = buttons.findIndex((button) => button.matches(':focus'));
  const targets: Readonly<Record<string, number>> = {
    ArrowDown: Math.min(now + 1, buttons.length - 1),
    ArrowUp: Math.max(now - 1, 0),
    Home: 0,
    End: buttons.length - 1,
  };
  const target = Object.hasOwn(targets, event.key) ? buttons[targets[event.key] ?? 0] : undefined;
  if (!target) return;
  event.preventDefault();
  target.focus();
}
