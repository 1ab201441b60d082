import { ActionIcon, Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { IconChevronDown, IconRefresh } from '@tabler/icons-react';
import { Link } from 'react-router';
import { retryDelivery, type Delivery } from '../api/deliveries.ts';
import { useNow } from '../app/clock.ts';
import type { Names } from '../app/names.ts';
import { StateDot } from '../app/state-dot.tsx';
import { DevelopmentBadge } from '../app/tags.tsx';
import { Time } from '../app/time.tsx';
import classes from './deliveries.module.css';
import { DeliveryAttempts } from './delivery-attempts.tsx';
import { deliveryWords } from './delivery-words.ts';

export function DeliveryRow({ delivery, names }: { readonly delivery: Delivery; readonly names: Names }) {
  const { id, article, channel, subscription, developments, createdAt, state, errorMessage } = delivery;
  const [isOpen, details] = useDisclosure(false);
  const client = useQueryClient();
  const now = useNow();
  const retry = useMutation({
    mutationFn: () => retryDelivery(id),
    onSuccess: () => notifications.show({ message: 'It will be tried again now', color: 'brand' }),
    onError: (error) => notifications.show({ title: 'Not tried again', message: error.message, color: 'red' }),
    onSettled: () => client.invalidateQueries({ queryKey: ['deliveries'] }),
  });
  const title = article.title ?? 'An article that is no longer archived';
  const words = deliveryWords(delivery, now);
  return (
    <li className={classes['row']}>
      <div className={classes['state']}>
        <StateDot tone={words.tone}>
          <b>{words.headline}</b>
          <span>{words.detail}</span>
        </StateDot>
      </div>
      <div className={classes['what']}>
        <h2>
          <Link to={`/articles/${article.id}`}>{title}</Link>
        </h2>
        <p>
          {developments.map(({ kind, stage }) => (
            <DevelopmentBadge key={kind + stage} kind={kind} stage={stage} names={names} />
          ))}
          <span>
            <Link to={`/subscriptions/${subscription.id}`}>{subscription.name}</Link> → {channel.name} · raised <Time at={createdAt} />
          </span>
        </p>
        {state !== 'sent' && errorMessage !== null && <p className={classes['error']}>{errorMessage}</p>}
      </div>
      <div className={classes['actions']}>
        {state === 'dead' && (
          <Button size="xs" variant="default" loading={retry.isPending} leftSection={<IconRefresh size={14} aria-hidden />} onClick={() => retry.mutate()} aria-label={`Try again: ${title}`}>
            Try again
          </Button>
        )}
        <ActionIcon variant="subtle" color="gray" aria-expanded={isOpen} aria-controls={`attempts-${id}`} aria-label={`Tries of the delivery of ${title}`} onClick={details.toggle}>
          <IconChevronDown size={17} style={{ transform: isOpen ? 'rotate(180deg)' : undefined }} aria-hidden />
        </ActionIcon>
      </div>
      <div id={`attempts-${id}`} hidden={!isOpen} className={classes['attempts']}>
        {isOpen && <DeliveryAttempts delivery={delivery} />}
      </div>
    </li>
  );
}
