'use client';
// A live figure of the lesson: the selector of a Service, the labels of the Pods beside it, and the list that comes of them.
import { useLesson } from '@/components/workbench/lesson-context';
import { useInspect } from '@/components/workbench/use-inspect';
import { classes } from '@/components/ui/classes';
import { useMessages } from '@/lib/i18n/client';
import type { Backing as Shown, BackingPod } from '@/lib/workbench/backing';

type Words = ReturnType<typeof useMessages<'lesson'>>;

/** `of`: "namespace/name" of the Service. */
export function Backing({ of: service }: { of: string }) {
  const t = useMessages('lesson');
  const ready = useLesson((view) => view.status === 'ready');
  const shown = useInspect({ ask: 'backing', service }, ready);
  const name = service.slice(service.indexOf('/') + 1);
  return (
    <figure className="my-3" data-backing={service}>
      <figcaption className="mb-1 text-xs text-ink-3">{t('backing', { service: name })}</figcaption>
      <div className="min-h-44 overflow-x-auto rounded-md border border-line bg-bg px-2.5 py-2 text-[12px] leading-[1.55]">
        {shown ? (
          <Figure shown={shown} name={name} t={t} />
        ) : (
          <span className="text-ink-3">{t('waiting')}</span>
        )}
      </div>
    </figure>
  );
}

function Figure({
  shown: { service, pods, more, slices },
  name,
  t,
}: {
  shown: Shown;
  name: string;
  t: Words;
}) {
  const listed = pods.filter((pod) => pod.listed).length;
  return (
    <>
      <p className="mb-2">
        <span className="text-ink-3">{t('backingSelector')}</span>{' '}
        {service === null ? (
          t('backingNoService', { service: name })
        ) : service.selector.length === 0 ? (
          t('backingNoSelector')
        ) : (
          <b className="font-mono font-semibold [overflow-wrap:anywhere] text-svc">
            {service.selector.join(', ')}
          </b>
        )}
      </p>
      <table className="w-full border-collapse text-left">
        <thead>
          <tr className="text-ink-3">
            <th className="pr-2 font-normal">{t('backingPod')}</th>
            <th className="pr-2 font-normal">{t('backingLabels')}</th>
            <th className="font-normal">{t('backingListed')}</th>
          </tr>
        </thead>
        <tbody>
          {pods.map((pod) => (
            <Row key={pod.name} pod={pod} asked={service !== null} t={t} />
          ))}
        </tbody>
      </table>
      {more > 0 && <p className="text-ink-3">{t('backingMore', { count: more })}</p>}
      <div className="mt-2 border-t border-line pt-1.5">
        <p aria-live="polite" className="text-ink-2">
          {t('backingCount', { listed })}
        </p>
        {slices.map((slice) => (
          <p key={slice.name} className="font-mono [overflow-wrap:anywhere]">
            <span className="text-ink-3">
              {slice.name} {slice.ports.join(', ')}
            </span>{' '}
            <span className="text-sep">{slice.addresses.join(', ')}</span>
          </p>
        ))}
      </div>
    </>
  );
}

function Row({ pod, asked, t }: { pod: BackingPod; asked: boolean; t: Words }) {
  return (
    <tr className="border-t border-line align-top">
      <td className="py-0.5 pr-2 font-mono [overflow-wrap:anywhere]">
        {pod.name}
        <br />
        <span className="text-ink-3">{pod.ip}</span>
      </td>
      <td className="py-0.5 pr-2 font-mono [overflow-wrap:anywhere]">
        {pod.labels.length === 0 && <span className="font-sans text-ink-3">{t('backingNoLabels')}</span>}
        {pod.labels.map((label) => (
          <span
            key={label.text}
            className={classes('block', label.wanted ? 'font-semibold text-svc' : 'text-ink-3')}
          >
            {label.text}
          </span>
        ))}
      </td>
      <td className={classes('py-0.5', pod.listed ? 'text-sep' : 'text-ink-3')}>{reason(pod, asked, t)}</td>
    </tr>
  );
}

function reason(pod: BackingPod, asked: boolean, t: Words): string {
  if (pod.listed) return t('backingYes');
  if (!asked) return '–';
  if (!pod.matches) return t('backingNoMatch');
  if (pod.leaving) return t('backingLeaving');
  return pod.ready ? t('backingSoon') : t('backingNotReady');
}
