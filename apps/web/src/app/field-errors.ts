import type { FieldError } from '../api/problem.ts';

export interface PlacedErrors {
  /** Messages by form field. */
  readonly fields: Readonly<Record<string, string>>;
  /** Errors of fields the form does not show; they belong above it. */
  readonly others: readonly FieldError[];
}

/**
 * Puts the server's field errors beside the form's fields: an error in a part of a field (`filter.sectors.0`, `filter.sectors[0]`, `/filter/sectors/0`)
 * belongs to the field (`filter.sectors`). Several messages for one field are joined.
 */
export function placeErrors(errors: readonly FieldError[], formFields: readonly string[]): PlacedErrors {
  const fields: Record<string, string> = {};
  const others: FieldError[] = [];
  const longestFirst = formFields.toSorted((a, b) => b.length - a.length);
  for (const error of errors) {
    const path = dotted(error.field);
    const field = longestFirst.find((candidate) => path === candidate || path.startsWith(`${candidate}.`));
    if (field === undefined) others.push(error);
    else fields[field] = fields[field] === undefined ? error.message : `${fields[field]}; ${error.message}`;
  }
  return { fields, others };
}

const dotted = (path: string) => path.replaceAll('[', '.').replaceAll(']', '').replaceAll('/', '.').replace(/^\.+/, '');
