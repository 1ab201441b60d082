import { Burger, Drawer, Group, Loader } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useEffect, useRef } from 'react';
import { Outlet, ScrollRestoration, useLocation, useNavigation } from 'react-router';
import { Brand } from './brand.tsx';
import { Navigation } from './navigation.tsx';
import classes from './shell.module.css';
import { ShortcutHelp } from './shortcut-help.tsx';

/** The frame of every signed-in page: skip link, navigation (a drawer on a phone), main content. */
export function Shell({ email }: { readonly email: string | undefined }) {
  const [isMenuOpen, menu] = useDisclosure(false);
  const [isHelpOpen, help] = useDisclosure(false);
  const { pathname } = useLocation();
  const isLoading = useNavigation().state === 'loading';
  const main = useRef<HTMLElement>(null);
  const lastPath = useRef(pathname);
  useEffect(() => {
    if (lastPath.current === pathname) return;
    lastPath.current = pathname;
    menu.close();
    // Keyboard and screen reader start at the new page, not at the link that was left; a page that has a better place moves on from here.
    if (!main.current?.contains(document.activeElement)) main.current?.focus({ preventScroll: true });
  }, [pathname, menu]);
  return (
    <div className={classes['layout']}>
      <a className={classes['skip']} href="#main">
        Skip to the content
      </a>
      <header className={classes['bar']}>
        <Burger size="sm" opened={isMenuOpen} onClick={menu.toggle} aria-label="Menu" aria-expanded={isMenuOpen} />
        <Brand />
      </header>
      <aside className={classes['side']}>
        <Navigation email={email} onHelp={help.open} />
      </aside>
      <Drawer.Root opened={isMenuOpen} onClose={menu.close} size={264} padding={0}>
        <Drawer.Overlay />
        <Drawer.Content aria-label="Menu">
          <div className={classes['drawer']}>
            <Navigation email={email} onHelp={help.open} />
          </div>
        </Drawer.Content>
      </Drawer.Root>
      <main id="main" ref={main} tabIndex={-1} className={classes['main']}>
        {isLoading && (
          <Group className={classes['progress']} component="output" aria-label="Loading the page">
            <Loader size="xs" type="dots" />
          </Group>
        )}
        {email !== undefined && <Outlet />}
      </main>
      <ShortcutHelp isOpen={isHelpOpen} onOpen={help.open} onClose={help.close} />
      <ScrollRestoration />
    </div>
  );
}
