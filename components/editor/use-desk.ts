// What the editor learns from the worker beside its state: whether the cluster has moved, what it would say to a text that is not
// applied yet, and the file in front as the cluster has it.
import { useEffect, useEffectEvent, useState } from 'react';
import type { AnswerTo, Drift, EditorQuestion, Verdict } from '@/lib/workbench/editor-desk';
import type { Comparison } from '@/lib/workbench/editor-compare';
import type { SourceFile } from '@/lib/workbench/protocol';

/** Asks the worker; undefined while the cluster does not run. */
export type Consult = <Q extends EditorQuestion>(question: Q) => Promise<AnswerTo<Q> | undefined>;

const NO_DRIFT: readonly Drift[] = [];
/** Asked when the cluster has been quiet for so long (ms): typing comes first. */
const DRIFT_AFTER_MS = 300;
const CHECK_AFTER_MS = 250;

/** Objects of the files that are different in the cluster, asked anew after each of its states. */
export function useDrift(consult: Consult, revision: number): readonly Drift[] {
  const [drift, setDrift] = useState(NO_DRIFT);
  useEffect(() => {
    let current = true;
    const timer = setTimeout(() => {
      void consult({ ask: 'drift' }).then((found) => {
        if (current) setDrift((before) => (found && !same(found, before) ? found : before));
      });
    }, DRIFT_AFTER_MS);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [consult, revision]);
  return drift;
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** What the cluster would say to texts that are not applied; the last answer stands until the next. */
export function useVerdicts(
  consult: Consult,
  unsent: readonly SourceFile[],
  revision: number,
): ReadonlyMap<string, Verdict> {
  const [verdicts, setVerdicts] = useState<ReadonlyMap<string, Verdict>>(new Map());
  const key = JSON.stringify(unsent.map(({ name, text }) => [name, text.length, text.slice(0, 200_000)]));
  const texts = useEffectEvent(() => unsent);
  useEffect(() => {
    let current = true;
    const ask = async (): Promise<void> => {
      const answers = await Promise.all(
        texts().map(
          async ({ name, text }) => [name, await consult({ ask: 'check', file: name, text })] as const,
        ),
      );
      if (!current) return;
      setVerdicts(new Map(answers.flatMap(([name, verdict]) => (verdict ? [[name, verdict] as const] : []))));
    };
    const timer = setTimeout(() => void ask(), CHECK_AFTER_MS);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [consult, key, revision]);
  return verdicts;
}

/** A file as the cluster has it: undefined while it is being read, null if it cannot be. */
export function useComparison(
  consult: Consult,
  file: string | undefined,
  text: string,
  revision: number,
): Comparison | null | undefined {
  const [answer, setAnswer] = useState<Comparison | null>();
  useEffect(() => {
    if (file === undefined) return;
    let current = true;
    void consult({ ask: 'compare', file, text }).then((found) => {
      if (current) setAnswer(found ?? null);
    });
    return () => {
      current = false;
      setAnswer(undefined);
    };
  }, [consult, file, text, revision]);
  return answer;
}
