import { Box, Button, FileButton, Group } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { IconDownload, IconUpload } from '@tabler/icons-react';
import { importSources, opmlAddress } from '../api/sources.ts';
import { importWords } from './health-words.ts';

/** Lists of feeds (OPML) in and out, as feed readers exchange them. */
export function ListMenu() {
  const client = useQueryClient();
  const take = useMutation({
    mutationFn: (file: File) => importSources(file),
    onSuccess: async (outcome, file) => {
      await client.invalidateQueries({ queryKey: ['sources'] });
      notifications.show({ title: file.name, message: importWords(outcome), color: outcome.refused.length > 0 ? 'orange' : 'brand', autoClose: outcome.refused.length > 0 ? false : 6000 });
    },
    onError: (error, file) => notifications.show({ title: `${file.name} was not imported`, message: error.message, color: 'red', autoClose: false }),
  });
  return (
    <Group gap="xs">
      <Button component="a" variant="default" px="sm" href={opmlAddress} download aria-label="Export as OPML">
        <IconDownload size={16} aria-hidden />
        <Box component="span" visibleFrom="sm" ml={8}>
          Export
        </Box>
      </Button>
      <FileButton accept=".opml,.xml,text/x-opml,text/xml,application/xml" onChange={(file) => file && take.mutate(file)}>
        {(props) => (
          <Button {...props} variant="default" px="sm" loading={take.isPending} aria-label="Import OPML">
            <IconUpload size={16} aria-hidden />
            <Box component="span" visibleFrom="sm" ml={8}>
              Import
            </Box>
          </Button>
        )}
      </FileButton>
    </Group>
  );
}
