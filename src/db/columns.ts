import { Prisma } from './generated/client.ts';

/**
 * The columns of a table (or its alias) by the names of their fields, `person."time_zone" AS "timeZone"`, for plain SQL
 * that brings rows as Prisma does: that costs a third of the processor time. `prefix` tells those of one row apart.
 */
export function columnsOf(table: string, fields: readonly string[], prefix = ''): Prisma.Sql {
  const columns = fields.map((field) => `${table}."${snakeCase(field)}" AS "${prefix}${field}"`);
  return Prisma.raw(columns.join(', '));
}

/** The same as one JSON object: of a table whose rows are a part of another's. */
export function jsonOf(table: string, fields: readonly string[]): Prisma.Sql {
  const parts = fields.map((field) => `'${field}', ${table}."${snakeCase(field)}"`);
  return Prisma.raw(`json_build_object(${parts.join(', ')})`);
}

const snakeCase = (field: string) =>
  field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
