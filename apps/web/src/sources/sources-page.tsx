import { Button, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { IconPlus, IconRss } from '@tabler/icons-react';
import { useState } from 'react';
import { listSources, type Source } from '../api/sources.ts';
import { Empty } from '../app/empty.tsx';
import { ListSkeleton } from '../app/list-skeleton.tsx';
import { Page } from '../app/page.tsx';
import { ProblemAlert } from '../app/problem-alert.tsx';
import { ListMenu } from './list-menu.tsx';
import { SourceDialog } from './source-dialog.tsx';
import { SourceRow } from './source-row.tsx';
import classes from './sources.module.css';

/** Those that need somebody come first. */
const stateOrder = ['failing', 'silent', 'new', 'ok', 'disabled'];

export function SourcesPage() {
  const sources = useQuery({ queryKey: ['sources'], queryFn: ({ signal }) => listSources(signal), select: ({ items }) => items, refetchInterval: 15_000 });
  const [edited, setEdited] = useState<Source>();
  const [isOpen, dialog] = useDisclosure(false);
  const open = (source: Source | undefined) => {
    setEdited(source);
    dialog.open();
  };
  const items = sources.data?.toSorted((a, b) => stateOrder.indexOf(a.health.state) - stateOrder.indexOf(b.health.state) || a.name.localeCompare(b.name));
  const add = (
    <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => open(undefined)}>
      Add a source
    </Button>
  );
  const actions = (
    <>
      <ListMenu />
      {add}
    </>
  );
  return (
    <Page title="Sources" lead="The feeds and official pages that are polled, and how each is doing." actions={actions} width="wide">
      {sources.isPending && <ListSkeleton label="Loading sources" height={76} rows={7} />}
      {sources.isError && items === undefined && <ProblemAlert error={sources.error} onRetry={() => void sources.refetch()} />}
      {items?.length === 0 && <Empty icon={IconRss} title="No sources yet" hint="Add the address of a feed; its articles are tagged and searchable seconds after the first poll." action={add} />}
      {items !== undefined && items.length > 0 && (
        <>
          <Text size="sm" fw={600} mb="xs" component="output" display="block">
            {summary(items)}
          </Text>
          <ul className={classes['list']}>
            {items.map((source) => (
              <SourceRow key={source.id} source={source} onEdit={() => open(source)} />
            ))}
          </ul>
        </>
      )}
      <SourceDialog isOpen={isOpen} source={edited} onClose={dialog.close} />
    </Page>
  );
}

function summary(items: readonly Source[]): string {
  const count = (state: string) => items.filter(({ health }) => health.state === state).length;
  const parts = [`${items.length} ${items.length === 1 ? 'source' : 'sources'}`, `${count('ok')} working`];
  if (count('failing') > 0) parts.push(`${count('failing')} failing`);
  if (count('silent') > 0) parts.push(`${count('silent')} silent`);
  if (count('new') > 0) parts.push(`${count('new')} not polled yet`);
  if (count('disabled') > 0) parts.push(`${count('disabled')} switched off`);
  return parts.join(' · ');
}
