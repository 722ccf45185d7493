// Runs before every page: sends an address without a language to one, and gives each page its Content-Security-Policy.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { NextResponse, type NextRequest } from 'next/server';
import { developmentPolicy, hashesFor, pagePolicy, type CspTable } from '@/lib/server/http/csp';
import { lacksLocale, visitorLocale } from '@/lib/server/http/visitor-locale';

const DEVELOPMENT = process.env.NODE_ENV === 'development';

export function proxy(request: NextRequest): NextResponse {
  const { pathname } = request.nextUrl;
  return lacksLocale(pathname) ? toLocale(request) : page(request);
}

// Everything but Next's own files; a rule on dots would catch lesson numbers (/learn/2.3).
export const config = { matcher: '/((?!_next/).*)' };

function toLocale(request: NextRequest): NextResponse {
  const url = request.nextUrl.clone();
  const locale = visitorLocale(request.cookies.get('locale')?.value, request.headers.get('accept-language'));
  url.pathname = `/${locale}${url.pathname === '/' ? '' : url.pathname}`;
  const response = NextResponse.redirect(url, 307);
  response.headers.set('Vary', 'Accept-Language, Cookie');
  response.headers.set('Cache-Control', 'private, no-store');
  return response;
}

function page(request: NextRequest): NextResponse {
  const { pathname } = request.nextUrl;
  const response = NextResponse.next();
  if (isTrustworthy(request)) response.headers.set('Cross-Origin-Opener-Policy', 'same-origin');
  if (DEVELOPMENT) response.headers.set('Content-Security-Policy-Report-Only', developmentPolicy());
  else response.headers.set('Content-Security-Policy', pagePolicy(hashesFor(cspTable(), pathname)));
  return response;
}

/** Browsers ignore some headers on plain http from another machine, and complain about them. */
function isTrustworthy(request: NextRequest): boolean {
  const host = request.headers.get('host')?.replace(/:\d+$/, '') ?? '';
  const protocol = request.headers.get('x-forwarded-proto') ?? request.nextUrl.protocol;
  return protocol.startsWith('https') || ['localhost', '127.0.0.1', '[::1]'].includes(host);
}

let table: CspTable | undefined;

/** The hashes of this build. Without them no inline script may run, and no page comes alive: said on the server's console. */
function cspTable(): CspTable {
  if (table) return table;
  try {
    table = JSON.parse(readFileSync(path.join(process.cwd(), '.next', 'csp.json'), 'utf8')) as CspTable;
  } catch {
    console.error(
      '.next/csp.json is missing: pages will not come alive. Build with `npm run build`, not with `next build` alone.',
    );
    table = {};
  }
  return table;
}
