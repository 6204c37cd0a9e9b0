import { Link } from '@tanstack/react-router';
import { figure } from '../text/wording.ts';

/** The evidence behind a figure: an entry of the log. */
export function EntryLink({ index, bare = false }: { readonly index: number; readonly bare?: boolean }) {
  return (
    <Link to="/entries" search={{ entry: index }} className="inline-link nowrap">
      {bare ? figure(index) : `entry ${figure(index)}`}
    </Link>
  );
}
