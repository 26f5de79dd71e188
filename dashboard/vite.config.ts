import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { preloadFirstModules } from './preload-plugin.ts';
import { serviceWorker } from './service-worker-plugin.ts';

/** Where `vite` in development finds a running hub; a build needs none. */
const hubUrl = 'http://127.0.0.1:8080';

export default defineConfig({
  plugins: [react(), preloadFirstModules(), serviceWorker()],
  build: { target: 'es2022', assetsInlineLimit: 0, chunkSizeWarningLimit: 1200 },
  server: { proxy: { '/api': hubUrl, '/socket.io': { target: hubUrl, ws: true } } },
});
