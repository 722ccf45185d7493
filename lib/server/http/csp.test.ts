import { describe, expect, test } from 'vitest';
import { inlineScriptHashes, routeOf } from '@/lib/scripts/csp-hashes.mjs';
import { hashesFor, pagePolicy } from './csp';

describe('hashes of inline scripts', () => {
  test('the example of the CSP specification', () => {
    const html = `<script>alert('Hello, world.');</script>`;
    expect(inlineScriptHashes(html)).toEqual(['sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng=']);
  });

  test('scripts with a source have none; equal scripts have one', () => {
    const html = '<script src="/a.js" async=""></script><script>1</script><SCRIPT id="x">1</SCRIPT>';
    expect(inlineScriptHashes(html)).toHaveLength(1);
  });

  test('line ends count as a browser reads them', () => {
    expect(inlineScriptHashes('<script>a\r\nb</script>')).toEqual(
      inlineScriptHashes('<script>a\nb</script>'),
    );
  });

  test('prerendered files answer to their addresses', () => {
    expect(['index.html', 'zh.html', 'zh/learn/2.3.html', '_not-found.html'].map(routeOf)).toEqual([
      '/',
      '/zh',
      '/zh/learn/2.3',
      '/_not-found',
    ]);
  });
});

describe('the policy of a page', () => {
  const table = {
    '/zh': ['sha256-home'],
    '/_not-found': ['sha256-none', 'sha256-both'],
    '/_global-error': ['sha256-both'],
  };

  test('names the scripts of that page', () => {
    expect(hashesFor(table, '/zh')).toEqual(['sha256-home']);
    expect(hashesFor(table, '/zh/')).toEqual(['sha256-home']);
  });

  test('an unknown address gets the scripts of the error pages, whatever it is called', () => {
    for (const address of ['/nowhere', '/', '/__proto__', '/constructor'])
      expect(hashesFor(table, address)).toEqual(['sha256-none', 'sha256-both']);
  });

  test('scripts run only from this server or by hash', () => {
    const scripts = pagePolicy(['sha256-x'])
      .split('; ')
      .find((d) => d.startsWith('script-src'));
    expect(scripts).toBe("script-src 'self' 'sha256-x'");
    expect(pagePolicy([])).toMatch(/^default-src 'none';/);
    expect(pagePolicy([])).not.toContain('unsafe-eval');
  });
});
