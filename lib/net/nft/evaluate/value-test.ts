// Whether a value read from a packet is one that a rule or an element names: an address, prefix or range, a port or range of ports,
// an interface, a name.
import { addressOf } from '@/lib/net/routing/address';
import { intervalOf } from '../intervals';

export type ValueTest = (value: string) => boolean;

export function valueTest(text: string): ValueTest {
  const ports = /^(\d+)-(\d+)$/.exec(text);
  if (ports) {
    const [first, last] = [Number(ports[1]), Number(ports[2])];
    return (value) => Number(value) >= first && Number(value) <= last;
  }
  if (text.endsWith('*')) {
    const prefix = text.slice(0, -1);
    return (value) => value.startsWith(prefix);
  }
  const interval = /[/-]/.test(text) ? intervalOf(text) : undefined;
  if (!interval) return (value) => value === text;
  const isV6 = text.includes(':');
  return (value) => {
    const address = addressOf(value);
    if (!address || (address.family === 'IPv6') !== isV6) return false;
    return address.value >= interval.first && address.value <= interval.last;
  };
}

/** The parts of a concatenation: "10.0.0.1 . tcp . 80". */
export function partsTest(text: string): ValueTest {
  const parts = text.split(' . ');
  const [only] = parts;
  if (parts.length === 1 && only !== undefined) return valueTest(only);
  const tests = parts.map(valueTest);
  return (value) => {
    const values = value.split(' . ');
    return values.length === tests.length && tests.every((test, i) => test(values[i] ?? ''));
  };
}
