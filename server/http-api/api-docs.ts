import fastifySwagger from '@fastify/swagger';
import fastifySwaggerUi from '@fastify/swagger-ui';
import { problemSchema } from '@carebell/contracts/http-api.ts';
import { createJsonSchemaTransform } from 'fastify-type-provider-zod';
import { sessionCookie } from '../identity/presented-token.ts';
import type { CarebellApp } from './app-types.ts';

const docsPath = '/api/docs';

const problemAnswer = (description: string) => ({
  description,
  content: { 'application/problem+json': { schema: problemSchema } },
});

/** For every route's `response`: the API answers each failure with a problem document. */
export const problemResponses = {
  '4xx': problemAnswer('The request must be changed: a problem document says how'),
  '5xx': problemAnswer('The hub failed or cannot store at the moment: a problem document'),
};

/** OpenAPI at `/api/docs/json`, and a page to read and try it that needs nothing from outside the hub. */
export async function serveApiDocs(app: CarebellApp, version: string): Promise<void> {
  await app.register(fastifySwagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Carebell',
        version,
        description:
          'The HTTP API of a Carebell hub. Failures are problem documents (RFC 9457) with a stable `code`. ' +
          'A list goes on with the `cursor` of its last page. What lies outside your part of the organisation is not found.',
      },
      components: {
        securitySchemes: {
          session: {
            type: 'apiKey',
            in: 'cookie',
            name: sessionCookie,
            description: 'POST /session sets it.',
          },
          token: { type: 'http', scheme: 'bearer', description: 'POST /tokens makes one for a tool.' },
        },
      },
      security: [{ session: [] }, { token: [] }],
    },
    transform: createJsonSchemaTransform({}),
  });
  await app.register(fastifySwaggerUi, {
    routePrefix: docsPath,
    uiConfig: { validatorUrl: null, docExpansion: 'list' },
    staticCSP: {
      'default-src': ["'self'"],
      'style-src': ["'self'", "'unsafe-inline'"],
      'img-src': ["'self'", 'data:'],
      'object-src': ["'none'"],
    },
  });
}
