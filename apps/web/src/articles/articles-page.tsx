import { Box, Button, Drawer, Group, Indicator, NativeSelect, Switch, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQueryClient } from '@tanstack/react-query';
import { IconAdjustmentsHorizontal, IconArrowUp, IconBellPlus } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import { useLocation } from 'react-router';
import { ButtonLink } from '../app/links.tsx';
import { useNames } from '../app/names.ts';
import { Page } from '../app/page.tsx';
import { useShortcuts } from '../app/shortcuts.ts';
import { articleListKey, useArticleList, useNewArticles } from './article-list-query.ts';
import { ArticleList } from './article-list.tsx';
import { activeFilters, writeSearch, type Sort } from './article-search.ts';
import classes from './articles-page.module.css';
import { ExportMenu } from './export-menu.tsx';
import { outsideCount } from './facet-options.ts';
import { FilterChips } from './filter-chips.tsx';
import { Filters } from './filters.tsx';
import { SearchBox } from './search-box.tsx';
import { useArticleSearch } from './use-article-search.ts';

/** The archive: search, filters, and the articles found. */
export function ArticlesPage() {
  const [search, change] = useArticleSearch();
  const names = useNames();
  const list = useArticleList(search);
  const first = list.data?.pages[0];
  const outside = search.isTradeOnly ? outsideCount(first?.facets) : 0;
  const newCount = useNewArticles(search, list.isPlaceholderData ? undefined : first?.total);
  const client = useQueryClient();
  const [isDrawerOpen, drawer] = useDisclosure(false);
  const box = useRef<HTMLInputElement>(null);
  const location = useLocation();
  const focusBox = () => {
    box.current?.focus();
    box.current?.select();
  };
  useShortcuts({ '/': focusBox });
  const isSearchAsked = (location.state as { focusSearch?: boolean } | null)?.focusSearch === true;
  useEffect(() => {
    if (!isSearchAsked) return;
    box.current?.focus();
    box.current?.select();
  }, [isSearchAsked]);
  const filterCount = activeFilters(search).length;
  const filters = <Filters search={search} facets={first?.facets} names={names} onChange={change} />;
  const showNew = async () => {
    await client.resetQueries({ queryKey: articleListKey(search) });
    window.scrollTo({ top: 0 });
  };
  return (
    <Page
      width="wide"
      title="Articles"
      actions={
        <>
          <ExportMenu search={search} />
          <ButtonLink variant="light" px="sm" aria-label="Get alerts for this search" to={`/subscriptions/new?${writeSearch(search)}`}>
            <IconBellPlus size={16} aria-hidden />
            <Box component="span" visibleFrom="sm" ml={8}>
              Get alerts for this
            </Box>
          </ButtonLink>
        </>
      }
    >
      <div className={classes['columns']}>
        <Box component="aside" className={classes['rail']} aria-label="Filters" visibleFrom="md">
          {!list.isError && filters}
        </Box>
        <div className={classes['found']}>
          <Group gap="xs" wrap="nowrap">
            <SearchBox ref={box} value={search.q} onSearch={(q) => change((current) => ({ ...current, q }), { replace: true })} onLeave={() => box.current?.blur()} />
            <Indicator label={filterCount} disabled={filterCount === 0} size={17} hiddenFrom="md">
              <Button size="md" px="sm" variant="default" onClick={drawer.open} aria-label={`Filters, ${filterCount} in force`}>
                <IconAdjustmentsHorizontal size={20} aria-hidden />
              </Button>
            </Indicator>
          </Group>
          <FilterChips search={search} facets={first?.facets} names={names} onChange={change} />
          <div className={classes['summary']}>
            <Text size="sm" fw={600} component="output" className={classes['total'] ?? ''}>
              {first === undefined ? ' ' : `${first.total.toLocaleString('en')} ${first.total === 1 ? 'article' : 'articles'}`}
            </Text>
            <Group gap="xs" wrap="nowrap">
              {outside > 0 && (
                <Text size="xs" c="dimmed">
                  {outside.toLocaleString('en')} more outside
                </Text>
              )}
              <Switch
                size="xs"
                label="Trade policy only"
                checked={search.isTradeOnly}
                onChange={(event) => {
                  const isTradeOnly = event.currentTarget.checked;
                  change((current) => ({ ...current, isTradeOnly }));
                }}
              />
            </Group>
            {search.q !== '' && (
              <NativeSelect
                size="xs"
                aria-label="Order"
                data={[{ value: 'newest', label: 'Newest first' }, { value: 'relevance', label: 'Best match first' }]}
                value={search.sort}
                onChange={(event) => {
                  const sort = event.currentTarget.value as Sort;
                  change((current) => ({ ...current, sort }));
                }}
              />
            )}
          </div>
          {newCount > 0 && (
            <Button fullWidth mb="xs" size="compact-md" variant="light" leftSection={<IconArrowUp size={15} aria-hidden />} onClick={() => void showNew()}>
              {newCount === 1 ? 'Show 1 new article' : `Show ${newCount} new articles`}
            </Button>
          )}
          <ArticleList list={list} search={search} names={names} outsideCount={outside} onChange={change} />
        </div>
      </div>
      <Drawer opened={isDrawerOpen} onClose={drawer.close} position="right" size="min(360px, 92vw)" title="Filters" closeButtonProps={{ 'aria-label': 'Close the filters' }}>
        {filters}
        <div className={classes['apply']}>
          <Button fullWidth size="md" onClick={drawer.close}>
            {first === undefined ? 'Show the articles' : `Show ${first.total.toLocaleString('en')} articles`}
          </Button>
        </div>
      </Drawer>
    </Page>
  );
}
