import { createTheme, type CSSVariablesResolver } from '@mantine/core';

/** Dense, quiet and legible: the app is read for hours, so colour is kept for what changed. */
export const theme = createTheme({
  primaryColor: 'brand',
  primaryShade: { light: 8, dark: 7 },
  colors: {
    brand: ['#e8f6f7', '#d0eaed', '#a3d8dd', '#73c4cc', '#4bb3bc', '#31a7b1', '#1c98a3', '#0d808b', '#0a6972', '#064e55'],
    dark: ['#dee3e9', '#b8c1cc', '#99a4b2', '#707b8a', '#37414d', '#29313b', '#1e252e', '#161b22', '#0f1318', '#0a0d11'],
  },
  fontFamily: '"Inter Variable", "Inter Fallback", system-ui, sans-serif',
  headings: {
    fontFamily: '"Inter Variable", "Inter Fallback", system-ui, sans-serif',
    fontWeight: '650',
    sizes: { h1: { fontSize: '1.5rem', lineHeight: '1.25' }, h2: { fontSize: '1.0625rem', lineHeight: '1.35' }, h3: { fontSize: '0.9375rem', lineHeight: '1.4' } },
  },
  fontSizes: { xs: '0.75rem', sm: '0.8125rem', md: '0.875rem', lg: '1rem', xl: '1.125rem' },
  defaultRadius: 'md',
  cursorType: 'pointer',
  focusRing: 'auto',
  respectReducedMotion: true,
  components: {
    Badge: { defaultProps: { tt: 'none', fw: 550, radius: 'sm' } },
    Tooltip: { defaultProps: { openDelay: 300, withArrow: true, fz: 'xs' } },
    Modal: { defaultProps: { centered: true } },
  },
});

/** The colours beyond Mantine's own: two surfaces, and text that keeps 4.5:1 on both. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--app-canvas': '#f5f6f8',
    '--app-line': '#e3e6ea',
    '--app-hover': '#f3f5f7',
    '--app-mark': '#fff0b8',
    '--app-mark-active': '#ffd24d',
    '--mantine-color-dimmed': '#57606c',
    '--mantine-color-text': '#16191d',
    '--mantine-color-anchor': '#075c64',
    '--mantine-color-brand-light': '#ddf0f2',
    '--mantine-color-brand-light-hover': '#cfe8eb',
    '--mantine-color-brand-light-color': '#064e55',
    '--mantine-color-placeholder': '#757e8a',
    '--mantine-color-error': '#c22626',
  },
  dark: {
    '--app-canvas': '#0f1318',
    '--app-line': '#28303a',
    '--app-hover': '#1b212a',
    '--app-mark': '#4a3d0e',
    '--app-mark-active': '#8a6a00',
    '--mantine-color-anchor': '#73c4cc',
    '--mantine-color-brand-light': 'rgba(49, 167, 177, 0.17)',
    '--mantine-color-brand-light-hover': 'rgba(49, 167, 177, 0.24)',
    '--mantine-color-brand-light-color': '#a3d8dd',
    '--mantine-color-placeholder': '#7f8a98',
    '--mantine-color-error': '#ff8787',
  },
});
