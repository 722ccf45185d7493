'use client';
// A prediction before the packet is sent: where it ends and which source address the server sees; hints tell the way step by step.
import { useState } from 'react';
import { Button } from '@/components/ui/Button';
import { useMessages } from '@/lib/i18n/client';
import type { PredictionChoices } from '@/lib/workbench/prediction';
import { FIELD } from './Ends';
import { useTelling } from './tell';

/** What has been said so far. */
export interface Said {
  readonly end: string;
  readonly source: string;
}

export const NOTHING_SAID: Said = { end: '', source: '' };
/** No server sees a packet that ends in an error or in silence. */
const reachesServer = (end: string): boolean => end !== 'error' && end !== 'silence';
export const isWhole = ({ end, source }: Said): boolean =>
  end !== '' && (!reachesServer(end) || source !== '');

interface PredictFormProps {
  readonly choices: PredictionChoices;
  readonly said: Said;
  readonly onSay: (said: Said) => void;
}

export function PredictForm({ choices, said, onSay }: PredictFormProps) {
  const t = useMessages('packet');
  return (
    <fieldset
      className="flex shrink-0 flex-wrap items-center gap-x-3 gap-y-1 border-b border-line bg-bg px-3 py-1 text-sm"
      data-testid="packet-prediction"
    >
      <legend className="sr-only">{t('prediction')}</legend>
      <label className="flex min-w-40 flex-1 items-center gap-2">
        <span className="shrink-0 text-ink-3">{t('endsAt')}</span>
        <select
          className={FIELD}
          value={said.end}
          onChange={(event) => onSay({ ...said, end: event.target.value })}
        >
          <option value="">{t('choose')}</option>
          {choices.endpoints.length > 1 && <option value="lot">{t('byLot')}</option>}
          {choices.endpoints.map(({ end, pod }) => (
            <option key={end} value={end}>
              {end}
              {pod && ` · ${pod.replace(/^default\//, '')}`}
            </option>
          ))}
          <option value="error">{t('anError')}</option>
          <option value="silence">{t('silence')}</option>
        </select>
      </label>
      <label className="flex min-w-60 flex-1 items-center gap-2">
        <span className="shrink-0 text-ink-3">{t('sees')}</span>
        <select
          className={FIELD}
          value={reachesServer(said.end) ? said.source : ''}
          disabled={!reachesServer(said.end)}
          onChange={(event) => onSay({ ...said, source: event.target.value })}
        >
          <option value="">{t('choose')}</option>
          {choices.sources.map(({ address, of }) => (
            <option key={address} value={address}>
              {address} ·{' '}
              {of === ''
                ? t(address === choices.called ? 'theCalled' : 'theClient')
                : of.replace(/^default\//, '')}
            </option>
          ))}
        </select>
      </label>
      <Hints choices={choices} />
    </fieldset>
  );
}

/** The way in words, one sentence more at each press; where lots are drawn, up to the lot. */
function Hints({ choices: { hints } }: { choices: PredictionChoices }) {
  const t = useMessages('packet');
  const tell = useTelling();
  const [shown, setShown] = useState(0);
  return (
    <>
      <Button onClick={() => setShown(shown + 1)} disabled={shown > hints.length}>
        {t('hintNext')}
      </Button>
      <ol
        aria-live="polite"
        aria-label={t('hints')}
        className="w-full list-inside list-decimal text-ink-2 empty:hidden"
      >
        {hints.slice(0, shown).map((step, i) => (
          <li key={i}>{tell(step)}</li>
        ))}
        {shown > hints.length && <li className="list-none text-ink-3">{t('noHint')}</li>}
      </ol>
    </>
  );
}
