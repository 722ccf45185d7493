'use client';
// The packet pane: choose who calls whom, send one packet and walk its way step by step, or a thousand and see where they go.
import { useEffect, useState } from 'react';
import { Button } from '@/components/ui/Button';
import { tabId, Tabs } from '@/components/ui/Tabs';
import { useLesson, useLessonStore } from '@/components/workbench/lesson-context';
import { useInspect } from '@/components/workbench/use-inspect';
import { useMessages } from '@/lib/i18n/client';
import { packetTarget } from '@/lib/course/packet-target';
import type { PacketEnds } from '@/lib/workbench/packet';
import { Ends } from './Ends';
import { chosenEnds, type ChosenEnds } from './choose';
import { PacketTrip } from './PacketTrip';
import { SpreadTable } from './SpreadTable';

type Tab = 'one' | 'many';
const MANY = 1_000;

export function PacketView() {
  const t = useMessages('packet');
  const service = useLesson((view) => view.state?.focus.service ?? null);
  const ends = useInspect({ ask: 'ends', service }, true);
  const [tab, setTab] = useState<Tab>('one');
  const [choice, setChoice] = useState<ChosenEnds>({});
  const [turn, setTurn] = useState<Readonly<Record<Tab, number>>>({ one: 0, many: 0 });
  const chosen = ends && chosenEnds(ends, choice);
  const store = useLessonStore();
  const send = (): void => {
    // One packet is really sent: it counts, and the lab's tasks see it.
    if (tab === 'one' && chosen?.from && chosen.to)
      store.click(packetTarget({ from: chosen.from, ...plain(chosen.to) }));
    setTurn({ ...turn, [tab]: turn[tab] + 1 });
  };
  const panel = `packet-${tab}`;
  return (
    <div className="flex h-full min-h-0 flex-col">
      <div className="flex h-9 shrink-0 items-stretch gap-2 border-b border-line pr-16 pl-2 text-sm max-lg:pr-2">
        <Tabs
          label={t('views')}
          items={[
            { id: 'one', label: t('one'), panel: 'packet-one' },
            { id: 'many', label: t('many'), panel: 'packet-many' },
          ]}
          active={tab}
          onSelect={setTab}
          className="min-w-0 overflow-x-auto [scrollbar-width:none]"
        />
        <span className="flex-1" />
        <Button
          kind="primary"
          className="my-1 min-h-6 shrink-0"
          disabled={!chosen?.from || !chosen.to}
          onClick={send}
          data-pane-focus
        >
          {t(tab === 'one' ? 'send' : 'sendMany')}
        </Button>
      </div>
      <div
        id={panel}
        role="tabpanel"
        aria-labelledby={tabId(panel)}
        className="flex min-h-0 flex-1 flex-col"
        data-testid="packet"
      >
        {ends && chosen ? (
          <Ends ends={ends} chosen={chosen} onChoose={setChoice} />
        ) : (
          <div className="h-9 shrink-0" />
        )}
        {ends && <Result ends={ends} chosen={chosen} tab={tab} turn={turn[tab]} />}
      </div>
    </div>
  );
}

interface ResultProps {
  readonly ends: PacketEnds;
  readonly chosen: ChosenEnds | undefined;
  readonly tab: Tab;
  readonly turn: number;
}

function Result({ ends, chosen, tab, turn }: ResultProps) {
  const t = useMessages('packet');
  if (ends.targets.length === 0) return <Hint text={t('noTarget')} />;
  if (turn === 0 || !chosen?.from || !chosen.to)
    return <Hint text={t(tab === 'one' ? 'hint' : 'hintMany')} />;
  const { from, to } = chosen;
  return tab === 'one' ? <One from={from} to={to} turn={turn} /> : <Many from={from} to={to} turn={turn} />;
}

type Sending = Required<Pick<ChosenEnds, 'from' | 'to'>> & { readonly turn: number };

function One({ from, to, turn }: Sending) {
  const sent = useInspect({ ask: 'sent', from, to: plain(to), turn }, true);
  const store = useLessonStore();
  // Steps light up rules of the chains; when the pane's trip goes, so does the light.
  useEffect(() => () => store.lightRules([]), [store]);
  if (!sent) return null;
  return sent.ok ? <PacketTrip key={`${turn}`} trace={sent.value} /> : <Fault fault={sent.error} />;
}

function Many({ from, to, turn }: Sending) {
  const sent = useInspect({ ask: 'packets', from, to: plain(to), turn: turn - 1, count: MANY }, true);
  if (!sent) return null;
  return sent.ok ? <SpreadTable spread={sent.value} /> : <Fault fault={sent.error} />;
}

const plain = ({ to, port, protocol }: Required<ChosenEnds>['to']) => ({
  to,
  protocol,
  ...(port === undefined ? {} : { port }),
});

function Fault({
  fault,
}: {
  fault: { readonly code: string; readonly params: Readonly<Record<string, string | number>> };
}) {
  const words = useMessages('trace');
  return <Hint text={words(fault.code as Parameters<typeof words>[0], fault.params)} />;
}

const Hint = ({ text }: { text: string }) => <p className="p-4 text-center text-sm text-ink-3">{text}</p>;
