import { createBrowserRouter, redirect, type RouteObject } from 'react-router';
import { RouteError } from './route-error.tsx';
import { NotFound } from './not-found.tsx';
import { SignedIn } from './signed-in.tsx';

/** One chunk a page: what a reader does not open is not loaded. */
const pages: RouteObject[] = [
  { index: true, loader: () => redirect('/articles') },
  { path: 'articles', lazy: async () => ({ Component: (await import('../articles/articles-page.tsx')).ArticlesPage }) },
  { path: 'articles/:id', lazy: async () => ({ Component: (await import('../article/article-page.tsx')).ArticlePage }) },
  { path: 'subscriptions', lazy: async () => ({ Component: (await import('../subscriptions/subscriptions-page.tsx')).SubscriptionsPage }) },
  { path: 'subscriptions/:id', lazy: async () => ({ Component: (await import('../subscriptions/subscription-page.tsx')).SubscriptionPage }) },
  { path: 'channels', lazy: async () => ({ Component: (await import('../channels/channels-page.tsx')).ChannelsPage }) },
  { path: 'deliveries', lazy: async () => ({ Component: (await import('../deliveries/deliveries-page.tsx')).DeliveriesPage }) },
  { path: 'sources', lazy: async () => ({ Component: (await import('../sources/sources-page.tsx')).SourcesPage }) },
  { path: 'taxonomy', lazy: async () => ({ Component: (await import('../taxonomy/taxonomy-page.tsx')).TaxonomyPage }) },
  { path: 'taxonomy/:dimension/:tag', lazy: async () => ({ Component: (await import('../taxonomy/tag-page.tsx')).TagPage }) },
  { path: '*', Component: NotFound },
];

export const createRouter = () =>
  createBrowserRouter([
    { path: '/sign-in', lazy: async () => ({ Component: (await import('../sign-in/sign-in-page.tsx')).SignInPage }), ErrorBoundary: RouteError, HydrateFallback: () => null },
    {
      path: '/',
      Component: SignedIn,
      ErrorBoundary: RouteError,
      HydrateFallback: () => null,
      children: [{ ErrorBoundary: RouteError, children: pages }],
    },
  ]);
