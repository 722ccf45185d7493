// The five files of a new lesson: a small lab that works, and texts that say what belongs where. The linter refuses every TODO that is
// left, so nothing of it is published by mistake.
import type { Lang } from '@/lib/course/types';

export interface NewLesson {
  readonly id: string;
  /** Titles as planned in the curriculum. */
  readonly title: Readonly<Record<Lang, string>>;
  /** The lesson before it. */
  readonly before: string | undefined;
}

/** File names and texts, in the order in which an author fills them in. */
export const skeleton = (lesson: NewLesson): Readonly<Record<string, string>> => ({
  'lesson.en.mdx': lessonText(lesson, 'en'),
  'lesson.zh.mdx': lessonText(lesson, 'zh'),
  'lab.en.yaml': EN_WORDS,
  'lab.zh.yaml': ZH_WORDS,
  'lab.ts': labText(lesson.id),
});

const head = ({ title, before }: NewLesson, lang: Lang, summary: string, readers: string): string => `---
title: '${title[lang].replaceAll("'", "''")}'
summary: '${summary}'
minutes: 8
audience: [${readers}]
prerequisites: [${before === undefined ? '' : `'${before}'`}]
---
`;

const SOURCES = (title: string, path: string): string => `<Sources
  items={[
    {
      title: '${title}',
      href: 'https://kubernetes.io/${path}docs/concepts/services-networking/service/',
    },
    {
      title: 'TODO',
      href: 'https://github.com/kubernetes/enhancements/tree/master/keps/sig-network',
    },
  ]}
/>
`;

const lessonText = (lesson: NewLesson, lang: Lang): string =>
  lang === 'en'
    ? `${head(lesson, 'en', 'TODO: what the reader can do afterwards, in one sentence.', 'SRE')}
TODO: a situation that hurts, in two sentences. Then ask for a guess.

<Predict id="guess" />

## Do it

TODO: one sentence on the start. <Act do="set deployment.yaml spec.replicas 2">Set replicas to 2</Act>.

<TaskList />

## TODO: what happened

TODO: who did what, and why. Show it from the learner’s own cluster:

<LiveRule match="KUBE-SVC" />

## The rule in one sentence

**TODO: the rule.** TODO: in which versions and modes it holds.

## Check yourself

<Check
  question="TODO?"
  options={[
    { text: 'TODO right', correct: true, why: 'TODO' },
    { text: 'TODO wrong', why: 'TODO' },
  ]}
/>

<Remember items={['TODO one', 'TODO two', 'TODO three']} />

${SOURCES('Kubernetes: Service', '')}`
    : `${head(lesson, 'zh', 'TODO：学完能做什么，一句话。', 'SRE')}
TODO：一个让人头疼的场面，两句话。然后请读者先猜。

<Predict id="guess" />

## 动手

TODO：一句话交代起点。<Act do="set deployment.yaml spec.replicas 2">把 replicas 改成 2</Act>。

<TaskList />

## TODO：发生了什么

TODO：谁做了什么，为什么。用读者自己的集群来看：

<LiveRule match="KUBE-SVC" />

## 一句话规则

**TODO：规则**。TODO：在哪些版本、哪些模式下成立。

## 检查自己

<Check
  question="TODO？"
  options={[
    { text: 'TODO 对的', correct: true, why: 'TODO' },
    { text: 'TODO 错的', why: 'TODO' },
  ]}
/>

<Remember items={['TODO 一', 'TODO 二', 'TODO 三']} />

${SOURCES('Kubernetes：Service', 'zh-cn/')}`;

const EN_WORDS = `# The words of the lab in English. Values in {braces} come from the cluster.
title: TODO
goal: 'TODO: the goal in one sentence.'

tasks:
  scale:
    title: 'TODO: bring my-web-app to two replicas'
    text: Answer the prediction first. TODO.
    hints:
      - 'TODO: a nudge, which makes the reader think in the right direction.'
      - 'TODO: a pointer, to the object or the field.'
      - 'TODO: the command, in backticks: \`kubectl scale deployment my-web-app --replicas=2\`'

predictions:
  guess:
    question: TODO?
    options:
      - TODO right
      - TODO wrong
    explain: TODO

mistakes:
  scaled-to-zero: 'TODO: what is wrong, and what to look at.'

reasons: {}
`;

const ZH_WORDS = `# 实验的中文文字。{花括号} 里的值来自集群。
title: TODO
goal: TODO：目标，一句话。

tasks:
  scale:
    title: TODO：让 my-web-app 有两个副本
    text: 先回答预测题。TODO。
    hints:
      - TODO：轻轻一推，让读者往对的方向想。
      - TODO：指个地方，哪个对象、哪个字段。
      - TODO：命令，放在反引号里：\`kubectl scale deployment my-web-app --replicas=2\`

predictions:
  guess:
    question: TODO？
    options:
      - TODO 对的
      - TODO 错的
    explain: TODO

mistakes:
  scaled-to-zero: TODO：错在哪里，该看什么。

reasons: {}
`;

const labText = (id: string): string => `// Lab ${id}: TODO what the learner does, in one sentence.
import { all, expect, predicted, readyEndpoints } from '@/lib/course/checks';
import { MY_WEB_APP, MY_WEB_SERVICE } from '@/lib/course/lab-files';
import { predict, set, type, wrong } from '@/lib/course/lab-steps';
import type { CheckResult, Lab, World } from '@/lib/course/types';
import { LEARNER_VERSIONS } from '@/lib/kube/versions';

const SERVICE = 'default/my-web-service';
const endpoints = (world: World): number => readyEndpoints(world, SERVICE).length;

// Task scale: an outcome in the cluster, however the learner came to it.
const scaled = (world: World): CheckResult =>
  expect(endpoints(world) === 2, 'check.endpoints', { have: endpoints(world), want: 2 });

export const lab: Lab = {
  id: '${id}',
  versions: LEARNER_VERSIONS,
  start: [
    { name: 'deployment.yaml', text: MY_WEB_APP },
    { name: 'service.yaml', text: MY_WEB_SERVICE.en, translations: { zh: MY_WEB_SERVICE.zh } },
  ],
  // The number of the right option, from 0, in lab.*.yaml.
  predictions: { guess: { correct: 0 } },
  tasks: [
    {
      id: 'scale',
      check: (w) =>
        all(
          () => scaled(w),
          () => expect(predicted(w, 'guess'), 'check.prediction'),
        ),
      state: scaled,
      mistakes: [{ id: 'scaled-to-zero', when: (w) => endpoints(w) === 0 }],
    },
  ],
  solution: {
    scale: [predict('guess', 0), set('deployment.yaml', 'spec.replicas', 2)],
  },
  otherWays: [
    {
      name: 'in the terminal',
      solution: {
        scale: [predict('guess', 0), type('control', 'kubectl scale deployment my-web-app --replicas=2')],
      },
    },
  ],
  wrong: [
    wrong(
      'scale',
      'scaled-to-zero',
      'leaves no replica',
      predict('guess', 0),
      set('deployment.yaml', 'spec.replicas', 0),
    ),
  ],
};
`;
