/**
 * Prisma's schema engine as WebAssembly: the part of the Prisma CLI that compares schemas and
 * histories, without the native engine that the CLI would download. For development and tests.
 */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PrismaPg } from '@prisma/adapter-pg';
import {
  bindMigrationAwareSqlAdapterFactory,
  ColumnTypeEnum,
  type SqlDriverAdapter,
  type SqlMigrationAwareDriverAdapterFactory,
} from '@prisma/driver-adapter-utils';
import type { MigrationList, SchemaEngine } from '@prisma/schema-engine-wasm';
import pg from 'pg';
import { MIGRATIONS_DIR, type Migration } from '../migrations.ts';

const SCHEMA_FILE = fileURLToPath(new URL('../../../prisma/schema.prisma', import.meta.url));

/** Node has it; the type libraries without a browser's do not. */
const { WebAssembly: wasm } = globalThis as unknown as {
  WebAssembly: {
    instantiate(
      bytes: Uint8Array,
      imports: object,
    ): Promise<{ instance: { exports: { __wbindgen_start(): void } } }>;
  };
};

const NO_FILTER = { externalTables: [], externalEnums: [] };

export interface SchemaTools {
  /** The SQL that leads from where these migrations end to schema.prisma; '' where they agree. */
  difference(migrations: readonly Migration[]): Promise<string>;
  /** What Prisma's engine thinks of this database's history. */
  diagnose(migrations: readonly Migration[]): ReturnType<SchemaEngine['diagnoseMigrationHistory']>;
  close(): Promise<void>;
}

/** Opens the engine on a throw-away server: the shadow databases that it makes are left there. */
export async function openSchemaTools(url: string): Promise<SchemaTools> {
  const schema = { files: [{ path: SCHEMA_FILE, content: await readFile(SCHEMA_FILE, 'utf8') }] };
  const pools: pg.Pool[] = [];
  const engine = await loadEngine(
    schema.files.map(({ path, content }) => [path, content]),
    catalogAdapter(url, pools),
  );
  return {
    async difference(migrations) {
      const { stdout } = await engine.diff({
        from: { tag: 'migrations', ...migrationList(migrations) },
        to: { tag: 'schemaDatamodel', ...schema },
        script: true,
        exitCode: null,
        filters: NO_FILTER,
      });
      const sql = stdout ?? '';
      return sql.trim() === '-- This is an empty migration.' ? '' : sql;
    },
    async diagnose(migrations) {
      return engine.diagnoseMigrationHistory({
        migrationsList: migrationList(migrations),
        optInToShadowDatabase: false,
        filters: NO_FILTER,
      });
    },
    async close() {
      await Promise.all(pools.map((pool) => pool.end()));
    },
  };
}

async function loadEngine(
  datamodels: [string, string][],
  adapter: SqlMigrationAwareDriverAdapterFactory,
): Promise<SchemaEngine> {
  // The package's entry imports its .wasm as bundlers do, which Node does not.
  const glue = await import('@prisma/schema-engine-wasm/schema_engine_bg');
  const folder = dirname(createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm'));
  const bytes = await readFile(join(folder, 'schema_engine_bg.wasm'));
  const { instance } = await wasm.instantiate(bytes, { './schema_engine_bg.js': glue });
  glue.__wbg_set_wasm(instance.exports);
  instance.exports.__wbindgen_start();
  return glue.SchemaEngine.new(
    { datamodels },
    () => {},
    bindMigrationAwareSqlAdapterFactory(adapter),
  );
}

const PG_CHAR = 18;
const PG_TEXT = 25;
const CHAR_MARK = '"char" ';

/**
 * Prisma's adapter, able to read the catalogue's `"char"` columns: it has no type for them, and the
 * engine wants them as characters. The client marks such a column by its name, the adapter's result
 * gets the type.
 */
function catalogAdapter(url: string, pools: pg.Pool[]): SqlMigrationAwareDriverAdapterFactory {
  const { hostname, port, username, password, pathname } = new URL(url);
  // As parts, since the shadow database would lose its name to a connection string.
  const factory = new PrismaPg({
    host: hostname,
    port: Number(port),
    user: decodeURIComponent(username),
    password: decodeURIComponent(password),
    database: pathname.slice(1),
    Client: CatalogClient,
  });
  const keep = (adapter: Awaited<ReturnType<typeof factory.connect>>) => {
    const pool = adapter.underlyingDriver();
    pool.on('error', () => {});
    pools.push(pool);
    // Its own would drop the database while still connected to it.
    adapter.dispose = async () => {};
    // Its own would take a function's body apart at each semicolon.
    adapter.executeScript = async (script) => void (await pool.query(script));
    return withCharacters(adapter);
  };
  return {
    provider: factory.provider,
    adapterName: factory.adapterName,
    connect: async () => keep(await factory.connect()),
    connectToShadowDb: async () => keep(await factory.connectToShadowDb()),
  };
}

class CatalogClient extends pg.Client {
  constructor(config?: pg.ClientConfig) {
    super(config);
    this.connection.prependListener('rowDescription', ({ fields }: { fields: pg.FieldDef[] }) => {
      for (const field of fields) {
        if (field.dataTypeID !== PG_CHAR) continue;
        field.dataTypeID = PG_TEXT;
        field.name = CHAR_MARK + field.name;
      }
    });
  }
}

function withCharacters(adapter: SqlDriverAdapter): SqlDriverAdapter {
  const queryRaw = adapter.queryRaw.bind(adapter);
  adapter.queryRaw = async (query) => {
    const result = await queryRaw(query);
    result.columnNames.forEach((name, index) => {
      if (!name.startsWith(CHAR_MARK)) return;
      result.columnNames[index] = name.slice(CHAR_MARK.length);
      result.columnTypes[index] = ColumnTypeEnum.Character;
    });
    return result;
  };
  return adapter;
}

function migrationList(migrations: readonly Migration[]): MigrationList {
  return {
    baseDir: MIGRATIONS_DIR,
    lockfile: { path: 'migration_lock.toml', content: 'provider = "postgresql"\n' },
    shadowDbInitScript: '',
    migrationDirectories: migrations.map(({ name, sql }) => ({
      path: name,
      migrationFile: { path: 'migration.sql', content: { tag: 'ok', value: sql } },
    })),
  };
}
