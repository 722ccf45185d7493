'use client';
// The numbers of all measurements: the plot's twin, and more.
import { amountOfBytes } from '@/components/lesson/watch/amount';
import { useLocale, useMessages } from '@/lib/i18n/client';
import type { Measurement } from './use-measurements';

export function CostTable({ made }: { made: readonly Measurement[] }) {
  const t = useMessages('scale');
  const locale = useLocale();
  return (
    <>
      <p aria-hidden className="mt-2 text-xs text-ink-3">
        {t('caption')}
      </p>
      <div className="mt-2 overflow-x-auto" tabIndex={0} role="region" aria-label={t('caption')}>
        <table className="w-full border-collapse text-[12px] tabular-nums [&_td]:py-1 [&_td]:pr-3 [&_th]:py-1 [&_th]:pr-3 [&_th]:text-left [&_th]:font-normal">
          <caption className="sr-only">{t('caption')}</caption>
          <thead className="text-ink-3">
            <tr>
              <th scope="col">{t('services')}</th>
              <th scope="col">{t('mode')}</th>
              <th scope="col">{t('first')}</th>
              <th scope="col">{t('middle')}</th>
              <th scope="col">{t('last')}</th>
              <th scope="col">{t('atStart')}</th>
              <th scope="col">{t('oneChange')}</th>
              <th scope="col">{t('dispatch')}</th>
              <th scope="col">{t('bytes')}</th>
              <th scope="col">{t('timeHere')}</th>
            </tr>
          </thead>
          <tbody>
            {made.map((m) => (
              <tr
                key={`${m.services} ${m.mode}`}
                className="border-t border-line"
                data-row={`${m.mode}/${m.services}`}
              >
                <th scope="row">{m.services}</th>
                <td>{t(m.mode)}</td>
                <td>{m.rules.first}</td>
                <td>{m.rules.middle}</td>
                <td>{m.rules.last}</td>
                <td>{m.whole.lines}</td>
                <td>{m.change.lines}</td>
                <td>{m.mode === 'iptables' ? m.change.dispatch : '–'}</td>
                <td className="whitespace-nowrap">{amountOfBytes(locale, m.change.bytes)}</td>
                <td className="whitespace-nowrap">{t('ms', { n: Math.round(m.change.ms * 10) / 10 })}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}
