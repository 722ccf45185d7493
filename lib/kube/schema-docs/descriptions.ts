// The English sentences as the API server's OpenAPI documents carry them: what `kubectl explain` prints.
import type { Descriptions } from '@/lib/kube/api/openapi/descriptions';
import { fieldDoc, typeDoc } from './explain';

export const englishDescriptions: Descriptions = {
  type: (go) => typeDoc(go)?.en,
  field: (go, name) => fieldDoc(go, name)?.en,
};
