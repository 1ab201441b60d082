import { request } from './client.ts';

export interface Session {
  readonly email: string;
}

export const currentSession = (signal?: AbortSignal) => request<Session>('GET', '/auth/me', { signal });
export const signIn = (email: string, password: string) => request<{ token: string; expiresAt: string }>('POST', '/auth/login', { body: { email, password } });
export const signOut = () => request<undefined>('POST', '/auth/logout');
