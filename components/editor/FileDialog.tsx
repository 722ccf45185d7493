// Asks for a file's name, or whether a file shall go.
import { useId, useState } from 'react';
import { Button } from '@/components/ui/Button';
import { Dialog } from '@/components/ui/Dialog';
import { copyName, fullName, nameFault } from './file-names';
import type { EditorWords } from './words';

/** What is asked; `file` is the one that is copied, renamed or deleted. */
export interface FileQuestion {
  readonly kind: 'new' | 'duplicate' | 'rename' | 'delete';
  readonly file: string;
}

export interface FileDialogProps {
  readonly question: FileQuestion;
  readonly files: readonly string[];
  readonly words: EditorWords;
  /** The name that was given; the file's own if it is to be deleted. */
  readonly onAnswer: (name: string) => void;
  readonly onClose: () => void;
}

export function FileDialog(props: FileDialogProps) {
  return props.question.kind === 'delete' ? <DeleteDialog {...props} /> : <NameDialog {...props} />;
}

function DeleteDialog({ question, words, onAnswer, onClose }: FileDialogProps) {
  return (
    <Dialog
      open
      title={words('deleteTitle', { file: question.file })}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{words('cancel')}</Button>
          <Button kind="danger" onClick={() => onAnswer(question.file)}>
            {words('deleteNow')}
          </Button>
        </>
      }
    >
      {words('deleteText')}
    </Dialog>
  );
}

const SUGGESTED = 'manifest.yaml';

function NameDialog({ question, files, words, onAnswer, onClose }: FileDialogProps) {
  const { kind, file } = question;
  const id = useId();
  const [typed, type] = useState(() => {
    if (kind === 'rename') return file;
    return nameFault(SUGGESTED, files) === undefined && kind === 'new'
      ? SUGGESTED
      : copyName(kind === 'new' ? SUGGESTED : file, files);
  });
  const fault = nameFault(fullName(typed), files, kind === 'rename' ? file : undefined);
  const title = {
    new: words('newFileTitle'),
    duplicate: words('duplicateTitle', { file }),
    rename: words('renameTitle', { file }),
  };
  return (
    <Dialog
      open
      title={title[kind === 'delete' ? 'rename' : kind]}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{words('cancel')}</Button>
          <Button kind="primary" type="submit" form={id} disabled={fault !== undefined}>
            {words(kind === 'rename' ? 'renameNow' : 'create')}
          </Button>
        </>
      }
    >
      <form
        id={id}
        onSubmit={(event) => {
          event.preventDefault();
          if (fault === undefined) onAnswer(fullName(typed));
        }}
      >
        <label className="flex flex-col gap-1">
          <span>{words('name')}</span>
          <input
            value={typed}
            spellCheck={false}
            autoCapitalize="off"
            autoComplete="off"
            aria-invalid={fault !== undefined}
            aria-describedby={`${id}-fault`}
            onFocus={(event) =>
              event.currentTarget.setSelectionRange(0, typed.replace(/\.[a-z]+$/i, '').length)
            }
            onChange={(event) => type(event.currentTarget.value)}
            className="min-h-8 rounded border border-(--line-control) bg-(--panel) px-2 font-mono text-(--ink)"
          />
        </label>
        <p id={`${id}-fault`} aria-live="polite" className="mt-1 min-h-5 text-sm text-(--del)">
          {fault === undefined || typed === '' ? '' : words(fault)}
        </p>
      </form>
    </Dialog>
  );
}
