import { lingui } from '@lingui/vite-plugin';
import babel from '@rolldown/plugin-babel';
import react from '@vitejs/plugin-react';
import { defaultClientConditions, defineConfig } from 'vite';
import { compressAssets } from './src/build/compress-assets.ts';
import { stateLayerOrder } from './src/build/layer-order.ts';
import { writePortalManifest } from './src/build/portal-manifest.ts';

export default defineConfig({
  plugins: [
    react(),
    babel({ include: /\/src\/.*\.tsx?$/, plugins: ['@lingui/babel-plugin-lingui-macro'] }),
    lingui(),
    stateLayerOrder(),
    writePortalManifest(),
    compressAssets(),
  ],
  // Libraries of the workspace by their source: they need not be built before.
  resolve: { conditions: ['@registrar/source', ...defaultClientConditions] },
  build: {
    // `light-dark()`, cascade layers and logical properties stay as written.
    target: ['chrome123', 'firefox120', 'safari17.5'],
    manifest: true,
    assetsInlineLimit: 0,
    // One style sheet for all screens: it is small.
    cssCodeSplit: false,
    sourcemap: false,
    rolldownOptions: {
      input: { index: 'index.html', sw: 'src/sw.ts' },
      // The service worker's address never changes; everything else has its hash in its name.
      output: { entryFileNames: ({ name }) => (name === 'sw' ? 'sw.js' : 'assets/[name]-[hash].js') },
    },
  },
  css: { modules: { localsConvention: 'camelCaseOnly' } },
});
