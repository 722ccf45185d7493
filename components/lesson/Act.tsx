'use client';
// A dotted link that acts on the workbench: sets a field of the YAML, lights up chains, runs a command, opens a hint.
import type { ReactNode } from 'react';
import { classes } from '@/components/ui/classes';
import { useLesson, useLessonStore } from '@/components/workbench/lesson-context';
import type { LessonStore } from '@/components/workbench/lesson-store';
import { useMessages } from '@/lib/i18n/client';
import { parseAct, type ActCommand } from './act-command';
import { guardOf, leadTo } from './guards';

type Words = ReturnType<typeof useMessages<'lesson'>>;

export function Act({ do: text, children }: { do: string; children: ReactNode }) {
  const t = useMessages('lesson');
  const store = useLessonStore();
  const ready = useLesson((view) => view.status === 'ready');
  const command = parseAct(text);
  const run = (element: Element): void => {
    if (!command) return;
    // Where to look gives nothing away; what happens does.
    const guard = command.kind === 'hint' || command.kind === 'show' ? undefined : guardOf(element);
    if (guard) {
      leadTo(guard);
      store.announce(t('guarded'));
    } else void act(store, command, t);
  };
  const enabled = ready && command !== undefined;
  // A span, because a button cannot be broken over lines, and Chinese must not begin a line with the full stop after it.
  return (
    <span
      role="button"
      tabIndex={0}
      title={t('act')}
      data-act={text}
      aria-disabled={!enabled}
      onClick={({ currentTarget }) => enabled && run(currentTarget)}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' && event.key !== ' ') return;
        event.preventDefault();
        if (enabled) run(event.currentTarget);
      }}
      className={classes(
        'underline decoration-dotted underline-offset-[3px]',
        enabled ? 'cursor-pointer text-accent hover:decoration-solid' : 'text-ink-2',
      )}
    >
      {children}
    </span>
  );
}

const CLOCK = { hold: 'actHold', step: 'actStep', run: 'actRun' } as const;

async function act(store: LessonStore, command: ActCommand, t: Words): Promise<void> {
  switch (command.kind) {
    case 'set':
      return setField(store, command, t);
    case 'chain':
      store.lightChains(command.prefix);
      return store.announce(t('actChain', { name: command.prefix }));
    case 'run':
      return store.runCommand(command.line, command.terminal);
    case 'clock':
      store.clock(command.move);
      return store.announce(t(CLOCK[command.move]));
    case 'hint':
      return store.openHint(command.task);
    case 'show':
      return store.reveal(command.file, command.line);
  }
}

async function setField(
  store: LessonStore,
  { file, path, value }: Extract<ActCommand, { kind: 'set' }>,
  t: Words,
): Promise<void> {
  const { setYamlPath } = await import('@/lib/workbench/edit-yaml');
  const text = store.getView().files.find((one) => one.name === file)?.text ?? '';
  const edited = setYamlPath(text, path, value);
  if (edited === undefined) return store.announce(t('actFailed', { file }));
  store.edit(file, edited);
  store.reveal(file, firstChange(text, edited), 'views');
  store.announce(t('actDone', { what: `${path}: ${value}` }));
}

/** 1-based. */
function firstChange(before: string, after: string): number {
  const old = before.split('\n');
  return (
    Math.max(
      0,
      after.split('\n').findIndex((line, i) => line !== old[i]),
    ) + 1
  );
}
