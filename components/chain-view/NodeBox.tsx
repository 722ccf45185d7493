'use client';
// One box of the chain view. It is drawn again only when something that it shows has changed.
import { memo } from 'react';
import styles from './scene.module.css';
import { PADDING, SMALL, wordsWidth } from './boxes';
import type { GraphNode } from '@/lib/net/ruleset/graph';
import { kindStyle } from './kind-style';
import type { LaidNode, LaidRow } from './layout-types';
import { cut, shortChain, shortPod } from './short-name';
import { percent, podNode, type Words } from './words';
import type { Stop } from './walk';

export interface NodeBoxProps {
  readonly laid: LaidNode;
  /** Rules behind the folded Services; only for their box. */
  readonly otherRules: number;
  readonly words: Words;
  /** Keys of the rows that are lit, joined; "*" for the whole box. */
  readonly lit: string;
  /** Key of the selected row, "*" for the box, "" for neither. */
  readonly selected: string;
  readonly onPick: (stop: Stop) => void;
}

/** All that the box shows, as text: the same text, the same picture. */
export const lookOf = ({ node, ...laid }: LaidNode): string =>
  JSON.stringify([laid, node?.name, node?.facts, node?.share, node?.change]);

const same = (a: NodeBoxProps, b: NodeBoxProps): boolean =>
  a.lit === b.lit &&
  a.selected === b.selected &&
  a.words === b.words &&
  a.otherRules === b.otherRules &&
  a.onPick === b.onPick &&
  (a.laid === b.laid || lookOf(a.laid) === lookOf(b.laid));

export const NodeBox = memo(function NodeBox({
  laid,
  otherRules,
  words,
  lit,
  selected,
  onPick,
}: NodeBoxProps) {
  const { id, kind, x, y, width, height, node, ghost, left } = laid;
  const name = node?.name ?? kind;
  return (
    <g
      className={`${styles['node']} ${styles[kind]} ${ghost ? styles['leaving'] : node?.change === 'added' ? styles['fresh'] : ''}`}
      style={kindStyle(kind, { transform: `translate(${x}px, ${y}px)` })}
      data-node={id}
      data-kind={kind}
      data-name={name}
      data-change={ghost ? undefined : node?.change}
      data-ghost={(ghost && !left) || undefined}
      data-lit={lit === '*' || undefined}
      data-selected={selected === '*' || undefined}
      onClick={() => onPick({ node: id })}
    >
      <title>{titleOf(laid, words)}</title>
      <rect className={styles['box']} width={width} height={height} rx={kind === 'pod' ? height / 2 : 6} />
      <Head laid={laid} words={words} otherRules={otherRules} />
      {laid.rows.map((row) => (
        <Row
          key={row.key}
          row={row}
          laid={laid}
          words={words}
          lit={lit.split('\n').includes(row.key)}
          selected={selected === row.key}
          onPick={onPick}
        />
      ))}
    </g>
  );
}, same);

function titleOf({ node, kind }: LaidNode, words: Words): string {
  if (!node) return words.kind(kind);
  const facts = node.facts.map((f) => words.fact(f));
  const share = node.share === undefined ? [] : [words.t('podShare', { share: percent(node.share) })];
  return [`${node.name}: ${words.kind(kind)}`, ...facts, ...share].join('\n');
}

const SIGNS = { added: '+', changed: '~' } as const;

/** The first line of a box, and the second of those without rows. */
function Head({ laid, words, otherRules }: { laid: LaidNode; words: Words; otherRules: number }) {
  const { kind, node, width, count = 0, ghost, left } = laid;
  const { t } = words;
  if (kind === 'others')
    return (
      <>
        <Lines first={t('others', { n: count })} second={t('othersRules', { n: otherRules })} />
        <text className={styles['go']} x={PADDING} y={46}>
          {t('othersFind')}
        </text>
      </>
    );
  if (kind === 'fold') {
    return (
      <>
        <Lines first={t('fold', { n: count })} second="" />
        <text className={styles['go']} x={PADDING} y={31}>
          {laid.share === undefined ? t('foldShowPlain') : t('foldShow', { share: percent(laid.share) })}
        </text>
      </>
    );
  }
  if (!node) return null;
  const sign = ghost && !left ? '− ' : node.change ? `${SIGNS[node.change]} ` : '';
  if (kind === 'pod')
    return (
      <PodLines name={sign + shortPod(node.name, 12 - sign.length)} place={podNode(node)} width={width} />
    );
  if (!laid.rows.length)
    return (
      <Lines first={cut(sign + shortChain(node.name), titleRoom(width))} second={secondLine(laid, words)} />
    );
  const share = node.share === undefined ? '' : percent(node.share);
  const title = cut(sign + titleName(node.name), titleRoom(width));
  const partText = partOf(node);
  const room = width - 2 * PADDING - title.length * 6.9;
  return (
    <>
      <text className={styles['title']} x={PADDING} y={19}>
        {title}
      </text>
      {share && (
        <text className={styles['share']} x={width - PADDING} y={19}>
          {share}
        </text>
      )}
      {partText && room > partText.length * 5.8 + 6 && (
        <text className={styles['part']} x={width - PADDING} y={19}>
          {partText}
        </text>
      )}
    </>
  );
}

