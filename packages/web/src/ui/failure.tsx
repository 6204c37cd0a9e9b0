import type { RequestError } from '../api/request-error.ts';
import { Icon } from './icon.tsx';

/** Why something is not here, and what to do. What was typed or shown before stays where it is. */
export function Failure({ error, onRetry }: { readonly error: RequestError; readonly onRetry?: () => void }) {
  return (
    <div className="failure" role="alert">
      <span className="c-bad">
        <Icon name="bad" />
      </span>
      <div>
        <h2>{error.title}</h2>
        {error.message && <p>{error.message}</p>}
        {error.remedy && <p className="ink3">{error.remedy}</p>}
        {onRetry && (
          <button type="button" className="btn sm" onClick={onRetry}>
            Try again
          </button>
        )}
      </div>
    </div>
  );
}
