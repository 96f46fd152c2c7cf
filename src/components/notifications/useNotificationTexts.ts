import { useContext, useMemo } from 'react';
import type { NotificationTexts } from '../../client/notify/notificationLines.ts';
import { formatText } from '../text/formatText.ts';
import { LocaleContext } from '../text/localeContext.ts';

/** What notifications say in the language at hand; undefined for English, which whoever shows them knows. */
export function useNotificationTexts(): NotificationTexts | undefined {
  const locale = useContext(LocaleContext);
  return useMemo(() => {
    const from = locale?.texts['notify.from'];
    const other = locale?.texts['notify.other'];
    if (!locale || from === undefined || other === undefined) return undefined;
    return { from: (name, unread) => formatText(from, locale.tag, { name, count: unread }), other };
  }, [locale]);
}
