// A lesson that does not exist (yet). It is rendered without its address, so it speaks both languages.
import { NotFoundText } from '@/components/shell/NotFoundText';

export default function NotFound() {
  return <NotFoundText />;
}
