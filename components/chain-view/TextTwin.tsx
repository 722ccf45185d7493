'use client';
// The chain view as text: the same chains and rules as an ordered list in packet order. Always there for screen readers.
import { memo, useMemo, useState } from 'react';
import type { ChainGraph, GraphNode, RuleView } from '@/lib/net/ruleset/graph';
import styles from './chain-view.module.css';
import text from './text.module.css';
import controls from './controls.module.css';
import { kindStyle } from './kind-style';
import { percent, type Words } from './words';

/** Beyond this many boxes the list is shown in parts. */
const PART = 60;

export interface TextTwinProps {
  readonly graph: ChainGraph;
  readonly words: Words;
  readonly visible: boolean;
  readonly highlighted: readonly string[];
}

export const TextTwin = memo(function TextTwin({ graph, words, visible, highlighted }: TextTwinProps) {
  const [parts, setParts] = useState(1);
  const lit = useMemo(() => new Set(highlighted), [highlighted]);
  const targets = useMemo(() => targetsOf(graph), [graph]);
  const shown = graph.nodes.slice(0, parts * PART);
  const hidden = graph.nodes.length - shown.length;
  const { t } = words;
  return (
    <section
      className={visible ? text['text'] : styles['hidden']}
      aria-label={t('textTitle')}
      data-testid="chain-text"
      tabIndex={visible ? 0 : undefined}
    >
      <h3>{t('textTitle')}</h3>
      <ol>
        {shown.map((node) => (
          <ChainItem
            key={node.id}
            node={node}
            words={words}
            targets={targets}
            lit={node.rules.some((r) => lit.has(r.id)) ? lit : NONE}
          />
        ))}
      </ol>
      {hidden > 0 && visible && (
        <button type="button" className={controls['button']} onClick={() => setParts(parts + 4)}>
          {t('textMore', { n: hidden })}
        </button>
      )}
    </section>
  );
});

const NONE: ReadonlySet<string> = new Set();

/** Where each rule, or a node without rules, leads: names by the id of the rule or node. */
function targetsOf(graph: ChainGraph): ReadonlyMap<string, string> {
  const names = new Map(graph.nodes.map((n) => [n.id, n.name]));
  return new Map(
    graph.edges.flatMap((e) => (e.rule === undefined ? [] : [[e.rule, names.get(e.to) ?? ''] as const])),
  );
}

interface ChainItemProps {
  readonly node: GraphNode;
  readonly words: Words;
  readonly targets: ReadonlyMap<string, string>;
  readonly lit: ReadonlySet<string>;
}

const ChainItem = memo(
  function ChainItem({ node, words, targets, lit }: ChainItemProps) {
    const { t } = words;
    return (
      <li style={kindStyle(node.kind)}>
        <p className={text['chain']}>
          <b>{node.name}</b>
          <span>{words.about(node)}</span>
          {node.facts.map((f) => (
            <span key={f.code}>{words.fact(f)}</span>
          ))}
          {node.share !== undefined && <span>{t('podShare', { share: percent(node.share) })}</span>}
          {node.change && <span>{t(node.change)}</span>}
        </p>
        {node.rules.length > 0 && (
          <ol>
            {node.rules.map((rule) => (
              <li key={rule.id} data-lit={lit.has(rule.id) || undefined}>
                <span>{labelOf(rule, words)}</span>
                <RuleText rule={rule} words={words} target={targets.get(rule.id)} />
              </li>
            ))}
          </ol>
        )}
      </li>
    );
  },
  (a, b) =>
    a.words === b.words &&
    a.lit === b.lit &&
    (a.node === b.node || JSON.stringify(a.node) === JSON.stringify(b.node)),
);

function labelOf({ part, position, of }: RuleView, { t }: Words): string {
  if (part === 'element') return t('textElement', { position });
  return t(part === 'slot' ? 'textSlot' : 'textRule', { position, of });
}

function RuleText({ rule, words, target }: { rule: RuleView; words: Words; target: string | undefined }) {
  const { t } = words;
  const more = [
    rule.probability === undefined || rule.part === 'slot'
      ? ''
      : t('textProbability', { probability: rule.probability }),
    rule.share === undefined ? '' : t('textShare', { share: percent(rule.share) }),
    target ? t('textTo', { name: target }) : '',
    rule.change ? t(rule.change) : '',
  ].filter(Boolean);
  return (
    <div>
      <code>{rule.text}</code>
      <p>
        {words.why(rule)}
        {more.length > 0 && <small> {more.join(' · ')}</small>}
      </p>
    </div>
  );
}
