import { ChatWindow, en, LocaleProvider } from '../../src/exports/index.ts';

/** Some texts in words of your own; the rest stays. */
export function OwnWords({ peer }: { readonly peer: string }) {
  return (
    <LocaleProvider locale={en} texts={{ 'composer.label': 'Your question' }}>
      <div style={{ height: 480 }}>
        <ChatWindow peer={peer} />
      </div>
    </LocaleProvider>
  );
}
