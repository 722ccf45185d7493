'use client';
// The figure of the discovery flow. Its script comes only with lessons that have it.
import dynamic from 'next/dynamic';

const FlowFigure = dynamic(async () => (await import('./FlowFigure')).FlowFigure);
const Bar = dynamic(async () => (await import('./StepBar')).StepBar);

export function DiscoveryFlow() {
  return <FlowFigure />;
}

export function FlowStep() {
  return <Bar />;
}
