/** Server-sent events: the log says that it has grown. The browser reconnects by itself; only a refusal ends it. */
import type { LogNews } from './answers.ts';

const TRY_AGAIN_MS = 15_000;

/** Calls `heard` with each piece of news; returns how to stop. */
export function listenToLog(heard: (news: LogNews) => void): () => void {
  let source: EventSource | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const open = () => {
    source = new EventSource('/custody/v1/events');
    source.addEventListener('log', ({ data }: MessageEvent<string>) => heard(JSON.parse(data) as LogNews));
    source.addEventListener('error', () => {
      if (source?.readyState === EventSource.CLOSED) timer = setTimeout(open, TRY_AGAIN_MS);
    });
  };
  open();
  return () => {
    clearTimeout(timer);
    source?.close();
  };
}
