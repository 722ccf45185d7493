import { describe, expect, test } from 'vitest';
import {
  DEFAULT_LAYOUT,
  foldOf,
  inSight,
  PANES,
  parseLayout,
  toggleFolded,
  toggleMaximised,
  withSize,
  type PaneLayout,
} from './layout-state';

const folded = (...panes: PaneLayout['folded']): PaneLayout => ({ ...DEFAULT_LAYOUT, folded: panes });

describe('the layout of the panes', () => {
  test('what the browser kept comes back as it was', () => {
    const layout = withSize(toggleFolded(DEFAULT_LAYOUT, 'packet'), '--lesson-w', 333);
    expect(parseLayout(JSON.stringify(layout))).toEqual(layout);
  });

  test.each([
    ['null', DEFAULT_LAYOUT],
    ['{', DEFAULT_LAYOUT],
    ['[]', DEFAULT_LAYOUT],
    [
      '{"sizes":{"--lesson-w":"400px","--evil":3},"folded":"x","maximised":7,"tab":"metrics"}',
      DEFAULT_LAYOUT,
    ],
    ['{"sizes":{"--lesson-w":1e9}}', { ...DEFAULT_LAYOUT, sizes: { '--lesson-w': 720 } }],
    [JSON.stringify({ folded: PANES }), DEFAULT_LAYOUT],
    ['{"folded":["editor","nothing"]}', folded('editor')],
  ])('garbage in storage is left out: %s', (text, layout) => {
    expect(parseLayout(text)).toEqual(layout);
  });

  test('the last open pane cannot be folded', () => {
    const four = folded('lesson', 'editor', 'views', 'terminal');
    expect(toggleFolded(four, 'packet')).toBe(four);
  });

  test('a folded pane is a strip beside its neighbour, and a bar when its whole row is folded', () => {
    expect(foldOf(folded('terminal'), 'terminal')).toBe('strip');
    expect(foldOf(folded('terminal', 'packet'), 'terminal')).toBe('bar');
    expect(foldOf(folded('lesson'), 'lesson')).toBe('strip');
    expect(foldOf(folded('lesson'), 'editor')).toBe('open');
  });

  test('maximising unfolds; folding the maximised pane gives the others back', () => {
    const large = toggleMaximised(folded('editor'), 'editor');
    expect(large).toMatchObject({ maximised: 'editor', folded: [] });
    expect(toggleFolded(large, 'editor')).toMatchObject({ maximised: null, folded: ['editor'] });
    expect(toggleMaximised(large, 'editor').maximised).toBeNull();
  });

  test('a pane that is called for comes into sight', () => {
    expect(inSight(folded('views'), 'views').folded).toEqual([]);
    expect(inSight(toggleMaximised(DEFAULT_LAYOUT, 'editor'), 'views').maximised).toBeNull();
    expect(inSight(toggleMaximised(DEFAULT_LAYOUT, 'views'), 'views').maximised).toBe('views');
  });
});
