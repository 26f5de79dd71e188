import type { CarebellApp } from './app-types.ts';

/** Remembers the methods of each route, so that a wrong method is told from a wrong address. */
export function watchMethods(app: CarebellApp): (url: string) => string[] {
  const known = new Map<string, { pattern: RegExp; methods: Set<string> }>();
  app.addHook('onRoute', ({ url, method }) => {
    // The wildcard of the dashboard's files takes every address.
    if (url.includes('*')) return;
    const route = known.get(url) ?? { pattern: patternOf(url), methods: new Set() };
    for (const one of [method].flat()) route.methods.add(one);
    known.set(url, route);
  });
  return (url) => {
    const path = url.split('?', 1)[0] ?? '';
    const methods = [...known.values()].flatMap((route) =>
      route.pattern.test(path) ? [...route.methods] : [],
    );
    return [...new Set(methods)].toSorted();
  };
}

function patternOf(url: string): RegExp {
  const steps = url
    .split('/')
    .map((step) => (step.startsWith(':') ? '[^/]+' : step.replaceAll('.', String.raw`\.`)));
  return new RegExp(`^${steps.join('/')}$`);
}
