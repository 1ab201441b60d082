import { StandardSchemaValidationPipe } from '@nestjs/common';
import { Problem, type FieldError } from './problem.ts';

/** Validates what handlers declare with `@Body({ schema })`, `@Query({ schema })`, `@Param({ schema })`; failures name each field. */
export const validationPipe = new StandardSchemaValidationPipe({
  exceptionFactory: (issues) => {
    const errors = issues.map((issue): FieldError => ({
      field: (issue.path ?? []).map((part) => String(typeof part === 'object' ? part.key : part)).join('.') || '(body)',
      message: issue.message,
    }));
    return new Problem(400, errors.map(({ field, message }) => `${field}: ${message}`).join('; '), errors);
  },
});
