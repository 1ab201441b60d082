export { decodeCursor, encodeCursor } from './cursor.ts';
export { ProblemFilter } from './problem.filter.ts';
export { Problem, type FieldError } from './problem.ts';
export { validationPipe } from './validation.pipe.ts';
export { createHost, type HostOptions } from './host.ts';
export { openApiDocument, serveOpenApi, type ApiPart, type OpenApiOptions } from './open-api.ts';
export { runService, type ServiceParts } from './run-service.ts';
export { startService, type ServiceOptions } from './service.ts';
export { assertPortFree, runHost, type Closer } from './run-host.ts';
