// Permalinks: an action log, deflated, in the fragment of a lesson's address (#s=…). The server never sees it. A fragment may come
// from anybody: it is read with limits on every step.
import { deflateSync, Inflate, strFromU8, strToU8 } from 'fflate';
import { err, ok, type Result } from '@/lib/core/result';
import { parseActionLog, type LogFault } from './log';
import { BYTE_LIMIT } from './log-limits';
import type { ActionLog } from './types';
import { isPermalink, MARK } from './permalink-mark';

/** Input of the inflater at a time: what a hostile slice can grow to stays small. */
const SLICE = 1024;

/** The fragment for a log, "#s=…". */
export function toFragment(log: ActionLog): string {
  return MARK + toBase64Url(deflateSync(strToU8(JSON.stringify(log)), { level: 9 }));
}

/** The log in a fragment, or why it holds none. */
export function fromFragment(fragment: string): Result<ActionLog, LogFault> {
  if (!isPermalink(fragment)) return err({ code: 'shape', sentence: 'the address holds no state' });
  if (fragment.length > BYTE_LIMIT * 2)
    return err({ code: 'size', sentence: 'the link is longer than any that this course makes' });
  const packed = fromBase64Url(fragment.slice(MARK.length));
  const text = packed && inflate(packed);
  if (text === undefined) return err({ code: 'shape', sentence: 'the link is damaged or cut off' });
  return text.ok ? parseActionLog(text.value) : text;
}

function inflate(packed: Uint8Array): Result<string, LogFault> | undefined {
  const parts: Uint8Array[] = [];
  let size = 0;
  let ended = false;
  const stream = new Inflate((part, final) => {
    size += part.length;
    ended ||= final;
    if (size <= BYTE_LIMIT) parts.push(part);
  });
  try {
    for (let at = 0; at < packed.length; at += SLICE) {
      stream.push(packed.subarray(at, at + SLICE), at + SLICE >= packed.length);
      if (size > BYTE_LIMIT)
        return err({ code: 'size', sentence: 'a history larger than 256 KB is not replayed' });
    }
    return ended ? ok(strFromU8(joined(parts, size))) : undefined;
  } catch {
    return undefined;
  }
}

function joined(parts: readonly Uint8Array[], size: number): Uint8Array {
  const all = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

function toBase64Url(bytes: Uint8Array): string {
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}

function fromBase64Url(text: string): Uint8Array | undefined {
  if (!/^[\w-]+$/.test(text)) return undefined;
  try {
    const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
    return Uint8Array.from(binary, (char) => char.charCodeAt(0));
  } catch {
    return undefined;
  }
}
