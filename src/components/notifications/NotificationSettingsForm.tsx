import { useContext, type ReactNode } from 'react';
import { styled } from 'styled-components';
import { useAction } from '../../hooks/useAction.ts';
import { useNotificationSettings } from '../../hooks/useNotificationSettings.ts';
import { usePushChat } from '../../hooks/usePushChat.ts';
import { ErrorNote } from '../shared/ErrorNote.tsx';
import { Icon } from '../shared/Icon.tsx';
import { Switch } from '../shared/Switch.tsx';
import { useLateText } from '../text/useLateText.ts';
import { NotificationsContext } from './notificationsContext.ts';

const MINUTES = 60;
/** From ten at night to seven, until the user says otherwise. */
const NIGHT = { from: 22 * MINUTES, to: 7 * MINUTES };

const clock = (minutes: number): string =>
  `${String(Math.floor(minutes / MINUTES)).padStart(2, '0')}:${String(minutes % MINUTES).padStart(2, '0')}`;

/** Undefined while the user has not written all of it. */
function minutesIn(text: string): number | undefined {
  const [, hours, minutes] = /^(\d\d):(\d\d)/.exec(text) ?? [];
  return hours === undefined ? undefined : Number(hours) * MINUTES + Number(minutes);
}

/** How the user wants to be notified: asked here, where they can see what for. */
export function NotificationSettingsForm(): ReactNode {
  const t = useLateText();
  const offered = useContext(NotificationsContext);
  const { settings, change, permit, turnOn, chime } = useNotificationSettings(offered?.platform);
  const { shown, sound, text, quiet } = settings;
  const [pushing, turnPush] = useAction(usePushChat().turnPush);
  const impossible = permit === 'denied' || permit === 'unsupported';
  return (
    <Root>
      <p>{t('notify.lead')}</p>
      <Card>
        <Switch
          label={t('notify.show')}
          hint={t('notify.show.text')}
          on={shown && permit === 'granted'}
          disabled={impossible}
          turn={(on) => (on ? void turnOn() : change({ shown: false }))}
        />
        {impossible && (
          <Note role="note">
            <Icon name="alert" size={16} />
            {t(permit === 'denied' ? 'notify.denied' : 'notify.unsupported')}
          </Note>
        )}
        <Switch label={t('notify.text')} hint={t('notify.text.text')} on={text} turn={(on) => change({ text: on })} />
      </Card>
      {offered?.push && permit !== 'unsupported' && (
        <Card>
          <Switch
            label={t('notify.push')}
            hint={t('notify.push.text')}
            on={settings.push}
            disabled={permit === 'denied' || pushing.status === 'pending'}
            turn={(on) => void turnPush(on)}
          />
          {pushing.status === 'failed' && <ErrorNote error={pushing.error} />}
        </Card>
      )}
      <Card>
        <Switch
          label={t('notify.sound')}
          hint={t('notify.sound.text')}
          on={sound}
          turn={(on) => {
            change({ sound: on });
            if (on) chime();
          }}
        />
      </Card>
      <Card>
        <Switch
          label={t('notify.quiet')}
          hint={t('notify.quiet.text')}
          on={quiet !== null}
          turn={(on) => change({ quiet: on ? NIGHT : null })}
        />
        {quiet && (
          <Hours role="group" aria-label={t('notify.quiet')}>
            {(['from', 'to'] as const).map((end) => (
              <label key={end}>
                {t(`notify.quiet.${end}`)}
                <input
                  type="time"
                  value={clock(quiet[end])}
                  onChange={(event) => {
                    const minutes = minutesIn(event.target.value);
                    if (minutes !== undefined) change({ quiet: { ...quiet, [end]: minutes } });
                  }}
                />
              </label>
            ))}
          </Hours>
        )}
      </Card>
    </Root>
  );
}

const Root = styled.div`
  display: grid;
  gap: 12px;
  color: var(--pc-color-text-muted);
  font-size: var(--pc-text-base);
  line-height: 20px;

  & > p {
    margin: 0;
  }
`;

const Card = styled.div`
  display: grid;
  gap: 14px;
  padding: 14px;
  border-radius: var(--pc-radius-md);
  box-shadow: inset 0 0 0 1px var(--pc-color-line);

  @media (forced-colors: active) {
    border: 1px solid;
  }
`;

const Note = styled.div`
  display: grid;
  grid-template-columns: 16px minmax(0, 1fr);
  gap: 8px;
  font-size: var(--pc-text-sm);
  line-height: 18px;

  & svg {
    margin-top: 1px;
    color: var(--pc-color-danger);
  }
`;

const Hours = styled.div`
  display: grid;
  grid-template-columns: repeat(auto-fit, minmax(110px, 1fr));
  gap: 10px;

  & > label {
    display: grid;
    gap: 4px;
    font-size: var(--pc-text-sm);
  }
  & input {
    min-height: max(40px, var(--pc-target));
    box-sizing: border-box;
    width: 100%;
    margin: 0;
    padding: 0 10px;
    border: 0;
    border-radius: calc(10px * var(--pc-roundness));
    background: var(--pc-color-fill);
    color: var(--pc-color-text);
    color-scheme: inherit;
    font: inherit;
    font-size: max(16px, var(--pc-text-base));
  }
  @media (forced-colors: active) {
    & input {
      border: 1px solid;
    }
  }
`;
