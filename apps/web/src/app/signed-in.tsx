import { Button, Center, Stack, Text, Title } from '@mantine/core';
import { Navigate, useLocation } from 'react-router';
import { signInAddress } from './return-address.ts';
import { useSession } from './session.ts';
import { Shell } from './shell.tsx';

/** Everything behind the sign-in: shows the app to who is signed in, and sends everyone else to the sign-in page and back. */
export function SignedIn() {
  const session = useSession();
  const location = useLocation();
  if (session.data === null) return <Navigate to={signInAddress(location)} replace />;
  if (session.isError) {
    return (
      <Center mih="100dvh" p="md">
        <Stack align="center" gap="sm" maw={420} ta="center" role="alert">
          <Title order={1}>tradewatch is not answering</Title>
          <Text c="dimmed">{session.error.message}</Text>
          <Button loading={session.isFetching} onClick={() => void session.refetch()}>
            Try again
          </Button>
        </Stack>
      </Center>
    );
  }
  return <Shell email={session.data?.email} />;
}
