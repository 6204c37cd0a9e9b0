export function postgresFolder(): string | null;
export const HOW_TO_GET_POSTGRES: string;
export function startPostgres(
  settings?: Readonly<Record<string, string | number>>,
): Promise<{ readonly url: string; readonly port: number; stop(): void }>;
