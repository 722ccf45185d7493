// Each rule of the linter on a lesson with one fault: it names the file, the line and what to do, and is silent about a good one.
import { describe, expect, test } from 'vitest';
import { COURSE, example, judged, type Spoil } from './example.fixture';
import { frontMatter } from './front-matter';
import { lintLesson, RULES } from './index';
import { filledIn, labParts } from './lab';
import { language } from './language';
import { lessonLinks } from './links';
import { parity } from './parity';
import { minutesOf, readingTime } from './reading-time';
import { structure } from './structure';
import { oneWord } from './terms';
import type { Rule } from './types';
import { bannedWords, chineseTypography } from './wording';

const put = (from: string, to: string) => (text: string) => {
  if (!text.includes(from)) throw new Error(`the example has no ${from}`);
  return text.replace(from, to);
};

/** A rule, what is spoilt, and what the one finding says. */
const CASES: readonly (readonly [string, Rule, Spoil, RegExp])[] = [
  // The head
  [
    'a missing field',
    frontMatter,
    { en: put('summary: What a Service is good for.\n', '') },
    /en\.mdx:1: summary is missing/,
  ],
  [
    'an unknown field',
    frontMatter,
    { en: put('minutes: 5', 'minutes: 5\nauthor: me') },
    /"author" is not a field/,
  ],
  [
    'minutes out of range',
    frontMatter,
    { en: put('minutes: 5', 'minutes: 4'), zh: put('minutes: 5', 'minutes: 4') },
    /from 5 to 10/,
  ],
  [
    'minutes that differ',
    frontMatter,
    { zh: put('minutes: 5', 'minutes: 6') },
    /minutes differs from lesson\.en\.mdx/,
  ],
  [
    'an unknown reader',
    frontMatter,
    { en: put('junior operator', 'beginner') },
    /audience "beginner" is not known/,
  ],
  [
    'a reader in the other language',
    frontMatter,
    { zh: put('初级运维', 'junior operator') },
    /audience "junior operator" is not known/,
  ],
  ['other readers in one language', frontMatter, { zh: put('初级运维', '网络架构师') }, /audience differs/],
  [
    'a prerequisite that comes later',
    frontMatter,
    { en: put("'1.1'", "'1.3'"), zh: put("'1.1'", "'1.3'") },
    /1\.3 does not come before lesson 1\.2/,
  ],
  // Both languages
  ['a part that is missing', parity, { zh: put('<TaskList />\n', '') }, /zh\.mdx:\d+: here stands <Check/],
  ['an act that differs', parity, { zh: put('get svc"', 'get pods"') }, /zh\.mdx:15: here stands <Act do=/],
  [
    'another right answer',
    parity,
    { zh: (t) => put("'全部',", "'全部', correct: true,")(put('correct: true, ', '')(t)) },
    /options=·✓/,
  ],
  [
    'a heading more',
    parity,
    { zh: put('<TaskList />', '### 再看\n\n<TaskList />') },
    /2 headings here, 1 in lesson\.en\.mdx/,
  ],
  [
    'a link that is missing',
    parity,
    { zh: put('[第 1.3 课](/zh/learn/1.3)', '第 1.3 课') },
    /en\.mdx:15: the link to \/en\/learn\/1\.3 is missing in lesson\.zh\.mdx/,
  ],
  [
    'a hint that is missing',
    parity,
    { zhWords: put('      - 看标签。\n', '') },
    /lab\.en\.yaml:\d+: tasks\.write\.hints\[2\] is missing in lab\.zh\.yaml/,
  ],
  [
    'a word that is missing',
    parity,
    { enWords: put('mistakes: {}', 'mistakes:\n  missed: No.') },
    /mistakes\.missed is missing in lab\.zh\.yaml/,
  ],
  // Languages
  [
    'English in the Chinese text',
    language,
    { zh: put('先猜会怎样', 'Guess what happens next。先猜') },
    /zh\.mdx:9: "Guess what happens next" is English/,
  ],
  [
    'English in the Chinese words',
    language,
    { zhWords: put('想想名字。', 'Think of the name.') },
    /lab\.zh\.yaml:8: "Think of the name" is English/,
  ],
  [
    'Chinese in the English text',
    language,
    { en: put('Guess what', 'Guess 什么') },
    /en\.mdx:9: .*has Chinese in the English text/,
  ],
  [
    'Chinese in an English option',
    language,
    { en: put("text: 'all'", "text: '全部'") },
    /en\.mdx:23: .*has Chinese/,
  ],
  // Parts
  [
    'no prediction before an act',
    structure,
    { en: put('Guess what happens.', 'Run <Act do="chain KUBE-SVC">it</Act>.') },
    /before the first <Predict>/,
  ],
  ['no question', structure, { en: (t) => t.replace(/<Check[\s\S]*?\/>\n/, '') }, /<Check> is missing/],
  [
    'two right answers',
    structure,
    { en: put("'all', why", "'all', correct: true, why") },
    /en\.mdx:19: 2 options are marked/,
  ],
  [
    'an option without a reason',
    structure,
    { en: put(", why: 'Not those without the label.'", '') },
    /1 of its options do not say why/,
  ],
  [
    'two things to remember',
    structure,
    { en: put("'One address.', ", '') },
    /en\.mdx:27: 2 things to remember; it must be exactly three/,
  ],
  [
    'four things to remember',
    structure,
    { en: put("'Many Pods.'", "'Many Pods.', 'More.'") },
    /4 things to remember/,
  ],
  [
    'one source',
    structure,
    { en: (t) => t.replace(/ {4}\{ title: 'KEP.*\n/, '') },
    /1 source; a lesson names two/,
  ],
  [
    'a source without https',
    structure,
    { en: put('https://kubernetes.io', 'http://kubernetes.io') },
    /not an https address/,
  ],
  [
    'no authority among the sources',
    structure,
    { en: (t) => t.replaceAll(/https:\/\/(?:kubernetes\.io|github\.com)/g, 'https://blog.example') },
    /no source is documentation/,
  ],
  [
    'an act that is none',
    structure,
    { en: put('do="run control kubectl get svc"', 'do="open the door"') },
    /<Act do="open the door"> is no command/,
  ],
  [
    'an act on a file that the lab lacks',
    structure,
    { en: put('do="run control kubectl get svc"', 'do="set pod.yaml spec.x 1"') },
    /no file pod\.yaml; there is service\.yaml/,
  ],
  [
    'an act on a task that the lab lacks',
    structure,
    { en: put('do="run control kubectl get svc"', 'do="hint scale"') },
    /no task scale/,
  ],
  [
    'a prediction that the lab lacks',
    structure,
    { en: put('<Predict id="guess" />', '<Predict id="guess" />\n\n<Predict id="other" />') },
    /no prediction other/,
  ],
  [
    'a prediction that is not asked',
    structure,
    { lab: { predictions: { guess: { correct: 0 }, more: { correct: 1 } } } },
    /the prediction more of the lab is not asked/,
  ],
  [
    'a table of addresses that the lab lacks',
    structure,
    { en: put('<Predict id="guess" />', '<Predict id="guess" />\n\n<Journey id="way" />') },
    /no table way/,
  ],
  [
    'an ordering question that the lab lacks',
    structure,
    { en: put('<Predict id="guess" />', '<Predict id="guess" />\n\n<Order id="flow" />') },
    /no order flow/,
  ],
  [
    'an ordering question that is not asked',
    structure,
    { lab: { orders: { flow: { correct: [1, 0] } } } },
    /the order flow of the lab is not asked/,
  ],
  // Lab
  [
    'two hints',
    labParts,
    { enWords: put('      - Look at the labels.\n', '') },
    /lab\.en\.yaml:\d+: task write has 2 hints/,
  ],
  ['no wrong attempt', labParts, { lab: { wrong: [] } }, /lab\.ts:1: no wrong attempt/],
  [
    'what the skeleton left',
    filledIn,
    { en: put('Guess what happens.', 'TODO the situation.') },
    /en\.mdx:9: TODO/,
  ],
  // Words
  ['"simply"', bannedWords, { en: put('Guess', 'Simply guess') }, /en\.mdx:9: "Simply"/],
  ['"just" in a hint', bannedWords, { enWords: put('Think of', 'Just think of') }, /lab\.en\.yaml:8: "Just"/],
  ['an exclamation', bannedWords, { en: put('happens.', 'happens!') }, /is an exclamation/],
  ['进行', bannedWords, { zh: put('先猜会怎样', '先进行猜测') }, /zh\.mdx:9: .*进行/],
  ['您', bannedWords, { zh: put('先猜', '请您先猜') }, /课程里称「你」/],
  ['我们来看一下', bannedWords, { zh: put('先猜', '我们来看一下，先猜') }, /直接说要看什么/],
  [
    'a word that the glossary avoids',
    oneWord,
    { zh: put('一个 Pod IP', '一个终结点') },
    /zh\.mdx:9: "终结点": the course's word for it is "端点"/,
  ],
  [
    'an English word that it avoids',
    oneWord,
    { en: put('a Pod IP', 'an end point') },
    /"end point": the course's word for it is "endpoint"/,
  ],
  // Typesetting
  ['no space before Latin', chineseTypography, { zh: put('一个 Pod', '一个Pod') }, /空一格/],
  ['no space before code', chineseTypography, { zh: put('先猜', '先看`web`再猜') }, /空一格/],
  ['half-width comma', chineseTypography, { zh: put('</Act>，再读', '</Act> 看,再读') }, /全角标点/],
  ['half-width brackets', chineseTypography, { zh: put('先猜', '先猜(别看)') }, /全角括号/],
  ['half-width quotes', chineseTypography, { zh: put('先猜', '先"猜"') }, /全角引号/],
  ['a space beside full-width punctuation', chineseTypography, { zh: put('先猜', '好， 先猜') }, /不空格/],
  ['a stop that is set twice', chineseTypography, { zh: put('先猜', '好，。先猜') }, /标点重复/],
  // Links
  [
    'a lesson that is not planned',
    lessonLinks,
    { en: put('/en/learn/1.3', '/en/learn/9.9') },
    /the course has no lesson 9\.9/,
  ],
  [
    'a lesson that is not written',
    lessonLinks,
    { en: put('/en/learn/1.3', '/en/learn/1.4') },
    /en\.mdx:15: lesson 1\.4 is not written yet/,
  ],
  [
    'a lesson in the other language',
    lessonLinks,
    { en: put('/en/learn/1.3', '/zh/learn/1.3') },
    /write \/en\/learn\/1\.3/,
  ],
  ['an address that leads nowhere', lessonLinks, { en: put('/en/learn/1.3', '/help') }, /leads nowhere/],
];

test('a good lesson has no finding', () => {
  expect(lintLesson(example(), COURSE)).toEqual([]);
});

describe('a fault is told', () => {
  test.each(CASES)('%s', (_, rule, spoil, sentence) => {
    expect(judged(rule)).toEqual([]);
    const found = judged(rule, spoil);
    expect(found[0]).toMatch(sentence);
  });

  test('every rule has a case', () => {
    const tried = new Set([...CASES.map(([, rule]) => rule), readingTime]);
    expect(Object.values(RULES).filter((rule) => !tried.has(rule))).toEqual([]);
  });
});

describe('what is right is left alone', () => {
  const KEPT: readonly (readonly [string, Rule, Spoil])[] = [
    [
      'names and what programs print',
      language,
      { zh: put('先猜会怎样', '先猜：是 Could not resolve host，还是 Connection refused') },
    ],
    [
      'kinds side by side',
      language,
      { zh: put('先猜会怎样', '有 ClusterIP NodePort LoadBalancer ExternalName 四种') },
    ],
    [
      'code',
      language,
      { zh: put('先猜会怎样', '看 `no endpoints are here yet`'), en: put('Guess', 'See `名字` and guess') },
    ],
    ['! of iptables', bannedWords, { en: put('Guess', 'The rule says "! -s 10.244.0.0/16". Guess') }],
    ['inner words', oneWord, { en: put('a Pod IP', 'an endpoint') }],
    [
      'a lesson that is to come',
      lessonLinks,
      { en: put('[lesson 1.3](/en/learn/1.3)', '[lesson 1.4](/en/learn/1.4), which is to come') },
    ],
    ['an arithmetic bracket', chineseTypography, { zh: put('先猜会怎样', '取走 1/(n − i + 1) 的连接') }],
  ];
  test.each(KEPT)('%s', (_, rule, spoil) => {
    expect(judged(rule, spoil)).toEqual([]);
  });
});

describe('reading time', () => {
  test('more to read takes longer, and a promise that is far off is told', () => {
    const long = put('Guess what happens.', `Guess what happens. ${'One more word. '.repeat(700)}`);
    expect(minutesOf(example({ en: long }), 'en')).toBeGreaterThan(minutesOf(example(), 'en') + 8);
    expect(judged(readingTime, { en: long })[0]).toMatch(
      /en\.mdx:1: minutes: 5, but reading and doing it takes about 1\d\.\d/,
    );
  });

  test('Chinese is counted by characters', () => {
    const long = put('先猜会怎样。', `先猜会怎样。${'再多读几个字。'.repeat(700)}`);
    expect(judged(readingTime, { zh: long })[0]).toMatch(/zh\.mdx:1: minutes: 5, but/);
  });
});
