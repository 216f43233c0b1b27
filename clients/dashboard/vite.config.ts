import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  // Relative addresses: the page works at / and behind any prefix.
  base: './',
  plugins: [svelte()],
  build: {
    target: 'es2022',
    // The map library is one file of about 1.1 MB; it is loaded only where a map is shown.
    chunkSizeWarningLimit: 1200,
    // Small files stay files: a strict content security policy need not allow data: for scripts or fonts.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rollupOptions: {
      output: {
        // The map's worker is a module called .mjs, a name that not every web server knows as JavaScript.
        assetFileNames: ({ names }) => (names[0]?.endsWith('.mjs') === true ? 'assets/[name]-[hash].js' : 'assets/[name]-[hash][extname]'),
      },
    },
  },
  server: {
    host: '127.0.0.1',
    proxy: { '^/(api|open)/': process.env['QUARTIER_URL'] ?? 'http://127.0.0.1:8080' },
  },
  test: { include: ['src/**/*.test.ts'] },
});
