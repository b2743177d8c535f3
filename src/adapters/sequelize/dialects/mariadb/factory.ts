import type { StorageFactory } from '../../../../adapter.ts';
import type { Dialect } from '../../dialect.ts';
import { sequelizeFactory } from '../../factory.ts';
import { mariadbSettings } from './options.ts';
import type { MariadbOptions } from './options.ts';

/** Storage on a MariaDB server. Not yet part of the published entry. */
export function mariadb(urlOrOptions: string | MariadbOptions): StorageFactory {
  const settings = mariadbSettings(urlOrOptions);
  const dialect = async (): Promise<Dialect> => (await import('./dialect.ts')).mariadbDialect(settings);
  return sequelizeFactory(settings.name, dialect);
}
