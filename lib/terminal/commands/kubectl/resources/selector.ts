// Label selectors that kubectl itself evaluates (apply -l, set -l with files).
import { Failure } from '../run/errors';

/** Do the labels match the selector? */
export function labelsMatch(selector: string, labels: Readonly<Record<string, string>> = {}): boolean {
  if (selector.trim() === '') return true;
  return splitTerms(selector).every((term) => termMatches(term.trim(), labels));
}

function splitTerms(selector: string): readonly string[] {
  const terms: string[] = [''];
  let depth = 0;
  for (const c of selector) {
    if (c === '(') depth++;
    if (c === ')') depth--;
    if (c === ',' && depth === 0) terms.push('');
    else terms[terms.length - 1] += c;
  }
  return terms;
}

function termMatches(term: string, labels: Readonly<Record<string, string>>): boolean {
  const set = /^([\w./-]+)\s+(in|notin)\s+\(([^)]*)\)$/.exec(term);
  if (set) {
    const [, key = '', operator, list = ''] = set;
    const has = list.split(',').some((v) => v.trim() === labels[key]);
    return operator === 'in' ? has : !has;
  }
  const equal = /^([\w./-]+)\s*(==|!=|=)\s*([\w.-]*)$/.exec(term);
  if (equal) {
    const [, key = '', operator, value = ''] = equal;
    return operator === '!=' ? labels[key] !== value : labels[key] === value;
  }
  if (/^![\w./-]+$/.test(term)) return labels[term.slice(1)] === undefined;
  if (/^[\w./-]+$/.test(term)) return labels[term] !== undefined;
  throw new Failure(`unable to parse requirement: found '${term}'`);
}
