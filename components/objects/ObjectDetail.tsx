'use client';
// One object as YAML with the events about it, or field by field with who wrote what.
import { useState, type KeyboardEvent } from 'react';
import { Chip } from '@/components/ui/Chip';
import { SegmentedControl } from '@/components/ui/SegmentedControl';
import { useInspect } from '@/components/workbench/use-inspect';
import { useMessages } from '@/lib/i18n/client';
import { FieldList } from './FieldList';
import type { ObjectId } from './object-id';

export function ObjectDetail({ id, shown, onClose }: { id: ObjectId; shown: boolean; onClose: () => void }) {
  const t = useMessages('objects');
  const common = useMessages('common');
  const [shape, setShape] = useState<'yaml' | 'fields'>('yaml');
  const title = id.namespace ? `${id.namespace}/${id.name}` : id.name;
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') onClose();
  };
  return (
    <section
      aria-label={`${id.kind} ${title}`}
      onKeyDown={onKeyDown}
      className="flex h-1/2 min-h-24 shrink-0 flex-col border-t border-line-strong bg-raise"
    >
      <header className="flex h-9 shrink-0 items-center gap-2 px-3 text-sm">
        <span className="text-ink-3">{id.kind}</span>
        <b className="min-w-0 truncate font-medium">{title}</b>
        <SegmentedControl
          label={t('shape')}
          value={shape}
          onPick={setShape}
          options={[
            { value: 'yaml', text: t('asYaml') },
            { value: 'fields', text: t('asFields') },
          ]}
        />
        <button
          type="button"
          onClick={onClose}
          className="ml-auto rounded-md px-2 py-0.5 text-ink-2 hover:text-ink"
        >
          {common('close')}
        </button>
      </header>
      {shape === 'yaml' ? (
        <Yaml id={id} title={title} shown={shown} />
      ) : (
        <FieldList id={id} title={title} shown={shown} />
      )}
    </section>
  );
}

interface PartProps {
  readonly id: ObjectId;
  readonly title: string;
  readonly shown: boolean;
}

function Yaml({ id, title, shown }: PartProps) {
  const t = useMessages('objects');
  const detail = useInspect({ ask: 'object', ...id }, shown);
  return (
    <div className="min-h-0 flex-1 overflow-auto px-3 pb-3" tabIndex={0} role="region" aria-label={t('yaml')}>
      {detail === null && <p className="text-ink-3">{t('gone')}</p>}
      {detail && detail.events.length > 0 && (
        <table className="mb-2 w-full text-left text-sm">
          <caption className="sr-only">{t('eventsOf', { name: title })}</caption>
          <tbody>
            {detail.events.map((event, i) => (
              <tr key={i} className="align-baseline">
                <td className="pr-3 whitespace-nowrap text-ink-3">{event.age}</td>
                <td className="pr-3 whitespace-nowrap">
                  {event.type === 'Warning' ? <Chip tone="warn">! {event.reason}</Chip> : event.reason}
                  {event.count > 1 && <span className="text-ink-3"> ×{event.count}</span>}
                </td>
                <td className="w-full text-ink-2">{event.message}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {detail && <pre className="text-xs leading-5">{detail.yaml}</pre>}
    </div>
  );
}
