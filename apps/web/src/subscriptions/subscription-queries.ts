import { useQuery } from '@tanstack/react-query';
import { listChannels } from '../api/channels.ts';
import { listSources } from '../api/sources.ts';
import { listSubscriptions } from '../api/subscriptions.ts';

export const useSubscriptions = () => useQuery({ queryKey: ['subscriptions'], queryFn: ({ signal }) => listSubscriptions(signal), select: ({ items }) => items });
export const useChannels = () => useQuery({ queryKey: ['channels'], queryFn: ({ signal }) => listChannels(signal), select: ({ items }) => items });
export const useSources = () => useQuery({ queryKey: ['sources'], queryFn: ({ signal }) => listSources(signal), select: ({ items }) => items });
