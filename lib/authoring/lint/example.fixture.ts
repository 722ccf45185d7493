// A small lesson without a fault, and ways to spoil it: what the tests of the rules are made of.
import type { Lab, Lang } from '@/lib/course/types';
import { LEARNER_VERSIONS } from '@/lib/kube/versions';
import { readLesson } from './mdx';
import type { CourseContext, Finding, LessonSource, Rule } from './types';
import { readWords } from './words-file';

/** Enough to read for some minutes. */
const LONG = { en: 'Read this sentence slowly. '.repeat(120), zh: '慢慢读完这句话。'.repeat(130) };

const EN = `---
title: One name for three Pods
summary: What a Service is good for.
minutes: 5
audience: [SRE, junior operator]
prerequisites: ['1.1']
---

A colleague pastes a Pod IP. Guess what happens.

<Predict id="guess" />

## Do it

Run <Act do="run control kubectl get svc">kubectl get svc</Act> and read [lesson 1.3](/en/learn/1.3). ${LONG.en}

<TaskList />

<Check
  question="Which Pods?"
  options={[
    { text: 'those with the label', correct: true, why: 'The label decides.' },
    { text: 'all', why: 'Not those without the label.' },
  ]}
/>

<Remember items={['One name.', 'One address.', 'Many Pods.']} />

<Sources
  items={[
    { title: 'Kubernetes: Service', href: 'https://kubernetes.io/docs/concepts/services-networking/service/' },
    { title: 'KEP-752', href: 'https://github.com/kubernetes/enhancements/tree/master/keps/sig-network/0752-endpointslices' },
  ]}
/>
`;

const ZH = `---
title: 三个 Pod 一个名字
summary: Service 有什么用。
minutes: 5
audience: [SRE, 初级运维]
prerequisites: ['1.1']
---

同事粘贴了一个 Pod IP。先猜会怎样。

<Predict id="guess" />

## 动手

运行 <Act do="run control kubectl get svc">kubectl get svc</Act>，再读[第 1.3 课](/zh/learn/1.3)。${LONG.zh}

<TaskList />

<Check
  question="是哪些 Pod？"
  options={[
    { text: '带标签的', correct: true, why: '由标签决定。' },
    { text: '全部', why: '没有标签的不算。' },
  ]}
/>

<Remember items={['一个名字。', '一个地址。', '许多 Pod。']} />

<Sources
  items={[
    { title: 'Kubernetes：Service', href: 'https://kubernetes.io/zh-cn/docs/concepts/services-networking/service/' },
    { title: 'KEP-752', href: 'https://github.com/kubernetes/enhancements/tree/master/keps/sig-network/0752-endpointslices' },
  ]}
/>
`;

const words = (title: string, text: string, hints: readonly string[]): string => `title: ${title}
goal: ${text}
tasks:
  write:
    title: ${title}
    text: ${text}
    hints:
${hints.map((hint) => `      - ${hint}`).join('\n')}
mistakes: {}
reasons: {}
predictions: {}
`;

const LAB: Lab = {
  id: '1.2',
  versions: LEARNER_VERSIONS,
  start: [{ name: 'service.yaml', text: '' }],
  predictions: { guess: { correct: 0 } },
  tasks: [{ id: 'write', check: () => true }],
  solution: { write: [] },
  wrong: [{ name: 'misses', steps: [], failsAt: 'write', mistake: 'missed' }],
};

/** Changes one text before it is read. */
export interface Spoil {
  readonly zh?: (text: string) => string;
  readonly en?: (text: string) => string;
  readonly zhWords?: (text: string) => string;
  readonly enWords?: (text: string) => string;
  readonly lab?: Partial<Lab>;
}

const same = (text: string): string => text;

/** The lesson, with what is changed in it. */
export function example({
  zh = same,
  en = same,
  zhWords = same,
  enWords = same,
  lab = {},
}: Spoil = {}): LessonSource {
  const folder = 'lesson';
  const text = (lang: Lang, source: string) => readLesson(`${folder}/lesson.${lang}.mdx`, lang, source);
  const labWords = (lang: Lang, source: string) => readWords(`${folder}/lab.${lang}.yaml`, lang, source);
  return {
    id: '1.2',
    folder,
    text: { zh: text('zh', zh(ZH)), en: text('en', en(EN)) },
    words: {
      zh: labWords(
        'zh',
        zhWords(words('写 Service', '写一个 Service。', ['想想名字。', '看标签。', '运行 `kubectl`。'])),
      ),
      en: labWords(
        'en',
        enWords(
          words('Write it', 'Write a Service.', [
            'Think of the name.',
            'Look at the labels.',
            'Run `kubectl`.',
          ]),
        ),
      ),
    },
    lab: { ...LAB, ...lab },
  };
}

export const COURSE: CourseContext = {
  glossary: [
    {
      id: 'endpoint',
      lesson: '1.3',
      zh: { term: '端点', also: [], definition: '去处。', avoid: ['终结点'], hover: true },
      en: {
        term: 'endpoint',
        also: ['endpoints'],
        definition: 'A place.',
        avoid: ['end point'],
        hover: true,
      },
    },
  ],
  planned: ['1.1', '1.2', '1.3', '1.4'],
  written: ['1.2', '1.3'],
};

const told = (findings: readonly Finding[]): readonly string[] =>
  findings.map(({ file, line, sentence }) => `${file}:${line}: ${sentence}`);

/** What a rule says about the lesson after it has been spoilt. */
export const judged = (rule: Rule, spoil?: Spoil, course: CourseContext = COURSE): readonly string[] =>
  told(rule(example(spoil), course));
