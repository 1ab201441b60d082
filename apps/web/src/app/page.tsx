import { Box, Group, Text, Title } from '@mantine/core';
import { useDocumentTitle } from '@mantine/hooks';
import classes from './page.module.css';

interface PageProps {
  readonly title: string;
  readonly lead?: React.ReactNode;
  readonly actions?: React.ReactNode;
  /** `wide` for lists with a rail, `normal` for everything that is read or filled in. */
  readonly width?: 'normal' | 'wide';
  readonly children: React.ReactNode;
}

/** The frame of a page: its title (also of the tab), its actions, its content. */
export function Page({ title, lead, actions, width = 'normal', children }: PageProps) {
  useDocumentTitle(`${title} · tradewatch`);
  return (
    <Box className={classes['page']} data-width={width}>
      <Group justify="space-between" align="flex-start" gap="sm" mb="lg">
        <Box flex="1 1 180px">
          <Title order={1}>{title}</Title>
          {lead !== undefined && (
            <Text c="dimmed" size="md" mt={4} maw={640}>
              {lead}
            </Text>
          )}
        </Box>
        {actions !== undefined && <Group gap="xs">{actions}</Group>}
      </Group>
      {children}
    </Box>
  );
}
