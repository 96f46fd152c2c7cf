import type { PushChatClient } from '../PushChatClient.ts';

export interface BadgeOptions {
  /** Puts the count before the page's title, as in “(3) Home”. @default true */
  readonly title?: boolean | undefined;
  /** Puts a dot on the page's icon. @default true */
  readonly icon?: boolean | undefined;
  /** @default the page that this runs in */
  readonly document?: Document | undefined;
}

const BADGED = /^\(\d+\) /;

/**
 * Shows in the page's tab how many chats have something unread, until the returned stop is called, which leaves the page
 * as it was. Requests are not counted. For pages that want it: by itself this library changes nothing outside of its parts.
 */
export function badgePage(client: Pick<PushChatClient, 'store'>, options: BadgeOptions = {}): () => void {
  const { title = true, icon = true, document: page = document } = options;
  const unread = (): number => client.store.get().chats.items.filter((row) => row.unread > 0).length;
  const plain = (): string => page.title.replace(BADGED, '');
  const restoreIcon: { run?: () => void } = {};
  let shown = 0;

  const write = (): void => {
    const wanted = shown === 0 ? plain() : `(${shown}) ${plain()}`;
    if (title && page.title !== wanted) page.title = wanted;
  };
  const follow = (): void => {
    const count = unread();
    if (count === shown) return;
    const [before, now] = [shown > 0, count > 0];
    shown = count;
    write();
    if (!icon || before === now) return;
    if (now) restoreIcon.run = dotIcon(page);
    else restoreIcon.run?.();
  };

  // The page may change its title meanwhile, as when it shows another part of itself.
  const titles = new MutationObserver(write);
  if (title) titles.observe(page.head, { childList: true, characterData: true, subtree: true });
  const stop = client.store.subscribe(follow);
  follow();
  return () => {
    stop();
    titles.disconnect();
    if (shown > 0) restoreIcon.run?.();
    shown = 0;
    write();
  };
}

const SIZE = 32;
const DOT = 9;
const COLOR = '#e5484d';

/** Puts an icon with a dot before the page's own. @returns how to take it away */
function dotIcon(page: Document): () => void {
  const own = page.querySelector<HTMLLinkElement>('link[rel~="icon"]');
  const link = page.createElement('link');
  link.rel = 'icon';
  const hidden = own?.rel;
  let isOver = false;
  const draw = (picture?: HTMLImageElement): void => {
    const drawn = drawDot(page, picture);
    if (isOver || drawn === undefined) return;
    link.href = drawn;
    // Of several icons browsers take whichever they like.
    if (own) own.rel = '';
    page.head.append(link);
  };
  if (own?.href) {
    const picture = page.createElement('img');
    picture.onload = () => draw(picture);
    picture.onerror = () => draw();
    picture.src = own.href;
  } else draw();
  return () => {
    isOver = true;
    link.remove();
    if (own && hidden !== undefined) own.rel = hidden;
  };
}

/** Nothing where the page may not read its icon back, since it is another origin's. */
function drawDot(page: Document, picture?: HTMLImageElement): string | undefined {
  const canvas = page.createElement('canvas');
  canvas.width = SIZE;
  canvas.height = SIZE;
  const pen = canvas.getContext('2d');
  if (!pen) return undefined;
  try {
    if (picture) pen.drawImage(picture, 0, 0, SIZE, SIZE);
    pen.fillStyle = COLOR;
    pen.beginPath();
    pen.arc(SIZE - DOT, DOT, DOT, 0, 2 * Math.PI);
    pen.fill();
    return canvas.toDataURL();
  } catch {
    return undefined;
  }
}
