'use client';
// What is selected, in full: a rule as kube-proxy wrote it, why, the sum behind its probability, the YAML lines it follows from; or
// a chain with all its rules.
import { Fragment, useEffect, useRef, useState, type Ref } from 'react';
import type { GraphNode, RuleView } from '@/lib/net/ruleset/graph';
import type { FieldRef } from '@/lib/net/ruleset/types';
import type { RuleLocation } from '@/lib/workbench/protocol';
import { choiceOf } from './arithmetic';
import styles from './chain-view.module.css';
import controls from './controls.module.css';
import { CopyButton } from './CopyButton';
import { kindStyle } from './kind-style';
import { formatLocations } from './locations';
import { shortAction } from './short-name';
import { Strong } from './Strong';
import type { Size } from './view-math';
import { percent, placeWords, type Words } from './words';

export interface DrawerProps {
  readonly node: GraphNode;
  readonly rule: RuleView | undefined;
  readonly words: Words;
  readonly locate: (origin: readonly FieldRef[]) => Promise<readonly RuleLocation[]>;
  readonly onRule: (rule: RuleView) => void;
  readonly onClose: () => void;
  readonly onSize: (size: Size) => void;
}

export function Drawer({ node, rule, words, locate, onRule, onClose, onSize }: DrawerProps) {
  const root = useOwnSize(onSize);
  const { t } = words;
  return (
    <section
      ref={root}
      className={styles['drawer']}
      style={kindStyle(node.kind)}
      aria-label={rule ? t(rule.part === 'element' ? 'drawerElement' : 'drawer') : t('drawerNode')}
      data-testid="chain-drawer"
      onKeyDown={(e) => {
        if (e.key !== 'Escape') return;
        e.stopPropagation();
        onClose();
      }}
    >
      <header>
        <i className={styles['dot']} data-kind={node.kind} aria-hidden="true" />
        <h3>{rule?.chain ?? node.name}</h3>
        <button
          type="button"
          className={controls['button']}
          aria-label={t('close')}
          title={t('close')}
          onClick={onClose}
        >
          ×
        </button>
      </header>
      {rule ? (
        <RuleDetail key={rule.id} node={node} rule={rule} words={words} locate={locate} onRule={onRule} />
      ) : (
        <NodeDetail node={node} words={words} onRule={onRule} />
      )}
    </section>
  );
}

function useOwnSize(onSize: (size: Size) => void): Ref<HTMLElement> {
  const root = useRef<HTMLElement>(null);
  useEffect(() => {
    const element = root.current;
    if (!element) return undefined;
    const observer = new ResizeObserver(() =>
      onSize({ width: element.offsetWidth, height: element.offsetHeight }),
    );
    observer.observe(element);
    return () => {
      observer.disconnect();
      onSize({ width: 0, height: 0 });
    };
  }, [onSize]);
  return root;
}

type RuleDetailProps = Pick<DrawerProps, 'node' | 'words' | 'locate' | 'onRule'> & {
  readonly rule: RuleView;
};

function RuleDetail({ node, rule, words, locate, onRule }: RuleDetailProps) {
  const { t } = words;
  const at = node.rules.findIndex((r) => r.id === rule.id);
  const isElement = rule.part === 'element';
  return (
    <>
      <div className={styles['meta']}>
        <span>{placeWords(words, rule)}</span>
        <span>{rule.table}</span>
        <Source rule={rule} words={words} locate={locate} />
      </div>
      <pre className={styles['raw']} data-testid="chain-rule">
        <RuleWords text={rule.text} />
      </pre>
      <p>{words.why(rule)}</p>
      <Sum node={node} rule={rule} words={words} />
      <div className={styles['meta']}>
        <CopyButton text={rule.text} words={words} />
        <Neighbour
          rule={node.rules[at - 1]}
          label={t(isElement ? 'previousElement' : 'previousRule')}
          onRule={onRule}
        />
        <Neighbour
          rule={node.rules[at + 1]}
          label={t(isElement ? 'nextElement' : 'nextRule')}
          onRule={onRule}
        />
      </div>
    </>
  );
}

/** Breaks between words only: never after the dashes of an option. */
function RuleWords({ text }: { text: string }) {
  return text.split(' ').map((word, i) => (
    <Fragment key={i}>
      {i > 0 && ' '}
      <span>{word}</span>
    </Fragment>
  ));
}

