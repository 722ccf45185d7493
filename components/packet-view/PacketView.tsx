'use client';
// The packet pane: choose who calls whom, send one packet and walk its way step by step – predicted first, if wanted –, or many and see
// where they go.
import { useEffect, useState } from 'react';
import { Button } from '@/components/ui/Button';
import { SegmentedControl } from '@/components/ui/SegmentedControl';
import { tabId, Tabs } from '@/components/ui/Tabs';
import { useLesson, useLessonStore } from '@/components/workbench/lesson-context';
import { useInspect } from '@/components/workbench/use-inspect';
import { packetTarget } from '@/lib/course/packet-target';
import { useMessages } from '@/lib/i18n/client';
import type { Reason } from '@/lib/net/ruleset/types';
import type { PacketFrom, PacketTo } from '@/lib/workbench/packet';
import { judge, type Judged as JudgedType, type Prediction, type Way } from '@/lib/workbench/judge';
import { Ends } from './Ends';
import { choiceOf, chosenEnds, sentElsewhere, type Choice } from './choose';
import { Judged } from './Judged';
import { PacketTrip } from './PacketTrip';
import { isWhole, NOTHING_SAID, PredictForm, type Said } from './PredictForm';
import { SpreadProgress, SpreadTable } from './SpreadTable';
import { useSpread } from './use-spread';

type Tab = 'one' | 'many';
const COUNTS = ['1000', '10000'] as const;
type Count = (typeof COUNTS)[number];

/** What was sent: the ends as they were then, and what was said before. */
interface Sent {
  readonly from: PacketFrom;
  readonly to: PacketTo;
  readonly turn: number;
  readonly said?: { readonly prediction: Prediction; readonly ways: readonly Way[] };
}

export function PacketView() {
  const t = useMessages('packet');
  const service = useLesson((view) => view.state?.focus.service ?? null);
  const ends = useInspect({ ask: 'ends', service }, true);
  const [tab, setTab] = useState<Tab>('one');
  const [count, setCount] = useState<Count>('1000');
  const [choice, setChoice] = useState<Choice>({});
  const [sent, setSent] = useState<Readonly<Partial<Record<Tab, Sent>>>>({});
  const [predicting, setPredicting] = useState(false);
  const [said, setSaid] = useState<Said>(NOTHING_SAID);
  const [missing, setMissing] = useState(false);
  const chosen = ends && chosenEnds(ends, choice);
  const store = useLessonStore();
  const both = chosen?.from && chosen.to ? { from: chosen.from, to: chosen.to } : undefined;
  const asking = tab === 'one' && predicting;
  const choices = useChoices(both, asking);
  const n = Number(count);
  const send = (): void => {
    if (!both) return;
    if (asking && !(choices && isWhole(said))) return setMissing(true);
    const turn = (sent[tab]?.turn ?? 0) + 1;
    // One packet is really sent: it counts, and the lab's tasks see it.
    if (tab === 'one') store.click(packetTarget({ from: both.from, ...both.to }));
    const prediction = asking && choices && { prediction: predictionOf(said), ways: choices.ways };
    setSent({ ...sent, [tab]: { ...both, turn, ...(prediction ? { said: prediction } : {}) } });
    setSaid(NOTHING_SAID);
    setMissing(false);
  };
  const choose = (next: Choice): void => {
    setChoice(next);
    setSaid(NOTHING_SAID);
    setMissing(false);
    // What was sent between other ends is no answer for these.
    setSent({});
  };
  const wanted = useLesson((view) => view.wantedPacket);
  const [followed, setFollowed] = useState<typeof wanted>();
  if (wanted !== followed) {
    setFollowed(wanted);
    const shown = wanted && sentElsewhere(wanted.target);
    if (shown) {
      const { from, to } = shown;
      setTab('one');
      setChoice(choiceOf(from, to));
      setSent({ one: { from, to, turn: (sent.one?.turn ?? 0) + 1 } });
    }
  }
  const panel = `packet-${tab}`;
  return (
    <div className="flex h-full min-h-0 flex-col">
      <div className="flex h-9 shrink-0 items-stretch gap-2 border-b border-line pr-16 pl-2 text-sm max-lg:pr-2">
        <Tabs
          label={t('views')}
          items={[
            { id: 'one', label: t('one'), panel: 'packet-one' },
            { id: 'many', label: t('many', { n }), panel: 'packet-many' },
          ]}
          active={tab}
          onSelect={setTab}
          className="min-w-0 overflow-x-auto [scrollbar-width:none]"
        />
        <span className="flex-1" />
        <Button
          kind="primary"
          className="my-1 min-h-6 shrink-0"
          disabled={!both}
          onClick={send}
          data-pane-focus
        >
          {tab === 'one' ? t('send') : t('sendMany', { n })}
        </Button>
      </div>
      <div
        id={panel}
        role="tabpanel"
        aria-labelledby={tabId(panel)}
        className="flex min-h-0 flex-1 flex-col overflow-y-auto"
        data-testid="packet"
      >
        {ends ? (
          <Ends ends={ends} choice={choice} fault={chosen?.fault} onChoose={choose}>
            {tab === 'one' ? (
              <label className="flex items-center gap-1.5 text-ink-2">
                <input
                  type="checkbox"
                  checked={predicting}
                  onChange={(event) => setPredicting(event.target.checked)}
                />
                {t('predictFirst')}
              </label>
            ) : (
              <SegmentedControl
                label={t('howMany')}
                options={COUNTS.map((value) => ({ value, text: Number(value).toLocaleString('en') }))}
                value={count}
                onPick={setCount}
              />
            )}
          </Ends>
        ) : (
          <div className="h-9 shrink-0" />
        )}
        {asking && choices && (
          <PredictForm
            key={JSON.stringify([both, sent.one?.turn])}
            choices={choices}
            said={said}
            onSay={setSaid}
          />
        )}
        {missing && (
          <p role="alert" className="shrink-0 border-b border-line px-3 py-1 text-sm text-warn">
            {t('predictBoth')}
          </p>
        )}
        {ends && tab === 'one' && (
          <Shown
            sent={sent.one}
            empty={ends.targets.length === 0 && !choice.typedTo}
            hint={t(asking ? 'predictBoth' : 'hint')}
          >
            {(one) => <One {...one} />}
          </Shown>
        )}
        {ends && tab === 'many' && (
          <Shown
            sent={sent.many}
            empty={ends.targets.length === 0 && !choice.typedTo}
            hint={t('hintMany', { n })}
          >
            {(many) => <Many {...many} count={n} />}
          </Shown>
        )}
      </div>
    </div>
  );
}

