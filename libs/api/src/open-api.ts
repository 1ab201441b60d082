import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { z } from 'zod';

/** The OpenAPI document of the application's controllers, made from the schemas they validate with. */
export function openApiDocument(app: NestFastifyApplication): OpenAPIObject {
  const config = new DocumentBuilder()
    .setTitle('tradewatch')
    .setDescription('Trade-policy news, tagged and on the right desk in seconds. Errors are problem details (RFC 9457).')
    .setVersion('1')
    .addBearerAuth()
    .addCookieAuth('tradewatch_session')
    .build();
  return SwaggerModule.createDocument(app, config, {
    standardSchemaConverter: (schema, { schemaType }) => ({
      schema: z.toJSONSchema(schema as z.ZodType, { target: 'openapi-3.0', io: schemaType, unrepresentable: 'any' }),
    }),
  });
}

/** A service's part of the API, behind one origin. */
export interface ApiPart {
  readonly service: string;
  /** As readers choose it by. */
  readonly title: string;
}

export interface OpenApiOptions {
  /** Serves the document as /api/docs/SERVICE.json too, under which a gateway finds it. */
  readonly service?: string;
  /** The parts that the page offers, this one's first, where an API is spread over services; absent where this process has all of it. */
  readonly parts?: readonly ApiPart[];
}

/** Serves the document at /api/docs (page) and /api/docs/openapi.json. */
export function serveOpenApi(app: NestFastifyApplication, { service, parts }: OpenApiOptions = {}): void {
  const document = (): OpenAPIObject => openApiDocument(app);
  SwaggerModule.setup('api/docs', app, document, {
    jsonDocumentUrl: 'api/docs/openapi.json', customSiteTitle: 'tradewatch API',
    ...(parts ? { explorer: true, swaggerOptions: { urls: parts.map((part) => ({ name: part.title, url: `/api/docs/${part.service}.json` })) } } : {}),
  });
  if (service) SwaggerModule.setup(`api/docs/parts/${service}`, app, document, { ui: false, raw: ['json'], jsonDocumentUrl: `api/docs/${service}.json` });
}
