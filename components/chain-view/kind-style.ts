// The colour of each kind of chain, the same everywhere: tokens of app/globals.css. Set as --kind on the element.
import type { CSSProperties } from 'react';
import type { LaidKind } from './layout-types';

const TOKEN: Readonly<Record<LaidKind, string>> = {
  hook: '--hook',
  services: '--services',
  svc: '--svc',
  svl: '--ext',
  ext: '--ext',
  fw: '--ext',
  sep: '--sep',
  map: '--services',
  set: '--services',
  pod: '--pod',
  masq: '--mark',
  reject: '--reject',
  drop: '--drop',
  fold: '--ink-3',
  others: '--ink-3',
};

type WithKind = CSSProperties & { readonly '--kind': string };

export const kindStyle = (kind: LaidKind, more: CSSProperties = {}): WithKind => ({
  '--kind': `var(${TOKEN[kind]})`,
  ...more,
});
