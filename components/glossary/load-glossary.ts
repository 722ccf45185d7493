// The glossary as it stands in the content folder. Server only, while pages are built.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseGlossary, type Glossary } from '@/lib/course/glossary';

const FILE = 'glossary.yaml';

/** The terms of the course; a file that cannot be read stops the build. */
export function glossary(): Glossary {
  const read = parseGlossary(FILE, readFileSync(join(process.cwd(), 'content', FILE), 'utf8'));
  if (!read.ok) throw new Error(read.error.join('\n'));
  return read.value;
}
