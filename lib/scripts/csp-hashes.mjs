// After `next build`: the hashes of the inline scripts in every prerendered page, for the Content-Security-Policy that
// proxy.ts sends with it. Static pages cannot carry a nonce; a hash names exactly the scripts that were built (docs/adr/0003).
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { isMain, Problem, report, ROOT } from './process.mjs';
import { stampBuild } from './sources.mjs';

const NEXT_FOLDER = path.join(ROOT, '.next');
const INLINE_SCRIPT = /<script(?<attributes>(?:\s[^>]*)?)>(?<body>[\s\S]*?)<\/script/gi;

/** 'sha256-…' of each inline script of a page, each once. */
export function inlineScriptHashes(html) {
  const hashes = new Set();
  for (const { groups } of html.matchAll(INLINE_SCRIPT)) {
    if (/\ssrc\s*=/i.test(groups.attributes)) continue;
    // A browser reads every line end as \n before it hashes.
    const body = groups.body.replace(/\r\n?/g, '\n');
    hashes.add(`sha256-${createHash('sha256').update(body).digest('base64')}`);
  }
  return [...hashes];
}

/** The address that a prerendered file answers to: zh/learn/2.3.html → /zh/learn/2.3, index.html → /. */
export const routeOf = (file) =>
  `/${file.replace(/\.html$/, '').replaceAll(path.sep, '/')}`.replace(/^\/index$/, '/');

/** Writes .next/csp.json: { "/zh/learn/2.3": ["sha256-…"], … }, one entry for each prerendered page. */
export function writeCspHashes(folder = NEXT_FOLDER) {
  const pages = path.join(folder, 'server', 'app');
  if (!existsSync(pages)) throw new Problem('There is no build to read: run `npm run build`.');
  const table = {};
  for (const file of htmlFiles(pages))
    table[routeOf(path.relative(pages, file))] = inlineScriptHashes(readFileSync(file, 'utf8'));
  writeFileSync(path.join(folder, 'csp.json'), JSON.stringify(table, null, 1));
  return table;
}

function* htmlFiles(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const full = path.join(folder, entry.name);
    if (entry.isDirectory()) yield* htmlFiles(full);
    else if (entry.name.endsWith('.html')) yield full;
  }
}

if (isMain(import.meta.url)) {
  try {
    writeCspHashes();
    stampBuild();
  } catch (error) {
    report(error);
  }
}
