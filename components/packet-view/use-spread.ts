'use client';
// Many packets, part by part: the cluster's worker sends some, tells how far it is, and is free for others before the next part. A change
// of the cluster begins anew; what was stopped stays as it is.
import { useEffect, useState } from 'react';
import { useLesson, useLessonStore } from '@/components/workbench/lesson-context';
import type { Result } from '@/lib/core/result';
import type { Reason } from '@/lib/net/ruleset/types';
import type { Spread, SpreadQuestion } from '@/lib/workbench/spread';

export interface Sending {
  readonly result: Result<Spread, Reason> | undefined;
  readonly state: 'sending' | 'stopped' | 'done';
  readonly stop: () => void;
}

type Asked = Omit<SpreadQuestion, 'sent'>;

export function useSpread(asked: Asked): Sending {
  const store = useLessonStore();
  const changes = useLesson((view) => view.state?.clock.changes ?? 0);
  const key = JSON.stringify(asked);
  const [result, setResult] = useState<Result<Spread, Reason>>();
  const [stopped, setStopped] = useState<string | null>(null);
  const isStopped = stopped === key;
  useEffect(() => {
    if (isStopped) return undefined;
    let left = false;
    const send = async (): Promise<void> => {
      const question = JSON.parse(key) as Asked;
      for (let sent = 0; sent < question.count && !left;) {
        const next = await store.inspect({ ask: 'packets', ...question, sent });
        if (next === undefined || left) return;
        setResult(next);
        if (!next.ok) return;
        sent = next.value.sent;
      }
    };
    void send();
    return () => {
      left = true;
    };
  }, [store, key, changes, isStopped]);
  const done = result !== undefined && (!result.ok || result.value.sent >= asked.count);
  return {
    result,
    state: isStopped ? 'stopped' : done ? 'done' : 'sending',
    stop: () => setStopped(key),
  };
}
