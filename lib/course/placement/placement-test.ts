// The placement test of stage 1: eight questions. Five are worked out by a simulated cluster drawn by lot, three are always the same,
// with their options in another order.
import type { Random } from '@/lib/core/random';
import { callQuestion } from './call-question';
import { newDraw, pod, shuffled } from './draw';
import { endpointsQuestion } from './endpoints-question';
import { nameQuestion } from './name-question';
import { portQuestion } from './port-question';
import { reachQuestion } from './reach-question';
import type { Question } from './types';

const APPS = ['cart', 'search', 'login', 'orders', 'photos', 'mail', 'stock', 'prices', 'basket', 'users'];

/** Questions that need no cluster; the right option is named first. */
const FIXED = [
  { id: 'stays', lesson: '1.1' },
  { id: 'notReady', lesson: '1.3' },
  { id: 'headless', lesson: '1.5' },
] as const;

export function placementTest(seed: number): readonly Question[] {
  const draw = newDraw(seed);
  draw.apply(pod({ name: 'client', image: 'curl' }));
  const [a = '', b = '', c = '', d = '', e = ''] = shuffled(draw.random, APPS);
  const [stays, notReady, headless] = FIXED.map((fixed) => fixedQuestion(draw.random, fixed));
  return [
    stays,
    endpointsQuestion(draw, a),
    notReady,
    callQuestion(draw, b),
    portQuestion(draw, c),
    reachQuestion(draw, d),
    headless,
    nameQuestion(draw, e),
  ].filter((question) => question !== undefined);
}

function fixedQuestion(random: Random, { id, lesson }: (typeof FIXED)[number]): Question {
  const words = ['right', 'wrong1', 'wrong2', 'wrong3'].map((option) => `${id}.${option}`);
  const options = shuffled(random, words);
  return {
    id,
    lesson,
    code: id,
    why: `${id}Why`,
    params: {},
    options: options.map((word) => ({ word })),
    correct: options.indexOf(words[0] ?? ''),
    computed: false,
  };
}
