import { Alert, Button, List, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { Problem } from '../api/problem.ts';

interface ProblemAlertProps {
  readonly error: Error;
  readonly onRetry?: () => void;
  /** Field errors a form already shows beside its fields. */
  readonly hideFields?: boolean;
}

/** An error in the server's own words, with what can be done about it. */
export function ProblemAlert({ error, onRetry, hideFields = false }: ProblemAlertProps) {
  const title = error instanceof Problem ? error.title : 'Something went wrong';
  const fields = error instanceof Problem && !hideFields ? error.errors.filter(({ field, message }) => error.message !== `${field}: ${message}`) : [];
  return (
    <Alert color="red" variant="light" role="alert" icon={<IconAlertTriangle aria-hidden />} title={title}>
      {error.message !== title && <Text size="sm">{error.message}</Text>}
      {fields.length > 0 && (
        <List size="sm" mt={4}>
          {fields.map(({ field, message }) => (
            <List.Item key={field + message}>
              <b>{field}</b>: {message}
            </List.Item>
          ))}
        </List>
      )}
      {onRetry !== undefined && (
        <Button size="xs" variant="default" mt="xs" onClick={onRetry}>
          Try again
        </Button>
      )}
    </Alert>
  );
}
