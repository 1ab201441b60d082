import { ActionIcon, Group, SegmentedControl, Text, Tooltip, VisuallyHidden, useMantineColorScheme } from '@mantine/core';
import { IconBellRinging, IconHash, IconDeviceDesktop, IconKeyboard, IconLogout, IconMoon, IconNews, IconRss, IconSend, IconSun, IconTags, type Icon } from '@tabler/icons-react';
import { NavLink } from 'react-router';
import { Brand } from './brand.tsx';
import classes from './navigation.module.css';
import { useSignOut } from './session.ts';

const pages: readonly { to: string; label: string; icon: Icon }[] = [
  { to: '/articles', label: 'Articles', icon: IconNews },
  { to: '/subscriptions', label: 'Subscriptions', icon: IconBellRinging },
  { to: '/channels', label: 'Channels', icon: IconHash },
  { to: '/deliveries', label: 'Deliveries', icon: IconSend },
  { to: '/sources', label: 'Sources', icon: IconRss },
  { to: '/taxonomy', label: 'Taxonomy', icon: IconTags },
];

interface NavigationProps {
  readonly email: string | undefined;
  readonly onHelp: () => void;
}

export function Navigation({ email, onHelp }: NavigationProps) {
  const signOut = useSignOut();
  return (
    <div className={classes['column']}>
      <div className={classes['head']}>
        <Brand />
      </div>
      <nav aria-label="Main" className={classes['links']}>
        {pages.map(({ to, label, icon: Glyph }) => (
          <NavLink key={to} to={to} className={classes['link'] ?? ''}>
            <Glyph size={18} stroke={1.7} aria-hidden />
            {label}
          </NavLink>
        ))}
      </nav>
      <div className={classes['foot']}>
        <Group justify="space-between" wrap="nowrap" gap={4}>
          <Text size="xs" c="dimmed" truncate title={email}>
            {email ?? ' '}
          </Text>
          <Group gap={0} wrap="nowrap">
            <Tooltip label="Keyboard shortcuts (?)">
              <ActionIcon variant="subtle" color="gray" aria-label="Keyboard shortcuts" visibleFrom="md" onClick={onHelp}>
                <IconKeyboard size={18} stroke={1.7} />
              </ActionIcon>
            </Tooltip>
            <Tooltip label="Sign out">
              <ActionIcon variant="subtle" color="gray" aria-label="Sign out" loading={signOut.isPending} onClick={() => signOut.mutate()}>
                <IconLogout size={18} stroke={1.7} />
              </ActionIcon>
            </Tooltip>
          </Group>
        </Group>
        <ColorSchemeChoice />
      </div>
    </div>
  );
}

const schemes = [
  { value: 'light', label: 'Light', icon: IconSun },
  { value: 'dark', label: 'Dark', icon: IconMoon },
  { value: 'auto', label: 'As the system', icon: IconDeviceDesktop },
] as const;

function ColorSchemeChoice() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <SegmentedControl
      size="xs"
      fullWidth
      aria-label="Colours"
      value={colorScheme}
      onChange={setColorScheme}
      data={schemes.map(({ value, label, icon: Glyph }) => ({
        value,
        label: (
          <span className={classes['scheme']} title={label}>
            <Glyph size={16} stroke={1.7} aria-hidden />
            <VisuallyHidden>{label}</VisuallyHidden>
          </span>
        ),
      }))}
    />
  );
}
