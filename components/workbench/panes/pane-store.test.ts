import { expect, test } from 'vitest';
import { toggleFolded, withSize } from './layout-state';
import { PaneStore } from './pane-store';

function keeper(text: string | null = null) {
  let kept = text;
  return {
    getItem: () => kept,
    setItem: (_: string, value: string) => void (kept = value),
    text: () => kept,
  };
}

test('a layout survives the page', () => {
  const storage = keeper();
  const first = new PaneStore();
  first.load(storage);
  first.change((layout) => withSize(layout, '--low-h', 300));
  first.change((layout) => toggleFolded(layout, 'packet'));
  const second = new PaneStore();
  second.load(storage);
  expect(second.getView()).toMatchObject({ sizes: { '--low-h': 300 }, folded: ['packet'] });
});

test('storage that throws costs nothing but the memory', () => {
  const closed = {
    getItem: () => {
      throw new Error('closed');
    },
    setItem: () => {
      throw new Error('full');
    },
  };
  const store = new PaneStore();
  store.load(closed);
  store.change((layout) => toggleFolded(layout, 'packet'));
  expect(store.getView().folded).toEqual(['packet']);
});

test('showing a pane brings it to the front and unfolds it', () => {
  const store = new PaneStore();
  store.load(keeper('{"folded":["views"]}'));
  store.show('views');
  expect(store.getView()).toMatchObject({ front: 'views', folded: [] });
});
