import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { previewSubscription } from '../api/subscriptions.ts';
import { filterBody, isEmptyFilter, type FilterValues } from './subscription-form.ts';

export const previewDays = 30;

/** What a filter would have found; nothing is asked while no condition is chosen, and the last answer stays until the next is here. */
export function usePreview(filter: FilterValues) {
  const isEmpty = isEmptyFilter(filter);
  const body = filterBody(filter);
  const preview = useQuery({
    queryKey: ['preview', JSON.stringify(body)],
    queryFn: ({ signal }) => previewSubscription(body, previewDays, signal),
    enabled: !isEmpty,
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  });
  return { ...preview, isEmpty, data: isEmpty ? undefined : preview.data };
}
