'use client';
// All keys of the workbench, in one place: opened with ? or the button in the header.
import { Button } from '@/components/ui/Button';
import { Kbd } from '@/components/ui/Chip';
import { Dialog } from '@/components/ui/Dialog';
import { useMessages } from '@/lib/i18n/client';
import type { Key } from '@/lib/i18n/catalogue';
import { usePaneStore } from './panes/use-panes';

type Word = Key<'keys'>;
interface Group {
  readonly title: Word;
  /** Keys pressed together are joined by +, alternatives stand apart. */
  readonly keys: readonly (readonly [keys: readonly string[], text: Word])[];
}

const GROUPS: readonly Group[] = [
  {
    title: 'panes',
    keys: [
      [['F6', 'Shift+F6'], 'walk'],
      [['Alt+Shift+1 … 5'], 'goTo'],
      [['Ctrl+.'], 'maximise'],
      [['← →', '↑ ↓', 'Home', 'End'], 'divider'],
      [['Ctrl+K', '/'], 'search'],
      [['?'], 'map'],
    ],
  },
  {
    title: 'lesson',
    keys: [
      [['Alt+Shift+T'], 'toTask'],
      [['Alt+Shift+H'], 'nextHint'],
      [['Alt+Shift+S'], 'showMe'],
      [['Esc'], 'stopShow'],
      [['Alt+Shift+N'], 'note'],
      [['Ctrl+P'], 'print'],
    ],
  },
  {
    title: 'chains',
    keys: [
      [['↑ ↓'], 'rules'],
      [['← →'], 'follow'],
      [['Enter'], 'open'],
      [['Esc'], 'close'],
      [['+', '−', '0'], 'zoom'],
    ],
  },
  {
    title: 'packet',
    keys: [
      [['↑ ↓'], 'stepBy'],
      [['Home', 'End'], 'stepEnds'],
    ],
  },
  {
    title: 'provenance',
    keys: [
      [['F4'], 'trailOn'],
      [['Shift+F4'], 'trailBack'],
    ],
  },
  {
    title: 'editor',
    keys: [
      [['Ctrl+Space'], 'suggest'],
      [['Ctrl+K Ctrl+I'], 'fieldHelp'],
      [['Ctrl+Enter', 'Ctrl+S'], 'apply'],
      [['Shift+Alt+F'], 'format'],
      [['F2', 'Delete'], 'fileKeys'],
      [['Esc', 'Tab'], 'leave'],
      [['Ctrl+M'], 'tabMode'],
    ],
  },
  {
    title: 'terminal',
    keys: [
      [['Tab'], 'complete'],
      [['↑ ↓', 'Ctrl+R'], 'history'],
      [['Ctrl+A', 'Ctrl+E'], 'ends'],
      [['Alt+B', 'Alt+F'], 'words'],
      [['Ctrl+U', 'Ctrl+K', 'Alt+Backspace', 'Ctrl+Y'], 'kill'],
      [['Ctrl+C'], 'interrupt'],
      [['Ctrl+D'], 'endInput'],
      [['Ctrl+L'], 'clear'],
      [['Esc', 'Tab'], 'leaveTerminal'],
    ],
  },
];

export function KeyMap() {
  const t = useMessages('keys');
  const common = useMessages('common');
  const store = usePaneStore();
  const close = (): void => store.help(false);
  return (
    <Dialog
      open
      title={t('title')}
      wide
      onClose={close}
      actions={
        <Button kind="primary" onClick={close}>
          {common('close')}
        </Button>
      }
    >
      <div className="gap-x-8 text-sm sm:columns-2">
        {GROUPS.map((group) => (
          <section key={group.title} className="mb-4 break-inside-avoid">
            <h3 className="mb-1.5 font-medium text-ink">{t(group.title)}</h3>
            <dl className="grid grid-cols-[minmax(0,9.5rem)_1fr] items-baseline gap-x-3 gap-y-1.5">
              {group.keys.map(([keys, text]) => (
                <div key={text} className="contents">
                  <dt className="flex flex-wrap gap-1">
                    {keys.map((key) => (
                      <Kbd key={key}>{key}</Kbd>
                    ))}
                  </dt>
                  <dd>{t(text)}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}
