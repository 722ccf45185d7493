// The problems in words, below the text: what Monaco draws as a wavy line is readable and clickable here.
import type { Problem } from '@/lib/sim/types';
import type { ListedProblem } from './problem-text';
import type { EditorWords } from './words';

export interface ProblemListProps {
  readonly problems: readonly ListedProblem[];
  readonly active: string;
  readonly words: EditorWords;
  readonly onGoTo: (problem: Problem) => void;
}

/** More are counted, not listed: the first ones are what the learner can act on. */
const SHOWN = 20;
const SIGN = { error: '✕', warning: '▲', info: 'i' } as const;
const COLOUR = { error: 'text-(--del)', warning: 'text-(--warn)', info: 'text-(--accent)' } as const;

/** A live region that is always there, so that a screen reader hears a problem when it comes. */
export function ProblemList({ problems, active, words, onGoTo }: ProblemListProps) {
  const more = problems.length - SHOWN;
  return (
    <div aria-live="polite" aria-label={words('problems')} role="region" data-testid="editor-problems">
      {problems.length > 0 && (
        <ul className="max-h-32 overflow-y-auto border-t border-(--line) py-1 text-[12.5px]">
          {problems.slice(0, SHOWN).map(({ problem, text }) => (
            <li key={`${problem.file}:${problem.line}:${problem.column}:${text}`}>
              <Row problem={problem} text={text} active={active} words={words} onGoTo={onGoTo} />
            </li>
          ))}
          {more > 0 && <li className="px-3 py-0.5 text-(--ink-2)">{words('more', { n: more })}</li>}
        </ul>
      )}
    </div>
  );
}

function Row({ problem, text, active, words, onGoTo }: ListedProblem & Omit<ProblemListProps, 'problems'>) {
  const { file, line, column, severity } = problem;
  const elsewhere = file !== active;
  const place = elsewhere ? words('placeInFile', { file, line, column }) : words('place', { line, column });
  return (
    <button
      type="button"
      onClick={() => onGoTo(problem)}
      className="grid w-full grid-cols-[auto_1fr_auto] items-baseline gap-2 px-3 py-0.5 text-left hover:bg-(--bg) focus-visible:outline-2 focus-visible:-outline-offset-2 focus-visible:outline-(--accent)"
    >
      <span aria-hidden="true" className={COLOUR[severity]}>
        {SIGN[severity]}
      </span>
      <span className="min-w-0 [overflow-wrap:anywhere] text-(--ink)">
        <span className="sr-only">{words(severity)}: </span>
        {text}
      </span>
      <span className="text-(--ink-2) tabular-nums">
        <span aria-hidden="true">{elsewhere ? `${file}:${line}` : `${line}:${column}`}</span>
        <span className="sr-only">{place}</span>
      </span>
    </button>
  );
}