const predictionOf = ({ end, source }: Said): Prediction => ({ end, ...(source === '' ? {} : { source }) });

/** What can be predicted between two ends. */
function useChoices(both: { readonly from: PacketFrom; readonly to: PacketTo } | undefined, asking: boolean) {
  const from = both?.from ?? { node: '' };
  const to: PacketTo = both?.to ?? { to: '', protocol: 'tcp' };
  const answer = useInspect({ ask: 'prediction', from, to }, asking && both !== undefined);
  return both && answer?.ok ? answer.value : undefined;
}

interface ShownProps {
  readonly sent: Sent | undefined;
  /** Nothing can be sent anywhere. */
  readonly empty: boolean;
  readonly hint: string;
  readonly children: (sent: Sent) => React.ReactNode;
}

function Shown({ sent, empty, hint, children }: ShownProps) {
  const t = useMessages('packet');
  if (sent) return children(sent);
  return <Hint text={empty ? t('noTarget') : hint} />;
}

function One({ from, to, turn, said }: Sent) {
  const sent = useInspect({ ask: 'sent', from, to, turn }, true);
  const store = useLessonStore();
  // Steps light up rules of the chains; when the pane's trip goes, so does the light.
  useEffect(() => () => store.lights.lightRules([]), [store]);
  if (!sent) return null;
  if (!sent.ok) return <Fault fault={sent.error} />;
  const judged: JudgedType | undefined = said && judge(said.prediction, said.ways, sent.value);
  return (
    <PacketTrip
      key={`${turn}`}
      trace={sent.value}
      {...(judged ? { judged: <Judged judged={judged} trace={sent.value} /> } : {})}
    />
  );
}

function Many({ from, to, turn, count }: Sent & { readonly count: number }) {
  const sending = useSpread({ from, to, turn: turn - 1, count });
  const { result } = sending;
  if (!result) return <SpreadProgress sending={sending} of={count} />;
  if (!result.ok) return <Fault fault={result.error} />;
  return (
    <>
      <SpreadProgress sending={sending} of={count} />
      <SpreadTable spread={result.value} />
    </>
  );
}

function Fault({ fault }: { fault: Reason }) {
  const words = useMessages('trace');
  return <Hint text={words(fault.code as Parameters<typeof words>[0], fault.params)} />;
}

const Hint = ({ text }: { text: string }) => <p className="p-4 text-center text-sm text-ink-3">{text}</p>;
