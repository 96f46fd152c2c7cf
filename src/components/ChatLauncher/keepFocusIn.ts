const REACHABLE =
  'a[href], button:not([disabled]), input:not([disabled]), textarea:not([disabled]), select:not([disabled]), [tabindex]:not([tabindex="-1"])';

/** Whether something covers all of the page: what lies under it is then out of reach. */
const coversPage = (element: HTMLElement): boolean => element.getBoundingClientRect().width >= window.innerWidth;

/** Sends the Tab key round within an element that covers the page; leaves it alone where the page can be seen. */
export function keepFocusIn(
  element: HTMLElement,
  event: { readonly shiftKey: boolean; readonly target: EventTarget; preventDefault: () => void },
): void {
  if (!coversPage(element)) return;
  const all = [...element.querySelectorAll<HTMLElement>(REACHABLE)].filter((one) => one.offsetParent !== null);
  const [first, last] = [all[0], all.at(-1)];
  const leaving = event.shiftKey ? event.target === first || event.target === element : event.target === last;
  if (!leaving) return;
  event.preventDefault();
  (event.shiftKey ? last : first)?.focus();
}
