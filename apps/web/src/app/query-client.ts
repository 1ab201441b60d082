import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { Problem } from '../api/problem.ts';

export const sessionKey = ['session'] as const;

const isProblem = (error: unknown, test: (status: number) => boolean) => error instanceof Problem && test(error.status);

/** The cache of what the server said. A 401 from anywhere ends the session here, and the router then asks for a sign-in. */
export function createQueryClient(): QueryClient {
  const onError = (error: unknown) => {
    if (isProblem(error, (status) => status === 401)) client.setQueryData(sessionKey, null);
  };
  const client = new QueryClient({
    queryCache: new QueryCache({ onError }),
    mutationCache: new MutationCache({ onError }),
    defaultOptions: {
      queries: {
        staleTime: 15_000,
        gcTime: 10 * 60_000,
        retry: (failures, error) => failures < 2 && isProblem(error, (status) => status === 0 || status >= 502),
      },
    },
  });
  return client;
}
