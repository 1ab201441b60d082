import { Box, Button, Menu } from '@mantine/core';
import { IconDownload, IconFileSpreadsheet, IconJson, IconRss } from '@tabler/icons-react';
import { exportAddress } from '../api/articles.ts';
import { apiQuery, type ArticleSearch } from './article-search.ts';

/** The same search as a file, or as a feed for another reader. */
export function ExportMenu({ search }: { readonly search: ArticleSearch }) {
  const query = apiQuery(search);
  return (
    <Menu position="bottom-end" width={220}>
      <Menu.Target>
        <Button variant="default" px="sm" aria-label="Export">
          <IconDownload size={16} aria-hidden />
          <Box component="span" visibleFrom="sm" ml={8}>
            Export
          </Box>
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item component="a" download href={exportAddress('csv', query)} leftSection={<IconFileSpreadsheet size={16} aria-hidden />}>
          Spreadsheet (CSV)
        </Menu.Item>
        <Menu.Item component="a" download href={exportAddress('ndjson', query)} leftSection={<IconJson size={16} aria-hidden />}>
          JSON lines
        </Menu.Item>
        <Menu.Item component="a" target="_blank" href={exportAddress('rss', query)} leftSection={<IconRss size={16} aria-hidden />}>
          RSS feed
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
