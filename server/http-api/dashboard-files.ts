import { existsSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { CarebellApp } from './app-types.ts';

/** Addresses that belong to programs; everything else that a browser asks for is a page of the dashboard. */
const programAddresses =
  /^\/(?:api|socket\.io|mqtt|healthz|readyz|metrics|assets|r|delivery-reports)(?:[/?]|$)/;

const notBuiltPage = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Carebell</title>
<h1>Carebell is running</h1>
<p>Its dashboard is not built yet. Run <code>npm run build</code> and load this page again.</p>
<p>The API is described at <a href="/api/docs">/api/docs</a>.</p>
`;

/**
 * Serves the built dashboard. The returned function answers a browser that asks for any other page with the
 * dashboard's one page, and tells whether it did.
 */
export async function serveDashboard(
  app: CarebellApp,
  dashboardDir: string,
): Promise<(request: FastifyRequest, reply: FastifyReply) => boolean> {
  await app.register(fastifyStatic, {
    root: dashboardDir,
    cacheControl: false,
    dotfiles: 'ignore',
    suppressWarning: true,
    setHeaders(reply, path) {
      // Names under assets/ carry a hash of what is in them; every other file may change with the next version.
      const isHashed = /[/\\]assets[/\\]/.test(path);
      void reply.header('cache-control', isHashed ? 'public, max-age=31536000, immutable' : 'no-cache');
    },
  });

  return (request, reply) => {
    const isReading = request.method === 'GET' || request.method === 'HEAD';
    const wantsPage = request.headers.accept?.includes('text/html') ?? false;
    if (!isReading || !wantsPage || programAddresses.test(request.url)) return false;
    // Looked for each time, because it may be built while the hub runs.
    if (!existsSync(join(dashboardDir, 'index.html'))) {
      void reply
        .code(503)
        .header('cache-control', 'no-store')
        .type('text/html; charset=utf-8')
        .send(notBuiltPage);
      return true;
    }
    void reply.sendFile('index.html');
    return true;
  };
}
