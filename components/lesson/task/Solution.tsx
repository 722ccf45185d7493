'use client';
// The end of the hint ladder: the reference solution, one line or step at a time.
import { Button } from '@/components/ui/Button';
import { HINTS } from '@/components/workbench/lesson-store';
import { useLesson, useLessonStore } from '@/components/workbench/lesson-context';
import { useInspect } from '@/components/workbench/use-inspect';
import { useMessages } from '@/lib/i18n/client';
import type { PlanStep } from '@/lib/workbench/solution-plan';
import { codeClass, Inline } from '../Inline';
import { revealed, unitsOf } from './reveal';

type Words = ReturnType<typeof useMessages<'task'>>;

export function Solution({ task }: { task: string }) {
  const t = useMessages('task');
  const store = useLessonStore();
  const plan = useInspect({ ask: 'plan', task }, true);
  const open = useLesson((view) => (view.hints[task] ?? 0) - HINTS);
  if (plan === undefined) return null;
  if (plan === null) return <p className="mt-2 text-sm text-ink-3">{t('solutionNone')}</p>;
  const of = unitsOf(plan);
  const steps = revealed(plan, open);
  return (
    <div className="mt-2" data-testid="solution">
      <div aria-live="polite">
        {steps.length > 0 && (
          <div className="border-l-2 border-accent pl-3 text-sm">
            <p className="text-ink-3">{t('solutionTitle')}</p>
            <ol className="space-y-1.5">
              {steps.map((step, i) => (
                <li key={i}>
                  <Step step={step} t={t} />
                </li>
              ))}
            </ol>
            {open >= of && <p className="mt-1 text-ink-3">{t('solutionWhole')}</p>}
          </div>
        )}
      </div>
      {open < of && (
        <Button data-key="hint" className="mt-2" onClick={() => store.openHint(task, of)}>
          {t('solutionNext', { n: Math.max(0, open) + 1, of })}
        </Button>
      )}
    </div>
  );
}

function Step({ step, t }: { step: PlanStep; t: Words }) {
  const { lesson } = useLessonStore();
  const said = (text: string, code?: string) => (
    <p className="text-ink-2">
      {text} {code !== undefined && <code className={codeClass}>{code}</code>}
    </p>
  );
  switch (step.kind) {
    case 'edit':
      return <Edit step={step} t={t} />;
    case 'shell': {
      const terminal = step.terminal === 'control' ? t('solutionControl') : step.terminal;
      return (
        <>
          {said(t('solutionShell', { terminal }))}
          <pre className="overflow-x-auto rounded border border-line bg-bg px-2 py-1 text-[12px]">
            {step.line}
          </pre>
        </>
      );
    }
    case 'chain':
      return said(t('solutionChain'), step.name);
    case 'packet':
      return said(t('solutionPacket', { kind: step.fromKind, from: step.from }), step.to);
    case 'predict':
      return (
        <p className="text-ink-2">
          {t('solutionPredict')} <Inline text={lesson.words.predictions[step.question]?.question ?? ''} />
        </p>
      );
    case 'answer':
      return said(t('solutionAnswer'));
    case 'click':
      return said(t('solutionClick', { target: step.target }));
    case 'time':
      return said(t('solutionTime'));
  }
}

function Edit({ step, t }: { step: Extract<PlanStep, { readonly kind: 'edit' }>; t: Words }) {
  return (
    <>
      <p className="text-ink-2">{t('solutionEdit', { file: step.file })}</p>
      <ol className="overflow-x-auto rounded border border-line bg-bg px-2 py-1 text-[12px] leading-5">
        {step.lines.map((line, i) => (
          <li key={i} data-change={line.change}>
            <code className={line.change === 'removed' ? 'text-del line-through' : 'text-ink'}>
              <span className="whitespace-pre">{line.text}</span>
            </code>
            {line.change === 'removed' && <span className="sr-only"> ({t('solutionEditGoes')})</span>}
            {line.about !== undefined && i === step.lines.length - 1 && (
              <p className="font-sans text-ink-3">
                <b className="font-medium">{line.field}</b> {line.about}
              </p>
            )}
          </li>
        ))}
      </ol>
    </>
  );
}
