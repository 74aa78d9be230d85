import type { Plugin } from 'vite';

/**
 * States the order of the cascade layers at the top of every style sheet: the first sheet that a browser reads fixes
 * the order, and which one is first depends on how the build splits them.
 */
export function stateLayerOrder(): Plugin {
  return {
    name: 'state-layer-order',
    apply: 'build',
    generateBundle: {
      order: 'post',
      handler(_, bundle) {
        for (const file of Object.values(bundle))
          if (file.type === 'asset' && file.fileName.endsWith('.css'))
            file.source = `@layer tokens,base,ui,screens;${String(file.source)}`;
      },
    },
  };
}
