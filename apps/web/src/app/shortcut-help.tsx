import { Kbd, Modal, Table } from '@mantine/core';
import { useNavigate } from 'react-router';
import { useShortcuts } from './shortcuts.ts';

const shortcuts: readonly (readonly [keys: readonly string[], does: string])[] = [
  [['/'], 'Search the articles'],
  [['j', 'k'], 'Next or previous article'],
  [['Enter'], 'Open the article'],
  [['o'], 'Open the original in a new tab'],
  [['y', 'n'], 'Mark the tag in hand right or wrong'],
  [['Esc'], 'Leave the search, the article or a tag'],
  [['?'], 'Show this list'],
];

/** Shortcuts that work on every page, and the list of all of them. */
export function ShortcutHelp({ isOpen, onOpen, onClose }: { readonly isOpen: boolean; readonly onOpen: () => void; readonly onClose: () => void }) {
  const navigate = useNavigate();
  useShortcuts({ '?': onOpen, '/': () => void navigate('/articles', { state: { focusSearch: true } }) }, 'frame');
  return (
    <Modal opened={isOpen} onClose={onClose} title="Keyboard" closeButtonProps={{ 'aria-label': 'Close' }} size="sm">
      <Table withRowBorders={false}>
        <Table.Tbody>
          {shortcuts.map(([keys, does]) => (
            <Table.Tr key={does}>
              <Table.Td w={90}>{keys.map((key) => <Kbd key={key} mr={4}>{key}</Kbd>)}</Table.Td>
              <Table.Td>{does}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Modal>
  );
}