const titleName = (name: string): string =>
  name.length > 16 ? shortChain(name).replace(/^KUBE-/, '') : shortChain(name);

/** A hook's title is set in smaller type; so much of a longer one fits. */
const titleRoom = (width: number): number => Math.floor((width - 2 * PADDING) / 6.4);

/** How much of a shared chain, set or map is the Service's: "2/31". */
function partOf({ facts }: GraphNode): string {
  const part = facts.find((f) => f.code === 'part' || f.code === 'elements');
  return part ? `${part.params['rules'] ?? part.params['shown']}/${part.params['of']}` : '';
}

function secondLine({ kind, node }: LaidNode, words: Words): string {
  if (kind === 'reject') return words.t('refused');
  if (kind === 'drop') return words.t('dropped');
  const base = node?.facts.find((f) => f.code === 'base');
  return base ? `${base.params['hook']} ${base.params['priority']}` : (node?.table ?? '');
}

function Lines({ first, second }: { first: string; second: string }) {
  return (
    <>
      <text className={styles['title']} x={PADDING} y={second ? 15.5 : 18}>
        {first}
      </text>
      <text className={styles['sub']} x={PADDING} y={29}>
        {second}
      </text>
    </>
  );
}

function PodLines({ name, place, width }: { name: string; place: string; width: number }) {
  return (
    <g textAnchor="middle">
      <text className={styles['title']} x={width / 2} y={15.5} style={{ fontSize: 10.5 }}>
        {name}
      </text>
      <text className={styles['sub']} x={width / 2} y={28} style={{ fontSize: 9.5 }}>
        {cut(place, 13)}
      </text>
    </g>
  );
}

/** A box that is new or gone as a whole says so itself. */
function rowSign({ ghost, change }: LaidRow, laid: LaidNode): string {
  if (ghost) return laid.ghost && !laid.left ? '' : '−';
  return change && laid.node?.change !== 'added' ? SIGNS[change] : '';
}

/** Words that would leave their box are set closer. */
const squeezed = (text: string, room: number) =>
  wordsWidth(text) > room ? ({ textLength: room, lengthAdjust: 'spacingAndGlyphs' } as const) : {};

interface RowProps {
  readonly row: LaidRow;
  readonly laid: LaidNode;
  readonly words: Words;
  readonly lit: boolean;
  readonly selected: boolean;
  readonly onPick: (stop: Stop) => void;
}

function Row({ row, laid, words, lit, selected, onPick }: RowProps) {
  const { rule, fact, ghost } = row;
  const room = Math.floor((laid.width - 2 * PADDING) / SMALL) + 1;
  const sign = rowSign(row, laid);
  const lines = fact ? [words.fact(fact)] : row.lines;
  const pick = rule && !ghost && !laid.ghost ? { node: laid.id, rule: rule.id } : undefined;
  return (
    <g
      className={styles['row']}
      style={{ transform: `translate(0px, ${row.y}px)` }}
      data-change={row.change}
      data-ghost={ghost || undefined}
      data-lit={lit || undefined}
      data-selected={selected || undefined}
      data-rule={rule?.id}
      onClick={(e) => {
        if (!pick) return;
        e.stopPropagation();
        onPick(pick);
      }}
    >
      {rule && <title>{rule.text}</title>}
      {pick && <rect x={2} y={-1} width={laid.width - 4} height={row.height + 1} rx={3} />}
      <rect className={styles['bar']} x={2} y={0} width={2.5} height={row.height - 1} rx={1} />
      {lines.map((line, i) => (
        <text
          key={i}
          className={fact ? styles['words'] : `${styles['line']} ${i > 0 ? styles['quiet'] : ''}`}
          x={PADDING}
          y={i * 14 + 10.5}
          {...(fact ? squeezed(line, laid.width - 2 * PADDING) : {})}
        >
          {i === 0 && sign ? `${sign} ` : ''}
          {fact ? line : cut(line, room - (sign ? 2 : 0))}
        </text>
      ))}
    </g>
  );
}
