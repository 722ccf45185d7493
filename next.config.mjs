import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import createMDX from '@next/mdx';
import { parse } from 'yaml';
import { hoverForms } from './lib/authoring/remark-glossary.mjs';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));

/** Which words of a lesson are explained where they first stand. Its definitions are read when a page is drawn. */
const glossary = Object.entries(parse(readFileSync(here('content/glossary.yaml'), 'utf8'))).map(
  ([id, { zh, en }]) => ({
    id,
    zh: { also: [], hover: true, ...zh },
    en: { also: [], hover: true, ...en },
  }),
);

// Plugins by name: functions cannot cross into Turbopack. Lessons are imported MDX modules, so pages stay .tsx only.
const withMDX = createMDX({
  options: {
    remarkPlugins: [
      'remark-gfm',
      'remark-frontmatter',
      ['remark-mdx-frontmatter', { name: 'frontmatter' }],
      [here('lib/authoring/remark-glossary.mjs'), { forms: hoverForms(glossary) }],
    ],
  },
});

/** Sent with every answer, files included. The Content-Security-Policy of pages is proxy.ts's. */
const headers = [
  { key: 'X-Content-Type-Options', value: 'nosniff' },
  { key: 'Referrer-Policy', value: 'strict-origin-when-cross-origin' },
  { key: 'Permissions-Policy', value: 'camera=(), microphone=(), geolocation=(), payment=(), usb=()' },
];
/** A worker obeys the policy of its own script, not that of the page. */
const workerPolicy = "default-src 'none'; script-src 'self'; connect-src 'self'";

/** @type {import('next').NextConfig} */
const config = {
  reactStrictMode: true,
  poweredByHeader: false,
  // Types are checked by `npm run typecheck`, tests included; a build need not do it again.
  typescript: { ignoreBuildErrors: true },
  experimental: { globalNotFound: true },
  headers: () => [
    { source: '/:path*', headers },
    { source: '/_next/static/:path*', headers: [{ key: 'Content-Security-Policy', value: workerPolicy }] },
  ],
  turbopack: {
    root: here('.'),
    rules: { 'lab.*.yaml': { loaders: [here('lib/authoring/text-loader.cjs')], as: '*.js' } },
    resolveAlias: {
      // monaco-editor >= 0.56 closed its old deep paths; monaco-worker-manager (of monaco-yaml) still asks for this one.
      'monaco-editor/esm/vs/editor/editor.worker.js': 'monaco-editor/editor/editor.worker.js',
      // Formatting is not offered yet; without its formatter the YAML worker is 130 KB (gzip) smaller.
      'prettier/standalone': './components/editor/no-formatter.ts',
      'prettier/plugins/yaml': './components/editor/no-formatter.ts',
      'prettier/plugins/estree': './components/editor/no-formatter.ts',
    },
  },
};

export default withMDX(config);
