// Three ways through the course. Each is an order of lessons for one kind of work; nothing is locked, whatever one chooses.
import type { PathId } from './path-ids';
import type { Lang } from './types';

type Words = Readonly<Record<Lang, string>>;

export interface CoursePath {
  readonly id: PathId;
  readonly title: Words;
  /** Why these lessons, and in this order: one sentence. */
  readonly reason: Words;
  /** Ids, in the order in which they are taken. */
  readonly lessons: readonly string[];
}

const ids = (text: string): readonly string[] => text.split(' ');

export const PATHS: readonly CoursePath[] = [
  {
    id: 'operator',
    title: { zh: '运维', en: 'Operator' },
    reason: {
      zh: '先会写、会查、会修一个 Service，再学改动时怎样不丢请求；各种模式怎么选，先不讲。',
      en: 'Write, check and mend a Service first, then change it without losing requests; how the modes compare is left out.',
    },
    lessons: ids('1.1 1.2 1.3 1.4 1.5 1.6 2.1 2.3 4.2 4.3 3.1 3.4 5.1 5.2'),
  },
  {
    id: 'architect',
    title: { zh: '架构师', en: 'Architect' },
    reason: {
      zh: '选模式、定流量策略要靠原理和边界，所以先从控制面走到内核，再看规模、来源 IP 和安全。',
      en: 'To choose a mode and a traffic policy takes how they work and where they end, so it goes from the control plane to the kernel, then to scale, source IPs and security.',
    },
    lessons: ids('1.1 1.2 1.3 1.5 2.1 2.2 2.3 2.4 2.5 2.6 2.7 2.8 3.1 3.2 3.3 3.5 3.6 4.6 5.1 5.3 5.4'),
  },
  {
    id: 'sre',
    title: { zh: 'SRE', en: 'SRE' },
    reason: {
      zh: '先读懂规则和包，马上在坏掉的集群上用起来，再学生产环境会坏在哪里、指标怎么看。',
      en: 'Read rules and packets, use them at once on broken clusters, then learn where production breaks and which metric says so.',
    },
    lessons: ids('1.1 1.2 1.3 1.4 1.6 2.1 2.2 2.3 2.4 4.2 4.3 2.5 2.7 3.1 3.4 3.5 4.1 4.4 4.6 4.5 5.4 5.5'),
  },
];

export const pathById = (id: PathId | null): CoursePath | undefined => PATHS.find((path) => path.id === id);
