// How a lesson's MDX is drawn: plain elements in the type of the page, and the parts that a lesson may use by name.
import type { MDXComponents } from 'mdx/types';
import type { ComponentProps } from 'react';
import { Act } from './Act';
import { Callout } from './Callout';
import { Check } from './Check';
import { DiscoveryFlow, FlowStep } from './flow/DiscoveryFlow';
import { codeClass } from './Inline';
import { Journey } from './journey/Journey';
import { Backing } from './LazyBacking';
import { LiveRule } from './LiveRule';
import { Order } from './order/Order';
import { Predict } from './Predict';
import { Remember, Sources } from './Remember';
import { ServiceScale } from './scale/LazyServiceScale';
import { slugOf, textOf } from './slug';
import { Task, TaskList } from './TaskList';
import { Term } from '@/components/glossary/Term';
import { Since, Until } from './VersionNote';
import { WatchCost } from './watch/LazyWatchCost';

function Heading2({ children, ...rest }: ComponentProps<'h2'>) {
  const id = slugOf(textOf(children));
  return (
    <h2
      {...rest}
      id={id}
      className="group mt-7 mb-2 scroll-mt-4 text-[17px] leading-snug font-semibold tracking-tight"
    >
      {children} <Anchor id={id} text={textOf(children)} />
    </h2>
  );
}

function Heading3({ children, ...rest }: ComponentProps<'h3'>) {
  const id = slugOf(textOf(children));
  return (
    <h3 {...rest} id={id} className="group mt-5 mb-1.5 scroll-mt-4 text-[15px] leading-snug font-semibold">
      {children} <Anchor id={id} text={textOf(children)} />
    </h3>
  );
}

function Anchor({ id, text }: { id: string; text: string }) {
  return (
    <a
      href={`#${id}`}
      aria-label={text}
      className="text-ink-3 opacity-0 group-hover:opacity-100 focus:opacity-100"
    >
      <span aria-hidden>#</span>
    </a>
  );
}

const components: MDXComponents = {
  h2: Heading2,
  h3: Heading3,
  p: (props) => <p {...props} className="mb-3 text-ink-2" />,
  strong: (props) => <strong {...props} className="font-semibold text-ink" />,
  ul: (props) => <ul {...props} className="mb-3 list-disc space-y-1 pl-5 text-ink-2" />,
  ol: (props) => <ol {...props} className="mb-3 list-decimal space-y-1 pl-5 text-ink-2" />,
  blockquote: (props) => (
    <blockquote {...props} className="mb-3 border-l-4 border-line-strong pl-4 [&>p]:text-ink" />
  ),
  a: ({ children, ...props }: ComponentProps<'a'>) => (
    <a {...props} className="text-accent underline underline-offset-2">
      {children}
    </a>
  ),
  code: (props) => <code {...props} className={codeClass} />,
  pre: (props: ComponentProps<'pre'>) => (
    <pre
      {...props}
      tabIndex={0}
      className="mb-3 overflow-x-auto rounded-md border border-line bg-bg px-3 py-2 text-[12.5px] leading-5 [&>code]:border-0 [&>code]:bg-transparent [&>code]:p-0"
    />
  ),
  table: (props: ComponentProps<'table'>) => (
    <div className="mb-3 overflow-x-auto">
      <table {...props} className="w-full border-collapse text-sm" />
    </div>
  ),
  th: (props) => <th {...props} className="border-b border-line-strong px-2 py-1 text-left font-semibold" />,
  td: (props) => <td {...props} className="border-b border-line px-2 py-1 align-top text-ink-2" />,
  hr: () => <hr className="my-6 border-line" />,
  Act,
  Backing,
  Callout,
  Check,
  DiscoveryFlow,
  FlowStep,
  Journey,
  LiveRule,
  Order,
  Predict,
  Remember,
  Since,
  ServiceScale,
  Sources,
  Task,
  TaskList,
  Term,
  Until,
  WatchCost,
};

/** What next/mdx asks of the project's root (mdx-components.tsx). */
export const useMDXComponents = (): MDXComponents => components;
