// The glossary's file: what is well formed is read, what is not is told in sentences that name the term.
import { describe, expect, test } from 'vitest';
import { parseGlossary } from './glossary';

const GOOD = `
dnat:
  lesson: '2.4'
  en: { term: DNAT, definition: Replacing the destination. }
  zh: { term: DNAT, definition: 换掉目的地址。, also: [目的转换], avoid: [目标转换], hover: false }
`;
const faults = (text: string): readonly string[] => {
  const read = parseGlossary('g.yaml', text);
  return read.ok ? [] : read.error;
};

test('a term has its words in both languages', () => {
  const read = parseGlossary('g.yaml', GOOD);
  expect(read.ok && read.value).toEqual([
    {
      id: 'dnat',
      lesson: '2.4',
      en: { term: 'DNAT', definition: 'Replacing the destination.', also: [], avoid: [], hover: true },
      zh: {
        term: 'DNAT',
        definition: '换掉目的地址。',
        also: ['目的转换'],
        avoid: ['目标转换'],
        hover: false,
      },
    },
  ]);
});

describe('what is wrong is told', () => {
  test.each([
    ['no mapping', () => '- dnat', 'g.yaml: not a mapping of terms'],
    ['no YAML', () => 'a: [', 'g.yaml: '],
    ['no lesson', (t: string) => t.replace("lesson: '2.4'", 'x: 1'), 'g.yaml: dnat: lesson is missing'],
    [
      'no definition',
      (t: string) => t.replace(', definition: Replacing the destination.', ''),
      'g.yaml: dnat: en.definition is missing',
    ],
    [
      'an unknown field',
      (t: string) => t.replace('hover', 'hoover'),
      'g.yaml: dnat: zh.hoover is not a field',
    ],
    [
      'a word that is no list',
      (t: string) => t.replace('[目标转换]', '目标转换'),
      'g.yaml: dnat: zh.avoid is not a list',
    ],
    [
      'a name with capitals',
      (t: string) => t.replace('dnat:', 'DNAT:'),
      'g.yaml: DNAT: a name is small letters',
    ],
    [
      'the same word twice',
      (t: string) => t + t.replace('dnat:', 'nat:'),
      'g.yaml: "DNAT" (zh) stands under dnat and under nat',
    ],
    [
      'a word both used and avoided',
      (t: string) => t.replace('[目标转换]', '[目的转换]'),
      'g.yaml: dnat: "目的转换" (zh) is to be avoided and to be used',
    ],
  ])('%s', (_, spoil, sentence) => {
    expect(faults(spoil(GOOD))[0]).toContain(sentence);
  });
});
