import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { LABS } from '@/lib/course/labs';
import { parseGlossary } from '@/lib/course/glossary';
import { parseLabWords } from '@/lib/course/words';
import type { Lang } from '@/lib/course/types';
import { searchDocuments, type LessonSource } from './documents';
import { excerpt } from './excerpt';
import { lessonSections } from './lesson-sections';
import { buildIndex, openIndex, type Found, type SearchIndex } from './search-index';

const MDX = `---
title: Chains
summary: What kube-proxy writes.
---

Before all headings: nf_conntrack_max.

## First \`KUBE-SEP\` rule

Text with a [link](https://example.org/hidden) and <Act do="run control secret-command">words that act</Act>.

| a | b |
| --- | --- |
| one | two |

<Check question="Which one?" options={[{ text: 'wrong answer', why: 'because' }]} />

### Below it

<Remember items={['Never forget ndots.', 'And this.']} />
<Sources items={[{ href: 'https://example.org', title: 'x' }]} />
`;

const sources = (lang: Lang): readonly LessonSource[] =>
  LABS.map(({ lab, folder }) => {
    const words = parseLabWords(folder, readFileSync(`${folder}/lab.${lang}.yaml`, 'utf8'));
    if (!words.ok) throw new Error(words.error.join());
    const mdx = readFileSync(`${folder}/lesson.${lang}.mdx`, 'utf8');
    return { id: lab.id, mdx, words: words.value, tasks: lab.tasks.map(({ id }) => id) };
  });
const glossary = parseGlossary('glossary.yaml', readFileSync('content/glossary.yaml', 'utf8'));
const terms = glossary.ok ? glossary.value : [];
const open = (lang: Lang): SearchIndex => openIndex(buildIndex(searchDocuments(lang, sources(lang), terms)));
const hrefs = ({ groups }: Found): readonly string[] =>
  groups.flatMap(({ hits }) => hits.map((hit) => hit.href));

describe('the text of a lesson by headings', () => {
  test('is what a reader sees: no addresses, no commands, no answers', () => {
    expect(lessonSections(MDX)).toEqual([
      { heading: '', anchor: '', text: 'Before all headings: nf_conntrack_max.' },
      {
        heading: 'First KUBE-SEP rule',
        anchor: 'first-kube-sep-rule',
        text: 'Text with a link and words that act. a b one two Which one?',
      },
      { heading: 'Below it', anchor: 'below-it', text: 'Never forget ndots. And this.' },
    ]);
  });
});

describe('the search', () => {
  const documents = [
    {
      id: '/a',
      href: '/a',
      kind: 'section',
      lesson: '2.8',
      heading: '会话保持',
      text: 'service.spec.sessionAffinity 设为 ClientIP',
    },
    {
      id: '/b',
      href: '/b',
      kind: 'section',
      lesson: '2.3',
      heading: 'KUBE-SEP',
      text: '每个端点一条 KUBE-SEP-XYZ 链；保持会话',
    },
    {
      id: '/c',
      href: '/c',
      kind: 'section',
      lesson: '1.6',
      heading: 'DNS',
      text: 'options ndots:5，net.netfilter.nf_conntrack_max',
    },
  ] as const;
  const search = openIndex(buildIndex(documents));

  test.each([
    ['会话保持', ['/a']],
    ['保持', ['/a', '/b']],
    ['affinity', ['/a']],
    ['sessionaffinity', ['/a']],
    ['Session affinity', ['/a']],
    ['KUBE-SEP', ['/b']],
    ['kube sep', ['/b']],
    ['kube-sep-x', ['/b']],
    ['ndots', ['/c']],
    ['ndotz', ['/c']],
    ['nf_conntrack_max', ['/c']],
    ['conntrack', ['/c']],
    ['端', ['/b']],
    ['ClientIP 会话', ['/a']],
    ['持会', ['/b']],
    ['保端', []],
    ['affinity ndots', []],
    ['', []],
    ['，。!?', []],
    ['('.repeat(10_000), []],
  ])('%.20s', (query, expected) => {
    expect([...hrefs(search(query))].sort()).toEqual(expected);
  });

  test('what is found in a lesson stands together, the best lesson first', () => {
    const { groups, total } = search('kube');
    expect(groups.map(({ lesson }) => lesson)).toEqual(['2.3']);
    expect(total).toBe(1);
    expect(groups[0]?.hits[0]?.terms).toContain('kube');
  });

  test('a text that is no index is refused', () => {
    expect(() => openIndex('<html>')).toThrow(/JSON/);
  });
});

describe.each(['zh', 'en'] as const)('the course in %s', (lang) => {
  const search = open(lang);
  test('its lessons are found by heading, with a deep link', () => {
    const found = hrefs(search('KUBE-SEP'));
    expect(found.length).toBeGreaterThan(1);
    expect(found.some((href) => href.startsWith(`/${lang}/learn/2.3`))).toBe(true);
    expect(found.every((href) => href.startsWith(`/${lang}/`))).toBe(true);
  });
  test('every lesson of the course is found by its number’s title, written or to come', () => {
    expect(hrefs(search('NetworkPolicy')).length).toBeGreaterThan(0);
    expect(hrefs(search(lang === 'zh' ? '会话保持' : 'session affinity')).length).toBeGreaterThan(0);
  });
  test('terms of the glossary are found with their definitions', () => {
    expect(terms.length).toBeGreaterThan(0);
    const found = search('EndpointSlice').groups.find(({ lesson }) => lesson === '');
    expect(found?.hits[0]).toMatchObject({ kind: 'term' });
    expect(found?.hits[0]?.text).not.toBe('');
    expect(found?.hits[0]?.href).toMatch(new RegExp(`^/${lang}/learn`));
  });
  test('no two places have one address', () => {
    const all = searchDocuments(lang, sources(lang)).map(({ href }) => href);
    expect(new Set(all).size).toBe(all.length);
  });
});

describe('an excerpt', () => {
  const marked = (text: string, terms: readonly string[]): string =>
    excerpt(text, terms)
      .map((piece) => (piece.marked ? `[${piece.text}]` : piece.text))
      .join('');
  test('marks what matched; neighbours are one mark', () => {
    expect(marked('把会话保持设为 ClientIP', ['会话', '话保', '保持'])).toBe('把[会话保持]设为 ClientIP');
  });
  test('is cut around the first match, not inside a word', () => {
    const text = `${'before '.repeat(30)}KUBE-SEP ${'after '.repeat(60)}`;
    const cut = marked(text, ['kube-sep']);
    expect(cut).toMatch(/^… (before )+\[KUBE-SEP\] (after )+…$/);
    expect(cut.length).toBeLessThan(160);
  });
  test('without a match it is the beginning', () => {
    expect(marked('short', [])).toBe('short');
    expect(marked('', ['x'])).toBe('');
  });
});
