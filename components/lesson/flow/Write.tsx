'use client';
// One write: which object, and the fields that tell what it was about, before and after.
import { useMessages } from '@/lib/i18n/client';
import type { FlowWrite } from '@/lib/workbench/flow';

export function Write({ write, fields: most }: { write: FlowWrite; fields?: number }) {
  const t = useMessages('flow');
  const { type, kind = '', name = '', fields } = write;
  return (
    <span>
      {type === 'RULES' ? t('RULES') : t(type, { kind, name })}{' '}
      {fields.slice(0, most).map(({ path, before, after }) => (
        <span key={path} className="block font-mono text-xs">
          {path}: {before !== undefined && <span className="text-del">{before} → </span>}
          <span className="text-add">{after ?? '∅'}</span>
        </span>
      ))}
    </span>
  );
}
