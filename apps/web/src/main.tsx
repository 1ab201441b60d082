import '@mantine/core/styles.layer.css';
import '@mantine/notifications/styles.layer.css';
import './app/app.css';
import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { RouterProvider } from 'react-router/dom';
import { createQueryClient } from './app/query-client.ts';
import { createRouter } from './app/routes.tsx';
import { sessionQuery } from './app/session.ts';
import { cssVariables, theme } from './app/theme.ts';

const container = document.getElementById('root');
if (container === null) throw new Error('index.html has no #root');

const queryClient = createQueryClient();
// Asked while the page's own code is still on its way.
void queryClient.prefetchQuery(sessionQuery);

createRoot(container).render(
  <StrictMode>
    <MantineProvider theme={theme} cssVariablesResolver={cssVariables} defaultColorScheme="auto">
      <Notifications position="bottom-right" autoClose={5000} />
      <QueryClientProvider client={queryClient}>
        {/* The address is the state of switches and filters: as a transition, a click would show only when the whole list is drawn. */}
        <RouterProvider router={createRouter()} useTransitions={false} />
      </QueryClientProvider>
    </MantineProvider>
  </StrictMode>,
);
