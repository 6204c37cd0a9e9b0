import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const server = process.env['CUSTODY_SERVER'] ?? 'http://127.0.0.1:4680';

export default defineConfig({
  base: '/',
  plugins: [react()],
  resolve: {
    alias: { '@custody/verify': fileURLToPath(new URL('../verify/src/index.ts', import.meta.url)) },
  },
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: 'es2022',
    // The content security policy has no `data:` for fonts, and every asset keeps a hashed name of its own.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  server: { proxy: { '/custody': server, '/log/checkpoint': server, '/log/tile': server } },
});
