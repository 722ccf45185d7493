// New, duplicate, rename, delete: what the learner does with whole files. A file of the lesson can be copied, nothing else.
import { useState } from 'react';
import type { SourceFile } from '@/lib/workbench/protocol';
import type { Drafts } from './drafts';
import { MAX_FILES } from './file-names';
import type { FileQuestion } from './FileDialog';

export interface FileActions {
  readonly question: FileQuestion | undefined;
  readonly ask: (kind: FileQuestion['kind'], file: string) => void;
  readonly answer: (name: string) => void;
  readonly close: () => void;
  readonly isFull: boolean;
  readonly isFixed: (file: string) => boolean;
}

export interface FileActionsInput {
  readonly files: readonly SourceFile[];
  readonly fixed: readonly string[];
  readonly drafts: Drafts;
  readonly manual: boolean;
  readonly choose: (file: string) => void;
  /** Tells the worker; an empty text deletes a file of the learner's own. */
  readonly onChange: (file: string, text: string) => void;
}

/** An empty file is none: a new one has an empty line. */
const NEW_TEXT = '\n';

export function useFileActions(input: FileActionsInput): FileActions {
  const { files, fixed, drafts, manual, choose, onChange } = input;
  const [question, setQuestion] = useState<FileQuestion>();
  const isFixed = (file: string): boolean => fixed.includes(file);
  const isFull = files.length >= MAX_FILES;
  const sent = (file: string): string => files.find(({ name }) => name === file)?.text ?? NEW_TEXT;
  const ask = (kind: FileQuestion['kind'], file: string): void => {
    if ((kind === 'rename' || kind === 'delete') && isFixed(file)) return;
    if ((kind === 'new' || kind === 'duplicate') && isFull) return;
    setQuestion({ kind, file });
  };
  /** The text of a file under another name; what is not applied yet stays so. */
  const put = (name: string, from: string): void => {
    if (manual) drafts.promise(name, drafts.text(from));
    onChange(name, (manual ? sent(from) : drafts.text(from)) || NEW_TEXT);
  };
  const answer = (name: string): void => {
    if (!question) return;
    const { kind, file } = question;
    setQuestion(undefined);
    if (kind === 'delete') return onChange(file, '');
    if (kind === 'rename' && name === file) return;
    if (kind === 'new') onChange(name, NEW_TEXT);
    else put(name, file);
    if (kind === 'rename') onChange(file, '');
    choose(name);
  };
  return { question, ask, answer, close: () => setQuestion(undefined), isFull, isFixed };
}
