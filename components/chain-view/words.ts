'use client';
// The chain view's words in the page's language, and how it writes shares.
import { useMemo } from 'react';
import { useMessages } from '@/lib/i18n/client';
import type { GraphNode, RuleView } from '@/lib/net/ruleset/graph';
import type { Reason } from '@/lib/net/ruleset/types';
import type { LaidKind } from './layout-types';

export type Translate = ReturnType<typeof useMessages<'chainView'>>;
export type WordKey = Parameters<Translate>[0];

export interface Words {
  readonly t: Translate;
  /** Why the rule is there, in one sentence. */
  readonly why: (rule: RuleView) => string;
  /** Whether `why` does the sum already. */
  readonly explains: (rule: RuleView) => boolean;
  /** What a chain, set or map is for; of other boxes, what their kind is. */
  readonly about: (node: GraphNode) => string;
  readonly fact: (fact: Reason) => string;
  readonly kind: (kind: LaidKind) => string;
}

export function useWords(): Words {
  const t = useMessages('chainView');
  const rules = useMessages('rules');
  return useMemo(() => {
    const sentence = (reason: Reason): string | undefined => {
      // A code without words comes back as it is.
      const text = rules(reason.code as Parameters<typeof rules>[0], reason.params);
      return text === reason.code ? undefined : text;
    };
    return {
      t,
      why: ({ reason }) =>
        reason ? (sentence(reason) ?? t('whyUnknown', { code: reason.code })) : t('whyImported'),
      about: ({ about, kind }) => (about && sentence(about)) ?? t(KINDS[kind]),
      explains: ({ reason }) => reason !== undefined && sentence(reason) !== undefined,
      fact: (fact) => factWords(t, fact),
      kind: (kind) => t(KINDS[kind]),
    };
  }, [t, rules]);
}

const KINDS: Readonly<Record<LaidKind, WordKey>> = {
  hook: 'kindHook',
  services: 'kindServices',
  svc: 'kindSvc',
  svl: 'kindSvl',
  ext: 'kindExt',
  fw: 'kindFw',
  sep: 'kindSep',
  map: 'kindMap',
  set: 'kindSet',
  pod: 'kindPod',
  masq: 'kindMasq',
  reject: 'kindReject',
  drop: 'kindDrop',
  fold: 'kindFold',
  others: 'kindOthers',
};

const FACTS: Readonly<Record<string, WordKey>> = {
  'endpoints-even': 'factEndpointsEven',
  endpoints: 'factEndpoints',
  affinity: 'factAffinity',
  'affinity-none': 'factAffinityNone',
  ranges: 'factRanges',
  part: 'factPart',
  'pod-here': 'factPodHere',
  'pod-on': 'factPodOn',
  'host-here': 'factHostHere',
  'no-target': 'factNoTarget',
  elements: 'factElements',
  'elements-more': 'factElementsMore',
  clients: 'factClients',
  base: 'factBase',
};

/** A fact of a box in words; an address or a table's name is its own word. */
function factWords(t: Translate, { code, params }: Reason): string {
  const key = FACTS[code];
  if (!key) return String(Object.values(params)[0] ?? '');
  const { share } = params;
  return t(key, typeof share === 'number' ? { ...params, share: percent(share) } : params);
}

/** "rule 2 of 5", "element 1, 31 in the set", "slot 1 of 3". */
export const placeWords = ({ t }: Words, { part, position, of }: RuleView): string =>
  t(part === 'element' ? 'elementOf' : part === 'slot' ? 'slotOf' : 'ruleOf', { position, of });

/** 0.25 → "25 %", 1/3 → "33.3 %", 1/300 → "0.33 %". The blank does not break. */
export function percent(share: number): string {
  const value = share * 100;
  const digits = value >= 10 ? 1 : 2;
  return `${Number(value.toFixed(digits))}\u00a0%`;
}

/** The second line of a Pod: the node that it runs on. */
export function podNode(node: GraphNode): string {
  const fact = node.facts.find((f) => f.code === 'pod-here' || f.code === 'pod-on');
  return String(fact?.params['node'] ?? node.facts.find((f) => f.code === 'ip')?.params['ip'] ?? '');
}
