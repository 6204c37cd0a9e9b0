/** What a role may do. */
import type { Role } from '../event/event.ts';

export const ROLES = ['admin', 'engineer', 'officer', 'auditor'] as const satisfies readonly Role[];

export type Right = 'read' | 'ingest' | 'manage-tokens';

const RIGHTS: Readonly<Record<Role, readonly Right[]>> = {
  admin: ['read', 'ingest', 'manage-tokens'],
  engineer: ['read', 'ingest'],
  officer: ['read'],
  auditor: ['read'],
};

export const may = (role: Role, right: Right): boolean => RIGHTS[role].includes(right);

export const rolesWith = (right: Right): readonly Role[] => ROLES.filter((role) => may(role, right));
