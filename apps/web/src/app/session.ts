import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { currentSession, signOut, type Session } from '../api/session.ts';
import { Problem } from '../api/problem.ts';
import { sessionKey } from './query-client.ts';

/** Who is signed in; null for nobody. */
export const sessionQuery = queryOptions<Session | null>({
  queryKey: sessionKey,
  queryFn: async ({ signal }) => {
    try {
      return await currentSession(signal);
    } catch (error) {
      if (error instanceof Problem && error.status === 401) return null;
      throw error;
    }
  },
  staleTime: Infinity,
});

export const useSession = () => useQuery(sessionQuery);

export function useSignOut() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: signOut,
    onSuccess: () => {
      client.clear();
      client.setQueryData(sessionKey, null);
    },
  });
}
