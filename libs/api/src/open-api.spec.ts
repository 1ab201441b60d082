// Real: Nest, Fastify.
import { Controller, Get, Module } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { afterEach, describe, expect, it } from 'vitest';
import { createHost } from './host.ts';
import { serveOpenApi, type OpenApiOptions } from './open-api.ts';

@Controller('api/things')
class ThingsController {
  @Get()
  list(): string[] {
    return [];
  }
}

@Module({ controllers: [ThingsController] })
class Things {}

let app: NestFastifyApplication | undefined;
afterEach(() => app?.close());

async function serving(options?: OpenApiOptions): Promise<(path: string) => Promise<{ status: number; body: string }>> {
  app = await createHost(Things);
  serveOpenApi(app, options);
  await app.init();
  return async (path) => {
    const { statusCode, body } = await app!.inject({ url: path });
    return { status: statusCode, body };
  };
}

describe('the API describes itself', () => {
  it('in one document, where one process has all of it', async () => {
    const get = await serving();
    expect(Object.keys((JSON.parse((await get('/api/docs/openapi.json')).body) as { paths: object }).paths)).toEqual(['/api/things']);
    expect((await get('/api/docs/')).body).toContain('tradewatch API');
    expect((await get('/api/docs/swagger-ui-init.js')).body).not.toContain('archive.json');
  });

  it('part by part, where it is spread over services behind one gateway', async () => {
    const get = await serving({ service: 'archive', parts: [{ service: 'archive', title: 'Articles' }, { service: 'crawler', title: 'Sources' }] });
    expect((await get('/api/docs/archive.json')).body).toBe((await get('/api/docs/openapi.json')).body);
    const script = (await get('/api/docs/swagger-ui-init.js')).body;
    expect(script).toContain('/api/docs/archive.json');
    expect(script).toContain('/api/docs/crawler.json');
    expect((await get('/api/docs/crawler.json')).status).toBe(404);
  });
});
