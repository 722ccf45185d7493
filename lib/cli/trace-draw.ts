// `ksvc trace` without --json: the outcomes as a list, then the way of each kind of them, hook by hook.
import { reasonText, t, type MessageKey } from '@/lib/i18n/catalogue';
import type { Locale } from '@/lib/i18n/locales';
import type { Call, From } from '@/lib/net/datapath/connect';
import type { Outcome, Step } from '@/lib/net/datapath/trace';
import { joinHostPort } from '@/lib/core/ip';
import type { Reason } from '@/lib/net/ruleset/types';

/** Ways that are drawn in full; more are only listed. */
const DRAWN = 12;

/** The sentence for a call that cannot be tried. */
export const faultText = (lang: Locale, fault: Reason): string =>
  reasonText(lang, fault, ['trace']) ?? fault.code;

export function drawOutcomes(lang: Locale, call: Call, outcomes: readonly Outcome[]): string {
  const lines = [t(lang, 'trace.head', { from: sourceName(call.from), to: destinationName(call) }), ''];
  for (const o of outcomes) lines.push(...listed(lang, o));
  for (const o of different(outcomes).slice(0, DRAWN)) lines.push('', ...drawn(lang, o));
  return lines.join('\n') + '\n';
}

const sourceName = (from: From): string =>
  'pod' in from ? `pod/${from.pod}` : 'node' in from ? `node/${from.node}` : `external/${from.external}`;

const destinationName = ({ to, port, protocol }: Call): string =>
  `${port === undefined ? to : joinHostPort(to, port)}/${protocol}`;

const percent = (p: number): string => `${(p * 100).toFixed(p < 0.0995 ? 2 : 1)}%`.padStart(6);
const verdictWord = (lang: Locale, o: Outcome): string => t(lang, `trace.${o.verdict}` as MessageKey);

function listed(lang: Locale, o: Outcome): string[] {
  const via = o.viaNode === undefined ? '' : ` · ${t(lang, 'trace.via', { node: o.viaNode })}`;
  const first = `${percent(o.probability)}  ${verdictWord(lang, o)}`;
  if (o.verdict !== 'delivered') return [`${first}${via} · ${reasonText(lang, o.reason, ['trace']) ?? ''}`];
  const params = { endpoint: o.endpoint ?? '', source: o.sourceIPSeen ?? '', pod: o.endpointPod ?? '' };
  return [`${first} · ${t(lang, o.endpointPod ? 'trace.reachedPod' : 'trace.reached', params)}${via}`];
}

/** One outcome of each kind: other endpoints of the same Service take the same way. */
function different(outcomes: readonly Outcome[]): Outcome[] {
  const kinds = new Map<string, Outcome>();
  for (const o of outcomes) {
    const key = JSON.stringify([
      o.verdict,
      o.reason.code,
      o.viaNode,
      o.snat,
      o.steps.map((s) => [s.node, s.effect.code]),
    ]);
    if (!kinds.has(key)) kinds.set(key, o);
  }
  return [...kinds.values()];
}

function drawn(lang: Locale, o: Outcome): string[] {
  const title = `── ${verdictWord(lang, o)}${o.endpoint === undefined ? '' : ` ${o.endpoint}`} ──`;
  const lines = [title];
  let place = '';
  for (const step of o.steps) {
    if (isQuiet(step)) continue;
    const heading = headingOf(lang, step);
    if (heading !== place) lines.push(heading);
    place = heading;
    lines.push(...stepLines(lang, step));
  }
  return [...lines, reasonText(lang, o.reason, ['trace']) ?? ''];
}

function headingOf(lang: Locale, { leg, node, balancer, effect }: Step): string {
  // Layer 2 has no balancer: ARP alone decides.
  if (/layer2|nobodyAnnounces/.test(effect.code)) return t(lang, 'trace.onNetwork');
  if (balancer !== undefined)
    return t(lang, leg === 'answer' ? 'trace.answerAtBalancer' : 'trace.atBalancer', { service: balancer });
  return t(lang, leg === 'answer' ? 'trace.answer' : 'trace.onNode', { node });
}

/** What says nothing: a policy of ACCEPT, a jump back out of a chain. */
const isQuiet = ({ effect }: Step): boolean =>
  effect.code === 'step.policy' && effect.params['verdict'] === 'ACCEPT';

function stepLines(lang: Locale, step: Step): string[] {
  const where = [step.hook, step.table, step.chain === step.hook ? undefined : step.chain]
    .filter(Boolean)
    .join(' ');
  const effect = reasonText(lang, step.effect, ['trace']) ?? step.effect.code;
  const what = `  ${where.padEnd(44)} ${effect}`.replace(/^ {2} +/, '  ');
  return step.rule ? [what, `      ${step.rule.text()}`] : [what];
}
