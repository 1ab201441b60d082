import { Problem } from '../api/problem.ts';
import { placeErrors } from './field-errors.ts';
import { ProblemAlert } from './problem-alert.tsx';

/** What stopped a form, above it; without the errors its fields already show. */
export function SaveProblem({ error, fields }: { readonly error: Error | null; readonly fields: readonly string[] }) {
  if (error === null) return null;
  if (!(error instanceof Problem)) return <ProblemAlert error={error} />;
  const { others } = placeErrors(error.errors, fields);
  const isAllPlaced = error.errors.length > 0 && others.length === 0;
  if (isAllPlaced) return <ProblemAlert error={new Problem(error.status, 'Not saved yet', error.errors.length === 1 ? 'One field needs another look; it is marked below.' : 'Some fields need another look; they are marked below.')} />;
  return <ProblemAlert error={new Problem(error.status, error.title, error.message, others)} />;
}
