import type { UseFormReturnType } from '@mantine/form';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Problem } from '../api/problem.ts';
import { placeErrors } from './field-errors.ts';

interface SaveOptions<Values, Saved> {
  readonly form: UseFormReturnType<Values>;
  /** The fields the form shows errors beside. */
  readonly fields: readonly string[];
  readonly save: (values: Values) => Promise<Saved>;
  /** Key of the cached lists that change. */
  readonly changes: readonly string[];
  readonly done: string;
  readonly onSaved: (saved: Saved) => void;
}

/** Sends a form; what the server refuses is shown beside its field, and the first such field gets the focus. */
export function useSave<Values extends Record<string, unknown>, Saved>({ form, fields, save, changes, done, onSaved }: SaveOptions<Values, Saved>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: save,
    onSuccess: (saved) => {
      void client.invalidateQueries({ queryKey: changes });
      notifications.show({ message: done, color: 'brand' });
      form.resetDirty();
      onSaved(saved);
    },
    onError: (error) => {
      if (!(error instanceof Problem) || error.errors.length === 0) return;
      form.setErrors(placeErrors(error.errors, fields).fields);
      requestAnimationFrame(() => document.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
    },
  });
}
