// All areas of one language. A page sends an area to the browser only if it names it.
import { chainView } from './chain-view';
import { changes } from './changes';
import { common } from './common';
import { course } from './course';
import { editor } from './editor';
import { flow } from './flow';
import { glossary } from './glossary';
import { home } from './home';
import { journey } from './journey';
import { keys } from './keys';
import { lesson } from './lesson';
import { map } from './map';
import { objects } from './objects';
import { order } from './order';
import { packet } from './packet';
import { placement } from './placement';
import { problems } from './problems';
import { rules } from './rules';
import { scale } from './scale';
import { search } from './search';
import { task } from './task';
import { terminal } from './terminal';
import { trace } from './trace';
import { watch } from './watch';
import { workbench } from './workbench';

export const zh = {
  chainView,
  changes,
  common,
  course,
  editor,
  flow,
  glossary,
  home,
  journey,
  keys,
  lesson,
  map,
  objects,
  order,
  packet,
  placement,
  problems,
  rules,
  scale,
  search,
  task,
  terminal,
  trace,
  watch,
  workbench,
};
