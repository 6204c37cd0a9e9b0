import '@xyflow/react/dist/base.css';
import './lineage.css';
import { useSearch } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import type { LineagePlace } from '../place.ts';
import { announce } from '../ui/announcer.tsx';
import { AllView } from './all-view.tsx';
import { BlastView } from './blast-view.tsx';
import { DifferenceView } from './difference-view.tsx';
import { LineagePicker } from './lineage-picker.tsx';
import { PathView } from './path-view.tsx';

export function LineagePage() {
  const place = useSearch({ from: '/lineage' });
  const { asset } = place;
  useChangeOfView(asset, place.show);
  if (asset === undefined) return <LineagePicker />;
  switch (place.show) {
    case 'blast':
      return <BlastView asset={asset} place={place} />;
    case 'difference':
      return <DifferenceView asset={asset} place={place} />;
    case 'path':
      return <PathView asset={asset} place={place} />;
    case undefined:
      return <AllView asset={asset} place={place} />;
  }
}

/**
 * Another view of the same asset is no other page for the router: it is announced here, and the focus, which went with
 * the view before, is given to the button that names this one.
 */
function useChangeOfView(asset: string | undefined, show: LineagePlace['show']): void {
  const before = useRef({ asset, show });
  useEffect(() => {
    const was = before.current;
    before.current = { asset, show };
    if (was.asset !== asset || was.show === show) return;
    if (document.activeElement === document.body) {
      document.querySelector<HTMLElement>('[data-show][aria-pressed=true]')?.focus({ preventScroll: true });
    }
    // The view sets its title in an effect of its own.
    const timer = setTimeout(() => announce(document.title.replace(' · Custody', '')), 150);
    return () => clearTimeout(timer);
  }, [asset, show]);
}
