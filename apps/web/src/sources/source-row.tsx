import { ActionIcon, Anchor, Button, Group, Switch, Tooltip } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { IconPencil, IconRefresh } from '@tabler/icons-react';
import { pollSource, updateSource, type Source, type SourceBody } from '../api/sources.ts';
import { useNow } from '../app/clock.ts';
import { AnchorLink } from '../app/links.tsx';
import { authorityNames, countryName, languageName } from '../app/names.ts';
import { StateDot } from '../app/state-dot.tsx';
import { kindNames } from './kind-names.ts';
import { healthWords, intervalWords, pollWords } from './health-words.ts';
import classes from './sources.module.css';

export function SourceRow({ source, onEdit }: { readonly source: Source; readonly onEdit: () => void }) {
  const { id, name, url, kind, authority, jurisdiction, language, interval, enabled, health, notes } = source;
  const client = useQueryClient();
  const now = useNow();
  const reload = () => client.invalidateQueries({ queryKey: ['sources'] });
  const poll = useMutation({
    mutationFn: () => pollSource(id),
    onSuccess: (outcome) => {
      notifications.show({ title: name, message: pollWords(outcome), color: outcome.outcome === 'failed' ? 'red' : 'brand' });
      if (outcome.newArticles > 0) void client.invalidateQueries({ queryKey: ['articles', 'newest'] });
    },
    onError: (error) => notifications.show({ title: `${name} was not polled`, message: error.message, color: 'red' }),
    onSettled: reload,
  });
  const enable = useMutation({
    mutationFn: (isEnabled: boolean) => updateSource(id, { ...bodyOf(source), enabled: isEnabled }),
    onSuccess: reload,
    onError: (error) => notifications.show({ title: `${name} was not changed`, message: error.message, color: 'red' }),
  });
  const isEnabled = enable.isPending ? enable.variables : enabled;
  const words = healthWords(health, now);
  return (
    <li className={classes['row']} aria-labelledby={`source-${id}`}>
      <div className={classes['who']}>
        <h2 id={`source-${id}`}>
          <Anchor inherit c="inherit" href={url} target="_blank" rel="noopener noreferrer" title={notes ?? url}>
            {name}
          </Anchor>
        </h2>
        <p>
          {authorityNames[authority] ?? authority} · {countryName(jurisdiction)} · {languageName(language)} · {kindNames[kind] ?? kind} · every {intervalWords(interval)}
        </p>
      </div>
      <div className={classes['health']}>
        <StateDot tone={words.tone}>
          <b>{words.headline}</b>
          <span>{words.detail}</span>
          {words.advice !== undefined && (
            <span className={classes['advice']}>
              <em>What you can do:</em> {words.advice}
            </span>
          )}
        </StateDot>
      </div>
      <div className={classes['count']}>
        {health.articleCount > 0 ? (
          <AnchorLink to={`/articles?source=${encodeURIComponent(id)}&relevant=all`} inherit>
            {health.articleCount.toLocaleString('en')} {health.articleCount === 1 ? 'article' : 'articles'}
          </AnchorLink>
        ) : (
          'No articles'
        )}
      </div>
      <Group gap={4} wrap="nowrap" justify="flex-end">
        <Button size="xs" variant="default" loading={poll.isPending} disabled={!isEnabled} leftSection={<IconRefresh size={14} aria-hidden />} onClick={() => poll.mutate()} aria-label={`Poll now: ${name}`}>
          Poll now
        </Button>
        <Tooltip label="Edit">
          <ActionIcon variant="subtle" color="gray" aria-label={`Edit ${name}`} onClick={onEdit}>
            <IconPencil size={17} stroke={1.7} />
          </ActionIcon>
        </Tooltip>
        <Switch size="sm" checked={isEnabled} disabled={enable.isPending} aria-label={`Poll ${name}`} onChange={(event) => enable.mutate(event.currentTarget.checked)} />
      </Group>
    </li>
  );
}

export function bodyOf({ health: _health, ...body }: Source): SourceBody {
  return body;
}
