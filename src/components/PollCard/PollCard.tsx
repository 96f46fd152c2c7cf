import { forwardRef, useContext, useId, useState, type ReactNode } from 'react';
import { styled } from 'styled-components';
import { usePoll, type PollOptions, type PollView } from '../../hooks/polls/usePoll.ts';
import type { Poll } from '../../protocol/polls/poll.ts';
import { Button } from '../shared/Button.tsx';
import { LocaleContext } from '../text/localeContext.ts';
import { useLateText } from '../text/useLateText.ts';
import { ThemeFrame, type ThemeRootProps } from '../theme/ThemeRoot.tsx';
import { PollOption } from './PollOption.tsx';
import { PollVerdict } from './PollVerdict.tsx';

export interface PollCardProps extends Omit<ThemeRootProps, 'children'>, PollOptions {}

/**
 * A poll: votes while it is open, shows what came out, and, where its proofs are given, counts them again. Draws nothing
 * for a message that asks nothing.
 * @example <PollCard peer={peer} item={item} proofs={proofs} />
 */
export const PollCard = forwardRef<HTMLDivElement, PollCardProps>(function PollCard(
  { peer, item, proofs, theme, ...props },
  ref,
) {
  const view = usePoll({ peer, item, proofs });
  const title = useId();
  const { poll } = view;
  if (!poll) return null;
  return (
    <Root ref={ref} role="group" aria-labelledby={title} data-open={view.isOpen || undefined} look={theme} {...props}>
      <Question id={title} dir="auto">
        {poll.question}
      </Question>
      <Ballot view={view} poll={poll} />
      <PollVerdict recount={view.recount} />
    </Root>
  );
});

function Ballot({ view, poll }: { readonly view: PollView; readonly poll: Poll }): ReactNode {
  const { mayVote, isOpen, choice, vote, voting, published, recount } = view;
  const t = useLateText();
  const tag = useContext(LocaleContext)?.tag;
  const [picked, setPicked] = useState<number>();
  const name = useId();
  const chosen = picked ?? choice;
  const counts = published?.counts ?? (recount.status === 'counted' ? recount.recount.counts : undefined);
  const recounted = recount.status === 'counted' && recount.agrees === false ? recount.recount.counts : undefined;
  const total = counts?.reduce((sum, count) => sum + count, 0);
  const closes = new Date(poll.closes).toLocaleString(tag, { dateStyle: 'medium', timeStyle: 'short' });
  const submit = async (): Promise<void> => {
    if (chosen === undefined || chosen === choice || voting.status === 'pending') return;
    if ((await vote(chosen)) !== undefined) setPicked(undefined);
  };
  return (
    <Form
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <Options role={mayVote ? 'radiogroup' : 'list'} aria-label={poll.question}>
        {poll.options.map((option, index) => (
          <PollOption
            key={option}
            option={option}
            name={name}
            mayVote={mayVote}
            isChosen={chosen === index}
            isMine={choice === index}
            count={counts?.[index]}
            total={total}
            recounted={recounted?.[index]}
            onChoose={() => setPicked(index)}
          />
        ))}
      </Options>
      <Facts>
        {isOpen ? t('poll.until', { time: closes }) : t('poll.closed')}
        {total !== undefined && ` · ${t('poll.votes', { count: total })}`}
      </Facts>
      {mayVote && (
        <>
          <Note>{t('poll.public')}</Note>
          <Button
            type="submit"
            tone="primary"
            size="small"
            busy={voting.status === 'pending'}
            disabled={chosen === undefined || chosen === choice}
          >
            {t(choice === undefined ? 'poll.vote' : 'poll.change')}
          </Button>
        </>
      )}
      {voting.status === 'failed' && <Failure role="alert">{t('poll.failed')}</Failure>}
    </Form>
  );
}

const Root = styled(ThemeFrame)`
  display: grid;
  gap: 12px;
  min-width: 0;
  padding: 16px;
  border: 1px solid var(--pc-color-line);
  border-radius: var(--pc-radius-md);
  background: var(--pc-color-surface);
  color: var(--pc-color-text);
`;

const Question = styled.strong`
  font-weight: 600;
  overflow-wrap: anywhere;
  text-align: start;
`;

const Form = styled.form`
  display: grid;
  gap: 10px;
  justify-items: start;
  min-width: 0;
`;

const Options = styled.div`
  display: grid;
  gap: 6px;
  width: 100%;
  min-width: 0;
`;

const Facts = styled.span`
  font-size: var(--pc-text-sm);
  color: var(--pc-color-text-muted);
`;

const Note = styled(Facts)``;

const Failure = styled.span`
  font-size: var(--pc-text-sm);
  color: var(--pc-color-danger);
`;
