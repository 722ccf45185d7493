// kubectl create poddisruptionbudget: k8s.io/kubectl pkg/cmd/create/create_pdb.go.
import { Failure } from '../run/errors';
import { metaOf, type Generator } from './generator';

/** `2` is a number of Pods, `50%` a share. */
const amount = (text: string): number | string => (/^\d+$/.test(text) ? Number(text) : text);

const PERCENT = /^[0-9]+%$/;

export const budgetGenerator: Generator = {
  failure: 'failed to create poddisruptionbudgets',
  make: (k, name) => {
    const { flags } = k;
    const [selector, least, most] = [
      flags.text('selector'),
      flags.text('min-available'),
      flags.text('max-unavailable'),
    ];
    if (selector === '') throw new Failure('a selector must be specified');
    if (least === '' && most === '')
      throw new Failure('one of min-available or max-unavailable must be specified');
    if (least !== '' && most !== '')
      throw new Failure('min-available and max-unavailable cannot be both specified');
    const wrong = [least, most].find((text) => text !== '' && !/^\d+$/.test(text) && !PERCENT.test(text));
    if (wrong !== undefined)
      throw new Failure(`invalid format specified for ${least === '' ? 'max-unavailable' : 'min-available'}`);
    const matchLabels = Object.fromEntries(
      selector.split(',').map((pair) => {
        const at = pair.indexOf('=');
        if (at < 0) throw new Failure(`unable to parse selector: ${pair}`);
        return [pair.slice(0, at), pair.slice(at + 1).replace(/^=/, '')];
      }),
    );
    return {
      kind: 'PodDisruptionBudget',
      apiVersion: 'policy/v1',
      metadata: metaOf(k, name),
      spec: {
        ...(least === '' ? {} : { minAvailable: amount(least) }),
        selector: { matchLabels },
        ...(most === '' ? {} : { maxUnavailable: amount(most) }),
      },
      status: { disruptionsAllowed: 0, currentHealthy: 0, desiredHealthy: 0, expectedPods: 0 },
    };
  },
};
