import { fileURLToPath } from 'node:url'
import vue from '@vitejs/plugin-vue'
import { ElementPlusResolver } from 'unplugin-vue-components/resolvers'
import components from 'unplugin-vue-components/vite'
import { defineConfig } from 'vitest/config'
import { compressed } from './scripts/compressed.ts'

// The gateway of a running stack, for `npm run dev` beside it.
const gateway = process.env['YUZHENG_GATEWAY'] ?? 'http://127.0.0.1:21000'

export default defineConfig({
  plugins: [
    vue(),
    // Only what a template names is loaded. No directory is scanned: our own parts are imported by name.
    components({ dirs: [], dts: false, resolvers: [ElementPlusResolver({ importStyle: 'css' })] }),
    compressed(),
  ],
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  define: {
    __VUE_OPTIONS_API__: true,
    __VUE_PROD_DEVTOOLS__: false,
    __VUE_I18N_LEGACY_API__: false,
    __INTLIFY_PROD_DEVTOOLS__: false,
  },
  build: {
    outDir: 'built',
    target: 'es2022',
    // A picture inside a script or style would need `data:` in the policy of every page.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    manifest: true,
    chunkSizeWarningLimit: 1500,
    rolldownOptions: { checks: { pluginTimings: false } },
  },
  server: { proxy: { '/api': gateway, '/v': gateway } },
  test: {
    environment: 'happy-dom',
    include: ['src/**/*.test.ts'],
    setupFiles: ['src/testing.ts'],
    server: { deps: { inline: ['element-plus'] } },
  },
})
