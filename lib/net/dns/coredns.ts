// CoreDNS as kubeadm configures it: kubernetes for cluster.local and reverse names, forward for the rest. A CNAME's target is looked up
// too (plugin/pkg/upstream).
import type { ApiReader } from '@/lib/kube/api/types';
import { clusterAnswer } from './cluster-zone';
import type { Answer, Question } from './message';
import { outsideAnswer } from './outside';

const LONGEST_CHAIN = 8;

/** The answer of a CoreDNS Pod of this cluster. `now` in ms. */
export function corednsAnswer(question: Question, api: ApiReader, now: number, depth = 0): Answer {
  const own = clusterAnswer(question, api, now);
  if (!own) return outsideAnswer(question);
  const [first] = own.answers;
  if (first?.type !== 'CNAME' || question.type === 'CNAME' || depth >= LONGEST_CHAIN) return own;
  const target = corednsAnswer({ name: first.data, type: question.type }, api, now, depth + 1);
  return { ...own, answers: [...own.answers, ...target.answers], additional: target.additional };
}
