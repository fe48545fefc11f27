// `prisma generate` runs no schema engine, yet the CLI would first download one, which fails
// wherever only the npm registry is reachable. Any executable in its place satisfies the check.
if (process.argv.includes('generate')) {
  process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= process.execPath;
}

export default {
  schema: 'prisma/schema.prisma',
  migrations: { path: 'prisma/migrations' },
  datasource: { url: process.env.DATABASE_URL ?? '' },
};
