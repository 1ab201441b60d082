import { Problem } from '../api/problem.ts';
import { placeErrors } from './field-errors.ts';
import { ProblemAlert } from './problem-alert.tsx';

/** What stopped a form, above it; without the errors its fields already show. */
export function SaveProblem({ error, fields }: { readonly error: Error | null; readonly fields: readonly string[] }) {
  if (error === null) return null;
  if (!(error instanceof Problem)) return <ProblemAlert error={error} />;
  const { others } = placeErrors(error.errors, fields);
  return <ProblemAlert error={new Problem(error.status, error.title, error.message, others)} />;
}
