import { Anchor, Button, Group, Modal, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { createChannel, updateChannel, type Channel } from '../api/channels.ts';
import { SaveProblem } from '../app/save-problem.tsx';
import { useSave } from '../app/use-save.ts';

interface ChannelDialogProps {
  /** The channel to change; none to add one. */
  readonly channel: Channel | undefined;
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly onSaved?: (channel: Channel) => void;
}

export function ChannelDialog(props: ChannelDialogProps) {
  return (
    <Modal opened={props.isOpen} onClose={props.onClose} title={props.channel === undefined ? 'Add a Slack channel' : 'Edit the channel'} closeButtonProps={{ 'aria-label': 'Close' }}>
      <ChannelForm {...props} />
    </Modal>
  );
}

const fields = ['name', 'webhookUrl'];

function ChannelForm({ channel, onClose, onSaved }: ChannelDialogProps) {
  const form = useForm({
    initialValues: { name: channel?.name ?? '', webhookUrl: '' },
    validate: {
      name: (value) => (value.trim() === '' ? 'Give it the name of the Slack channel' : null),
      webhookUrl: (value) => (channel === undefined && value.trim() === '' ? 'Paste the webhook’s address' : null),
    },
  });
  const save = useSave({
    form,
    fields,
    save: ({ name, webhookUrl }: typeof form.values) => {
      const body = { name: name.trim(), type: 'slack', ...(webhookUrl.trim() === '' ? {} : { webhookUrl: webhookUrl.trim() }) } as const;
      return channel === undefined ? createChannel(body) : updateChannel(channel.id, body);
    },
    changes: ['channels'],
    done: channel === undefined ? 'Channel added' : 'Channel saved',
    onSaved: (saved) => {
      onSaved?.(saved);
      onClose();
    },
  });
  return (
    <form
      noValidate
      onSubmit={(event) => {
        // The dialog may stand inside another form, which must not be sent with it.
        event.stopPropagation();
        form.onSubmit((values) => save.mutate(values))(event);
      }}
    >
      <Stack gap="sm">
        <SaveProblem error={save.error} fields={fields} />
        <TextInput label="Name" placeholder="#trade-alerts" data-autofocus {...form.getInputProps('name')} />
        <TextInput
          label="Webhook address"
          type="url"
          autoComplete="off"
          placeholder={channel?.settings.webhookUrl ?? 'https://hooks.slack.com/services/…'}
          description={
            channel === undefined ? (
              <>
                In Slack: your app → Incoming Webhooks → Add New Webhook.{' '}
                <Anchor inherit href="https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks/" target="_blank" rel="noopener noreferrer">
                  How to make one
                </Anchor>
              </>
            ) : (
              'Leave it empty to keep the stored one.'
            )
          }
          {...form.getInputProps('webhookUrl')}
        />
        <Group justify="flex-end" gap="xs" mt="xs">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={save.isPending}>
            {channel === undefined ? 'Add the channel' : 'Save'}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
