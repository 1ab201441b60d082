import { Skeleton, Table, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getDelivery, type Delivery, type DeliveryAttempt } from '../api/deliveries.ts';
import { ProblemAlert } from '../app/problem-alert.tsx';
import { Time } from '../app/time.tsx';

/** Each try of one delivery, with what the channel answered. */
export function DeliveryAttempts({ delivery }: { readonly delivery: Delivery }) {
  const detail = useQuery({ queryKey: ['deliveries', 'one', delivery.id, delivery.state, delivery.attemptCount], queryFn: ({ signal }) => getDelivery(delivery.id, signal) });
  if (detail.isPending) return <Skeleton height={40} />;
  if (detail.isError) return <ProblemAlert error={detail.error} />;
  const { attempts } = detail.data;
  if (attempts.length === 0) return <Text size="sm" c="dimmed">Not tried yet; due <Time at={delivery.dueAt} />.</Text>;
  return (
    <Table.ScrollContainer minWidth={460}>
      <Table fz="xs" verticalSpacing={4} withRowBorders={false}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th w={50}>Try</Table.Th>
            <Table.Th w={110}>When</Table.Th>
            <Table.Th w={70}>Took</Table.Th>
            <Table.Th w={60}>HTTP</Table.Th>
            <Table.Th>Outcome</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {attempts.map((attempt) => (
            <Table.Tr key={attempt.attempt}>
              <Table.Td>{attempt.attempt}</Table.Td>
              <Table.Td>
                <Time at={attempt.startedAt} />
              </Table.Td>
              <Table.Td>{took(attempt)}</Table.Td>
              <Table.Td>{attempt.httpStatus ?? ''}</Table.Td>
              <Table.Td>
                {outcomeNames[attempt.outcome ?? ''] ?? attempt.outcome ?? 'under way'}
                {attempt.message !== null && attempt.outcome !== 'sent' && `: ${attempt.message}`}
                {attempt.errorCode !== null && <Text span size="xs" c="dimmed"> ({attempt.errorCode})</Text>}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

const outcomeNames: Readonly<Record<string, string>> = { sent: 'Sent', failed: 'Failed', retry: 'Failed, to be tried again', dead: 'Given up', 'gave-up': 'Given up' };

function took({ startedAt, finishedAt }: DeliveryAttempt): string {
  if (finishedAt === null) return '';
  const ms = Date.parse(finishedAt) - Date.parse(startedAt);
  return ms < 1_000 ? `${ms} ms` : `${(ms / 1_000).toFixed(1)} s`;
}
