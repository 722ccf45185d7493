'use client';
// Rules of the reader's own cluster, in the text. Before the cluster runs they are those of the lab's start, which the same
// engine wrote when the page was built.
import { useMemo } from 'react';
import { useLesson, useLessonStore } from '@/components/workbench/lesson-context';
import { useMessages } from '@/lib/i18n/client';

/** `match` is how the chain's name begins; `index` picks one rule of them, counted from 1 as iptables does; without it all are shown. */
export function LiveRule({ match, index }: { match: string; index?: number }) {
  const t = useMessages('lesson');
  const { lesson } = useLessonStore();
  const graph = useLesson((view) => view.state?.graph);
  const rules = useMemo(() => {
    const texts = graph
      ? graph.nodes
          .filter((node) => node.name.startsWith(match))
          .flatMap((node) => node.rules.map((rule) => rule.text))
      : lesson.startRules.filter((rule) => rule.chain.startsWith(match)).map((rule) => rule.text);
    return index === undefined ? texts : texts.slice(index - 1, index);
  }, [graph, lesson, match, index]);
  return (
    <figure className="my-3" data-live-rule={match}>
      <figcaption className="mb-1 text-xs text-ink-3">{t('liveRule')}</figcaption>
      <pre className="rounded-md border border-line bg-bg px-2.5 py-2 text-[12px] leading-[1.55] [overflow-wrap:anywhere] whitespace-pre-wrap">
        {rules.length > 0 ? (
          rules.join('\n')
        ) : (
          <span className="font-sans text-ink-3">{t('liveRuleNone')}</span>
        )}
      </pre>
    </figure>
  );
}
