import type { Plugin } from 'vite';

/** What the page asks for as soon as its first script runs. */
const firstModule = '/src/app/open-page.tsx';

/** Names the first modules and their styles in the page itself, so that they load while it is read, not one after another. */
export function preloadFirstModules(): Plugin {
  return {
    name: 'carebell-preload',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler(_, { bundle = {} }) {
        const chunks = Object.values(bundle).filter((file) => file.type === 'chunk');
        const first = chunks.find(({ facadeModuleId }) => facadeModuleId?.endsWith(firstModule) === true);
        if (first === undefined) throw new Error(`no chunk begins at ${firstModule}`);
        const names = new Set([first.fileName]);
        for (const name of names) {
          for (const imported of chunks.find(({ fileName }) => fileName === name)?.imports ?? [])
            names.add(imported);
        }
        const styles = chunks
          .filter(({ fileName }) => names.has(fileName))
          .flatMap(({ viteMetadata }) => [...(viteMetadata?.importedCss ?? [])]);
        return [
          ...styles.map((href) => tag({ rel: 'stylesheet', crossorigin: true, href: `/${href}` })),
          ...[...names].map((href) => tag({ rel: 'modulepreload', crossorigin: true, href: `/${href}` })),
        ];
      },
    },
  };
}

function tag(attrs: Record<string, string | boolean>) {
  return { tag: 'link', attrs, injectTo: 'head' as const };
}
