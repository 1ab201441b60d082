import { Button, Group, Modal, Select, Stack, Switch, TagsInput, Textarea, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useDisclosure } from '@mantine/hooks';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { createSource, deleteSource, updateSource, type Source, type SourceBody } from '../api/sources.ts';
import { Confirm } from '../app/confirm.tsx';
import { authorityNames } from '../app/names.ts';
import { SaveProblem } from '../app/save-problem.tsx';
import { useSave } from '../app/use-save.ts';
import { addressHints, kindNames } from './kind-names.ts';
import { noSelectors, SelectorFields, selectorsOf } from './selector-fields.tsx';
import { bodyOf } from './source-row.tsx';

interface SourceDialogProps {
  /** The source to change; none to add one. */
  readonly source: Source | undefined;
  readonly isOpen: boolean;
  readonly onClose: () => void;
}

export function SourceDialog(props: SourceDialogProps) {
  return (
    <Modal size="lg" opened={props.isOpen} onClose={props.onClose} title={props.source === undefined ? 'Add a source' : `Edit ${props.source.name}`} closeButtonProps={{ 'aria-label': 'Close' }}>
      <SourceForm {...props} />
    </Modal>
  );
}

const selectorFields = Object.keys(noSelectors).map((part) => `selectors.${part}`);
const fields = ['name', 'id', 'url', 'fallbacks', 'kind', ...selectorFields, 'interval', 'jurisdiction', 'language', 'authority', 'folder', 'fullText', 'alertOnBackfill', 'enabled', 'notes'];
const fullTextModes = [{ value: 'auto', label: 'where the feed has a summary only' }, { value: 'always', label: 'of every article' }, { value: 'never', label: 'of none' }];

const newSource = { name: '', url: '', fallbacks: [] as string[], kind: 'rss', selectors: noSelectors, interval: '15m', jurisdiction: 'US', language: 'en', authority: 'press', alertOnBackfill: false, enabled: true, fullText: 'auto', pageSelectors: null as SourceBody['pageSelectors'], folder: '', notes: '' };

function SourceForm({ source, onClose }: SourceDialogProps) {
  const client = useQueryClient();
  const [isAsking, ask] = useDisclosure(false);
  const form = useForm({
    initialValues: source === undefined ? newSource : { ...bodyOf(source), selectors: { ...noSelectors, ...source.selectors }, fallbacks: [...source.fallbacks], folder: source.folder ?? '', notes: source.notes ?? '' },
    validate: {
      name: (value) => (value.trim() === '' ? 'Give it a name' : null),
      url: (value) => (value.trim() === '' ? 'Enter the source’s address' : null),
      selectors: { item: (value, { kind }) => (kind === 'html-list' && value.trim() === '' ? 'Say where an article of the list stands' : null) },
      interval: (value) => (/^\d+\s*[smhd]$/.test(value.trim()) ? null : 'Write it like 15m, 1h or 1d'),
    },
  });
  const save = useSave({
    form,
    fields,
    save: (values: typeof form.values) => {
      const { kind, name, url, interval, folder, notes } = values;
      const body: SourceBody = { ...values, name: name.trim(), url: url.trim(), selectors: selectorsOf(kind, values.selectors), interval: interval.trim(), folder: folder.trim() || null, notes: notes.trim() || null };
      return source === undefined ? createSource(body) : updateSource(source.id, body);
    },
    changes: ['sources'],
    done: source === undefined ? 'Source added; it is polled in a moment' : 'Source saved',
    onSaved: onClose,
  });
  const remove = useMutation({
    mutationFn: () => deleteSource(source?.id ?? ''),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['sources'] });
      onClose();
    },
  });
  const kindData = Object.entries({ ...kindNames, ...(source === undefined || source.kind in kindNames ? {} : { [source.kind]: source.kind }) });
  const { kind } = form.values;
  return (
    <form noValidate onSubmit={form.onSubmit((values) => save.mutate(values))}>
      <Stack gap="sm">
        <SaveProblem error={save.error} fields={source === undefined ? fields.filter((field) => field !== 'id') : fields} />
        <TextInput label="Name" placeholder="USTR press releases" data-autofocus {...form.getInputProps('name')} />
        <TextInput label="Address" type="url" placeholder="https://ustr.gov/rss.xml" description={addressHints[kind]} {...form.getInputProps('url')} />
        {kind === 'html-list' && <SelectorFields form={form} />}
        <TagsInput label="Fallback addresses" description="Tried in this order when the main one fails: of the same kind, or any feed. Enter adds one." acceptValueOnBlur {...form.getInputProps('fallbacks')} />
        <Group grow align="flex-start">
          <Select label="Kind" allowDeselect={false} data={kindData.map(([value, label]) => ({ value, label }))} {...form.getInputProps('kind')} />
          <TextInput label="Polled every" placeholder="15m" {...form.getInputProps('interval')} />
          <Select label="Published by" allowDeselect={false} data={Object.entries(authorityNames).map(([value, label]) => ({ value, label }))} {...form.getInputProps('authority')} />
        </Group>
        <Group grow align="flex-start">
          <TextInput label="Jurisdiction" description="Two letters, or EU" placeholder="US" maxLength={2} {...form.getInputProps('jurisdiction')} />
          <TextInput label="Language" description="Two letters" placeholder="en" maxLength={2} {...form.getInputProps('language')} />
        </Group>
        <TextInput label="Folder" description="Where it stands in lists of feeds; outer folders first, parted by /" placeholder="Canada/Official" {...form.getInputProps('folder')} />
        <Select label="Read the article’s page" description="The alert goes out with the summary; the full text follows." allowDeselect={false} data={fullTextModes} {...form.getInputProps('fullText')} />
        <Textarea label="Notes" autosize minRows={2} {...form.getInputProps('notes')} />
        <Switch label="Alert on what the first poll brings" description="Otherwise a new source alerts only on articles of the last 48 hours." {...form.getInputProps('alertOnBackfill', { type: 'checkbox' })} />
        <Switch label="Poll this source" {...form.getInputProps('enabled', { type: 'checkbox' })} />
        <Group justify="space-between" mt="xs">
          {source === undefined ? <span /> : <Button variant="subtle" color="red" onClick={ask.open}>Delete</Button>}
          <Group gap="xs">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={save.isPending}>
              {source === undefined ? 'Add the source' : 'Save'}
            </Button>
          </Group>
        </Group>
      </Stack>
      <Confirm isOpen={isAsking} title={`Delete ${source?.name ?? ''}?`} action="Delete" isBusy={remove.isPending} error={remove.error} onConfirm={() => remove.mutate()} onCancel={ask.close}>
        It is polled no more. Its articles stay in the archive. To pause it, switch it off instead.
      </Confirm>
    </form>
  );
}
