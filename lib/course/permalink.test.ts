import { deflateSync, strToU8 } from 'fflate';
import { describe, expect, test } from 'vitest';
import { actionLog, ENGINE } from './log';
import type { Action } from './types';
import { fromFragment, toFragment } from './permalink';
import { isPermalink } from './permalink-mark';

const ACTIONS: readonly Action[] = [
  { at: 0, kind: 'apply', file: 'service.yaml', text: 'kind: Service # 服务 \u{1f300}\n' },
  { at: 2000, kind: 'shell', terminal: 'control', line: 'kubectl get svc | grep "a b"' },
];
const LOG = actionLog('2.3', '1.32', ACTIONS);
const packed = (text: string): string =>
  `#s=${Buffer.from(deflateSync(strToU8(text), { level: 9 })).toString('base64url')}`;
const fault = (fragment: string): string | undefined => {
  const read = fromFragment(fragment);
  return read.ok ? undefined : read.error.sentence;
};

describe('a permalink', () => {
  test('gives the log back, and needs no escaping in an address', () => {
    const fragment = toFragment(LOG);
    expect(fromFragment(fragment)).toEqual({ ok: true, value: LOG });
    expect(new URL(`http://x/en/learn/2.3${fragment}`).hash).toBe(fragment);
    expect(isPermalink(fragment)).toBe(true);
    expect(isPermalink('#task-2')).toBe(false);
  });

  test('cut off anywhere it is refused in one sentence', () => {
    const fragment = toFragment(LOG);
    for (let length = 3; length < fragment.length; length += 1)
      expect(fault(fragment.slice(0, length))).toMatch(/^the link is damaged or cut off$|^not /);
  });

  test.each(['#s=', '#s=!!!', '#s=AAAA', `#s=${'A'.repeat(600_000)}`, '#s=%3Cscript%3E', '', '#task-1'])(
    '%.40s is refused',
    (fragment) => {
      expect(fault(fragment)).toBeDefined();
    },
  );

  test('a fragment that grows to more than a log may hold is not unpacked', () => {
    expect(fault(packed(' '.repeat(40_000_000)))).toBe('a history larger than 256 KB is not replayed');
  });

  test('of another engine it says so', () => {
    expect(fault(packed(JSON.stringify({ ...LOG, engine: ENGINE + 1 })))).toMatch(/^made by engine/);
  });

  test('of a log with a strange action it names the action', () => {
    const strange = { ...LOG, actions: [...ACTIONS, { at: 0, kind: '__proto__' }] };
    expect(fault(packed(JSON.stringify(strange)))).toBe('actions[2] is no action that this lab knows');
  });
});
