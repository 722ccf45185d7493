// The worker's side of the workbench. Real time is only used here: to measure, and to notice that the learner stopped typing.
import { expose } from 'comlink';
import type { Lab } from '@/lib/course/types';
import { WorkbenchEngine, type FindLab } from './engine';
import type { Workbench } from './protocol';

/** A pause in typing this long ends the burst (ms). */
const COMMIT_AFTER_MS = 1200;

/** Only the lab that is opened is loaded. The bundler wants the fixed part of the path in sight. */
const findLab: FindLab = async (id, folder = '') => {
  const [stage, lesson] = folder.split('/').slice(-2);
  const { lab } = (await import(`@/content/stages/${stage}/${lesson}/lab`)) as { readonly lab: Lab };
  return lab.id === id ? lab : undefined;
};

const engine = new WorkbenchEngine(() => performance.now(), findLab);
let idle: ReturnType<typeof setTimeout> | undefined;

const api: Workbench = {
  open: (request) => engine.open(request),
  edit(file, text) {
    clearTimeout(idle);
    idle = setTimeout(() => engine.commit(), COMMIT_AFTER_MS);
    return engine.edit(file, text);
  },
  focus: (focus) => engine.focus(focus),
  searchServices: (query, limit) => engine.searchServices(query, limit),
  locate: (origin) => engine.locate(origin),
  rulesAt: (file, line, column) => engine.rulesAt(file, line, column),
  inspect: (question) => engine.inspect(question),
  consult: (question) => engine.consult(question),
  predict: (question, answer) => engine.predict(question, answer),
  answer: (question, answer) => engine.answer(question, answer),
  click: (target) => engine.click(target),
  shell: (terminal, line) => engine.shell(terminal, line),
  pass: (until) => engine.pass(until),
  clock: (move) => engine.clock(move),
  complete: (terminal, text, cursor) => engine.complete(terminal, text, cursor),
  consoles: (query, limit) => engine.consoles(query, limit),
  undo: () => engine.undo(),
  redo: () => engine.redo(),
  digest: () => engine.digest(),
  reset: (task) => engine.reset(task),
  solve: (task) => engine.solve(task),
};

expose(api);