function Neighbour({
  rule,
  label,
  onRule,
}: {
  rule: RuleView | undefined;
  label: string;
  readonly onRule: (rule: RuleView) => void;
}) {
  return (
    <button
      type="button"
      className={controls['button']}
      disabled={!rule}
      onClick={() => rule && onRule(rule)}
    >
      {label}
    </button>
  );
}

function Source({ rule, words, locate }: Pick<RuleDetailProps, 'rule' | 'words' | 'locate'>) {
  const [found, setFound] = useState<readonly RuleLocation[] | null>(null);
  const { origin } = rule;
  const key = JSON.stringify(origin);
  useEffect(() => {
    let current = true;
    const show = (locations: readonly RuleLocation[]): void => {
      if (current) setFound(locations);
    };
    locate(JSON.parse(key) as readonly FieldRef[]).then(show, () => show([]));
    return () => {
      current = false;
    };
  }, [key, locate]);
  if (!found) return null;
  if (!found.length) return <span>{words.t('sourceNone')}</span>;
  return (
    <span className={styles['source']} data-testid="chain-source">
      {words.t('source')}
      {formatLocations(found).map((text) => (
        <code key={text}>{text}</code>
      ))}
    </span>
  );
}

/** The sum behind a share. Where the reason tells it in words, the figures alone. */
function Sum({ node, rule, words }: { node: GraphNode; rule: RuleView; words: Words }) {
  const { t } = words;
  const choice = choiceOf(node, rule);
  if (!choice) return null;
  const share = percent(choice.share);
  const { reaches, takes, taken, count, left } = choice;
  if (choice.kind === 'uneven')
    return (
      <p>
        <Strong
          text={t('sumRaw', {
            reaches: percent(choice.reachesShare),
            probability: choice.probability,
            share,
          })}
        />
      </p>
    );
  if (words.explains(rule)) {
    const steps = { only: [], first: [takes], middle: [`${reaches} × ${takes}`], last: [reaches] }[
      choice.kind
    ];
    return (
      <p className={styles['formula']}>
        <Strong text={[...steps, `**${share}**`].join(' = ')} />
      </p>
    );
  }
  const key = { only: 'sumOnly', first: 'sumFirst', middle: 'sumMiddle', last: 'sumLast' } as const;
  return (
    <p>
      <Strong text={t(key[choice.kind], { count, left, taken, takes, reaches, share })} />
    </p>
  );
}

/** The chain, set or map as the node's own tool prints it. */
function Block({ node, block, words }: { node: GraphNode; block: string; words: Words }) {
  const { t } = words;
  const part = node.facts.find((f) => f.code === 'elements');
  const { shown = 0, of = 0 } = part?.params ?? {};
  return (
    <>
      <pre
        className={`${styles['raw']} ${styles['block']}`}
        aria-label={t('block')}
        tabIndex={0}
        data-testid="chain-block"
      >
        {block}
      </pre>
      {part && shown !== of && (
        <p>{t('blockPart', { of, what: node.kind, table: node.table ?? '', name: node.name })}</p>
      )}
      <div className={styles['meta']}>
        <CopyButton text={block} words={words} />
      </div>
    </>
  );
}

const LISTED = 60;

function NodeDetail({ node, words, onRule }: Pick<DrawerProps, 'node' | 'words' | 'onRule'>) {
  const { t } = words;
  const more = node.rules.length - LISTED;
  return (
    <>
      <p>{words.about(node)}</p>
      <div className={styles['meta']}>
        {node.facts.map((f) => (
          <span key={f.code}>{words.fact(f)}</span>
        ))}
        {node.share !== undefined && <span>{t('podShare', { share: percent(node.share) })}</span>}
      </div>
      {node.rules.length > 0 && (
        <ol className={styles['rules']}>
          {node.rules.slice(0, LISTED).map((rule) => (
            <li key={rule.id}>
              <button type="button" title={rule.text} onClick={() => onRule(rule)}>
                <span>{rule.position}</span>
                <span>{[rule.match, shortAction(rule.action)].filter(Boolean).join(' ')}</span>
                <span>{rule.share === undefined ? '' : percent(rule.share)}</span>
              </button>
            </li>
          ))}
        </ol>
      )}
      {more > 0 && <p>{t('rulesMore', { n: more })}</p>}
      {node.block !== undefined && <Block node={node} block={node.block} words={words} />}
    </>
  );
}
