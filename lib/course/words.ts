// The words of a lab (lab.zh.yaml, lab.en.yaml): read, and held against the lab they belong to.
import { parse } from 'yaml';
import { err, ok, type Result } from '@/lib/core/result';
import type { Lab, LabWords } from './types';

type Fields = Readonly<Record<string, unknown>>;
const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isText = (value: unknown): value is string => typeof value === 'string' && value.trim() !== '';
const isTexts = (value: unknown): value is readonly string[] => Array.isArray(value) && value.every(isText);

/** The words in a file's text, or what is wrong with it, one sentence each. */
export function parseLabWords(file: string, text: string): Result<LabWords, readonly string[]> {
  let value: unknown;
  try {
    value = parse(text);
  } catch (error) {
    return err([`${file}: ${error instanceof Error ? error.message : 'not YAML'}`]);
  }
  const faults = shapeFaults(value).map((fault) => `${file}: ${fault}`);
  return faults.length > 0 ? err(faults) : ok(value as LabWords);
}

function shapeFaults(value: unknown): string[] {
  if (!isFields(value)) return ['not a mapping'];
  const faults: string[] = [];
  for (const name of ['title', 'goal']) if (!isText(value[name])) faults.push(`${name} is missing`);
  for (const [id, task] of entries(value, 'tasks', faults)) {
    if (!isFields(task) || !isText(task['title']) || !isText(task['text']))
      faults.push(`tasks.${id} needs title and text`);
    if (!isFields(task) || !isTexts(task['hints']) || task['hints'].length !== 3)
      faults.push(`tasks.${id} needs three hints`);
  }
  for (const group of ['mistakes', 'reasons'])
    for (const [id, sentence] of entries(value, group, faults))
      if (!isText(sentence)) faults.push(`${group}.${id} is not a sentence`);
  for (const [id, box] of entries(value, 'predictions', faults))
    if (
      !isFields(box) ||
      !isText(box['question']) ||
      !isText(box['explain']) ||
      !isTexts(box['options']) ||
      box['options'].length < 2
    )
      faults.push(`predictions.${id} needs question, explain and two options or more`);
  for (const [id, order] of value['orders'] === undefined ? [] : entries(value, 'orders', faults))
    if (!isOrder(order))
      faults.push(`orders.${id} needs question, explain and three different items or more`);
  for (const [id, journey] of value['journeys'] === undefined ? [] : entries(value, 'journeys', faults))
    if (!isFields(journey) || !isText(journey['question']) || !isText(journey['explain']))
      faults.push(`journeys.${id} needs question and explain`);
  return faults;
}

const isOrder = (value: unknown): boolean =>
  isFields(value) &&
  isText(value['question']) &&
  isText(value['explain']) &&
  isTexts(value['items']) &&
  value['items'].length >= 3 &&
  new Set(value['items']).size === value['items'].length;

function entries(value: Fields, group: string, faults: string[]): [string, unknown][] {
  const fields = value[group];
  if (isFields(fields)) return Object.entries(fields);
  faults.push(`${group} is missing`);
  return [];
}

/** What the words lack for a lab, or have too much of. */
export function wordsFaults(lab: Lab, words: LabWords): readonly string[] {
  const mistakes = lab.tasks.flatMap((t) => t.mistakes ?? []).map((m) => m.id);
  const faults = [
    ...difference(
      'task',
      lab.tasks.map((t) => t.id),
      Object.keys(words.tasks),
    ),
    ...difference('mistake', mistakes, Object.keys(words.mistakes)),
    ...difference('prediction', Object.keys(lab.predictions ?? {}), Object.keys(words.predictions)),
    ...difference('journey', Object.keys(lab.journeys ?? {}), Object.keys(words.journeys ?? {})),
    ...difference('order', Object.keys(lab.orders ?? {}), Object.keys(words.orders ?? {})),
  ];
  for (const [id, { correct }] of Object.entries(lab.predictions ?? {})) {
    const options = words.predictions[id]?.options.length ?? 0;
    if (correct >= options)
      faults.push(`prediction ${id}: option ${correct} is the correct one, and there are ${options}`);
  }
  for (const [id, { correct }] of Object.entries(lab.orders ?? {})) {
    const items = words.orders?.[id]?.items ?? [];
    const places = correct.toSorted((a, b) => a - b);
    if (places.length !== items.length || places.some((place, i) => place !== i))
      faults.push(`order ${id}: the right order does not name each of its ${items.length} items once`);
    if (correct.every((place, i) => place === i))
      faults.push(`order ${id}: its items are offered in the right order already`);
  }
  return faults;
}

function difference(what: string, wanted: readonly string[], given: readonly string[]): string[] {
  const missing = wanted.filter((id) => !given.includes(id)).map((id) => `${what} ${id} has no words`);
  return [
    ...missing,
    ...given.filter((id) => !wanted.includes(id)).map((id) => `${what} ${id} is not in the lab`),
  ];
}
