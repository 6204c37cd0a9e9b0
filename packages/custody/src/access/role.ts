/** What a role may do. */
import type { Role } from '../event/event.ts';

export const ROLES = ['admin', 'engineer', 'officer', 'auditor'] as const satisfies readonly Role[];

export type Right = 'read' | 'ingest' | 'decide' | 'publish' | 'release' | 'manage-tokens';

const RIGHTS: Readonly<Record<Role, readonly Right[]>> = {
  admin: ['read', 'ingest', 'decide', 'publish', 'release', 'manage-tokens'],
  engineer: ['read', 'ingest', 'decide'],
  officer: ['read', 'decide', 'publish', 'release'],
  auditor: ['read'],
};

export const may = (role: Role, right: Right): boolean => RIGHTS[role].includes(right);

export const rolesWith = (right: Right): readonly Role[] => ROLES.filter((role) => may(role, right));
