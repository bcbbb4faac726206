import { join } from 'node:path';
import mdx from '@astrojs/mdx';
import react from '@astrojs/react';
import { defineConfig } from 'astro/config';
import { monacoCutsPlugin } from './publish/monaco-cuts.ts';
import { provenLessonsPlugin } from './publish/proven-lessons.ts';
import { subsetsInPlace } from './publish/subset-fonts.ts';
import { flinkSqlTextMate } from './src/code/flink-sql-grammar.ts';
import { paperTheme } from './src/code/theme.ts';

// Builds static pages from ../lessons. Inlines nothing as a data: URI, which keeps the content security policy short.
export default defineConfig({
  output: 'static',
  trailingSlash: 'always',
  devToolbar: { enabled: false },
  cacheDir: '../node_modules/.astro',
  integrations: [mdx(), react()],
  markdown: { shikiConfig: { theme: paperTheme, langs: [flinkSqlTextMate] } },
  build: { inlineStylesheets: 'never' },
  vite: {
    cacheDir: '../node_modules/.vite',
    build: { assetsInlineLimit: 0 },
    // publish/main.ts writes them.
    resolve: { alias: [subsetsInPlace(join(import.meta.dirname, '.astro/fonts'))] },
    plugins: [monacoCutsPlugin(), provenLessonsPlugin(join(import.meta.dirname, '../lessons'))],
  },
});
