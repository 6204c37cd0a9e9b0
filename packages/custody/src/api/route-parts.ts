/** What the API's routes are put together from. */
import { z } from '@hono/zod-openapi';
import { Problem } from './contract.ts';

export const json = <S extends z.ZodType>(schema: S, description: string) => ({
  description,
  content: { 'application/json': { schema } },
});
export const problem = (description: string) => ({
  description,
  content: { 'application/problem+json': { schema: Problem } },
});
export const refusals = {
  400: problem('A parameter is wrong'),
  401: problem('Not signed in'),
  403: problem('Not allowed'),
};

export const asOf = {
  at: z.iso
    .datetime({ offset: true })
    .optional()
    .openapi({ description: 'Valid time: what held at this time. Left out: now.', example: '2026-11-12T06:30:00Z' }),
  known: z
    .union([z.iso.datetime({ offset: true }), z.string().regex(/^\d{1,15}$/)])
    .optional()
    .openapi({
      description: 'Known time: a time, or a number of entries. Left out: all that is known.',
      example: '48213',
    }),
};
export const number = (description: string, max: number, fallback: number) =>
  z.coerce.number().int().min(1).max(max).default(fallback).openapi({ description });
