import '@xyflow/react/dist/base.css';
import './lineage.css';
import { useSearch } from '@tanstack/react-router';
import { AllView } from './all-view.tsx';
import { BlastView } from './blast-view.tsx';
import { DifferenceView } from './difference-view.tsx';
import { LineagePicker } from './lineage-picker.tsx';
import { PathView } from './path-view.tsx';

export function LineagePage() {
  const place = useSearch({ from: '/lineage' });
  const { asset } = place;
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
