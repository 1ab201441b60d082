import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { ProblemAlert } from './problem-alert.tsx';

interface ConfirmProps {
  readonly isOpen: boolean;
  readonly title: string;
  /** What will be lost and what will stay. */
  readonly children: React.ReactNode;
  readonly action: string;
  readonly isBusy: boolean;
  readonly error: Error | null;
  readonly onConfirm: () => void;
  readonly onCancel: () => void;
}

/** Asks before something is lost for good. */
export function Confirm({ isOpen, title, children, action, isBusy, error, onConfirm, onCancel }: ConfirmProps) {
  return (
    <Modal opened={isOpen} onClose={onCancel} title={title} closeButtonProps={{ 'aria-label': 'Close' }}>
      <Stack gap="md">
        <Text size="sm">{children}</Text>
        {error !== null && <ProblemAlert error={error} />}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" data-autofocus onClick={onCancel}>
            Cancel
          </Button>
          <Button color="red" loading={isBusy} onClick={onConfirm}>
            {action}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
