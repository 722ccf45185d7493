'use client';
// An answer of the worker that is asked for again whenever the cluster has changed. The last answer stays until the next is there;
// of questions that come faster than answers, only the newest is asked.
import { useEffect, useRef, useState } from 'react';
import type { InspectAnswerTo, InspectQuestion } from '@/lib/workbench/inspect';
import { useLesson, useLessonStore } from './lesson-context';

export function useInspect<Q extends InspectQuestion>(
  question: Q,
  shown: boolean,
): InspectAnswerTo<Q> | undefined {
  const store = useLessonStore();
  const revision = useLesson((view) => view.state?.revision);
  const key = JSON.stringify(question);
  const [answer, setAnswer] = useState<{ readonly key: string; readonly value: InspectAnswerTo<Q> }>();
  const wanted = useRef<string | null>(null);
  const asking = useRef(false);
  useEffect(() => {
    if (!shown || revision === undefined) return undefined;
    let left = false;
    wanted.current = key;
    const ask = async (): Promise<void> => {
      asking.current = true;
      while (wanted.current !== null && !left) {
        const next = wanted.current;
        wanted.current = null;
        const value = await store.inspect(JSON.parse(next) as Q);
        if (value !== undefined && !left) setAnswer({ key: next, value });
      }
      asking.current = false;
    };
    if (!asking.current) void ask();
    return () => {
      left = true;
      asking.current = false;
    };
  }, [store, key, revision, shown]);
  return answer?.value;
}
