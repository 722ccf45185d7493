// The line between tabs and text: what waits to be applied, and where the cluster has moved away from the files.
import { Button } from '@/components/ui/Button';
import type { Drift } from '@/lib/workbench/editor-desk';
import type { EditorWords } from './words';

export interface DriftBarProps {
  readonly active: string;
  /** Texts wait for the learner's own act. */
  readonly manual: boolean;
  /** Whether the file in front has such a text. */
  readonly pending: boolean;
  readonly drift: readonly Drift[];
  readonly words: EditorWords;
  readonly onApply: () => void;
  readonly onCompare: (file: string) => void;
}

export function DriftBar({ active, manual, pending, drift, words, onApply, onCompare }: DriftBarProps) {
  const first = drift.find(({ file }) => file === active) ?? drift[0];
  if (!manual && !first) return null;
  return (
    <div
      data-testid="editor-drift"
      className="flex min-h-8 flex-wrap items-center gap-2 border-b border-(--line) px-3 py-1 text-[12.5px]"
    >
      <p role="status" className="m-0 min-w-0 flex-1 [overflow-wrap:anywhere]">
        {first && (
          <span className="text-(--warn)">
            <span aria-hidden="true">≠ </span>
            {driftText(drift, first, words)}
          </span>
        )}
      </p>
      {first && <Button onClick={() => onCompare(first.file)}>{words('show')}</Button>}
      {manual && (
        <Button
          kind="primary"
          data-testid="editor-apply"
          disabled={!pending}
          aria-label={words('applyNow', { file: active })}
          aria-keyshortcuts="Control+Enter"
          title="Ctrl+Enter"
          onClick={onApply}
        >
          {words('apply')}
        </Button>
      )}
    </div>
  );
}

function driftText(drift: readonly Drift[], first: Drift, words: EditorWords): string {
  const [one] = first.objects;
  if (!one) return '';
  const more = drift.reduce((sum, { objects }) => sum + objects.length, 0) - 1;
  const name = `${one.kind.toLowerCase()}/${one.name}`;
  const object = one.fields[0] === undefined ? name : `${name} ${one.fields[0]}`;
  if (one.state === 'missing')
    return more > 0
      ? words('driftMissingMore', { object: name, n: more })
      : words('driftMissing', { object: name });
  return more > 0 ? words('driftMore', { object, n: more }) : words('drift', { object });
}
