// Which areas of messages a page sends to the browser.
import { CATALOGUES, type Area, type Catalogue } from './catalogue';
import type { Locale } from './locales';

/** The named areas in one language, ready to be a property of MessagesProvider. */
export function areasOf(locale: Locale, names: readonly Area[]): Partial<Catalogue> {
  return Object.fromEntries(names.map((name) => [name, CATALOGUES[locale][name]]));
}
