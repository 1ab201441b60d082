export { decodeCursor, encodeCursor } from './cursor.ts';
export { ProblemFilter } from './problem.filter.ts';
export { Problem, type FieldError } from './problem.ts';
export { validationPipe } from './validation.pipe.ts';
