// An action of the log in a few words.
import { packetOf } from '@/lib/course/packet-target';
import type { Action } from '@/lib/course/types';
import type { useMessages } from '@/lib/i18n/client';
import { duration } from './duration';

type Words = ReturnType<typeof useMessages<'changes'>>;

const CONTROL: Readonly<Record<string, string>> = { '\x03': '^C', '\x04': '^D' };

export function actionWords(action: Action, t: Words): string {
  switch (action.kind) {
    case 'apply':
      return t('didApply', { file: action.file });
    case 'shell':
      return `${action.terminal}$ ${CONTROL[action.line] ?? action.line}`;
    case 'click': {
      const { target } = action;
      if (!packetOf(target)) return t('didClick', { target });
      return t('didPacket', { target: target.slice(target.indexOf(':') + 1).replace('->', ' → ') });
    }
    case 'predict':
      return t('didPredict');
    case 'answer':
      return t('didAnswer');
    case 'time':
      if ('advanceMs' in action) return t('didPass', { time: duration(action.advanceMs) });
      return t(action.clock === 'hold' ? 'didHold' : action.clock === 'step' ? 'didStep' : 'didRun');
  }
}
