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

/** Serves the document at /api/docs (page) and /api/docs/openapi.json. */
export function serveOpenApi(app: NestFastifyApplication): void {
  SwaggerModule.setup('api/docs', app, () => openApiDocument(app), { jsonDocumentUrl: 'api/docs/openapi.json', customSiteTitle: 'tradewatch API' });
}
