export { useMDXComponents } from '@/components/lesson/mdx-components';
