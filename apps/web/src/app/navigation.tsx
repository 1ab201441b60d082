import { ActionIcon, Group, Text, Tooltip, UnstyledButton, useMantineColorScheme } from '@mantine/core';
import { IconBellRinging, IconHash, IconDeviceDesktop, IconLogout, IconMoon, IconNews, IconRss, IconSend, IconSun, type Icon } from '@tabler/icons-react';
import { NavLink } from 'react-router';
import { Brand } from './brand.tsx';
import classes from './navigation.module.css';
import { useSignOut } from './session.tsx';

const pages: readonly { to: string; label: string; icon: Icon }[] = [
  { to: '/articles', label: 'Articles', icon: IconNews },
  { to: '/subscriptions', label: 'Subscriptions', icon: IconBellRinging },
  { to: '/channels', label: 'Channels', icon: IconHash },
  { to: '/deliveries', label: 'Deliveries', icon: IconSend },
  { to: '/sources', label: 'Sources', icon: IconRss },
];

export function Navigation({ email }: { readonly email: string | undefined }) {
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
          <Tooltip label="Sign out">
            <ActionIcon variant="subtle" color="gray" aria-label="Sign out" loading={signOut.isPending} onClick={() => signOut.mutate()}>
              <IconLogout size={18} stroke={1.7} />
            </ActionIcon>
          </Tooltip>
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
    <div role="radiogroup" aria-label="Colours" className={classes['schemes']}>
      {schemes.map(({ value, label, icon: Glyph }) => (
        <Tooltip key={value} label={label}>
          <UnstyledButton role="radio" aria-checked={colorScheme === value} aria-label={label} className={classes['scheme']} onClick={() => setColorScheme(value)}>
            <Glyph size={16} stroke={1.7} aria-hidden />
          </UnstyledButton>
        </Tooltip>
      ))}
    </div>
  );
}
