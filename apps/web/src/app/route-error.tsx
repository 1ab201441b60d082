import { Button, Center, Stack, Text, Title } from '@mantine/core';
import { useRouteError } from 'react-router';

/** The last resort: a page's code did not load (offline, or the server was updated) or failed while drawing. */
export function RouteError() {
  const error = useRouteError();
  const isMissingCode = error instanceof TypeError && /import|module|fetch/i.test(error.message);
  return (
    <Center mih="60dvh" p="md">
      <Stack align="center" gap="sm" maw={460} ta="center" role="alert">
        <Title order={1}>{isMissingCode ? 'This page could not be loaded' : 'This page failed'}</Title>
        <Text c="dimmed">
          {isMissingCode ? 'The connection was lost, or tradewatch was updated while this tab was open.' : error instanceof Error ? error.message : 'An unexpected error stopped it.'}
        </Text>
        <Button onClick={() => window.location.reload()}>Reload</Button>
      </Stack>
    </Center>
  );
}
