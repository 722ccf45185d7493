// Paths as POSIX resolves them; there are no links.

/** The absolute path of a text, seen from a folder: no "." or ".." left. */
export function resolvePath(path: string, from: string): string {
  const parts: string[] = [];
  for (const part of (path.startsWith('/') ? path : `${from}/${path}`).split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return `/${parts.join('/')}`;
}

export const folderOf = (path: string): string => path.replace(/\/[^/]*$/, '') || '/';
export const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);
