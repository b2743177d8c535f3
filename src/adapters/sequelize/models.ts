import type { Model, ModelAttributes, ModelStatic, Sequelize } from 'sequelize';

/** A stored row as a plain object, named by its columns. */
export type StoredRow = Record<string, unknown>;

/** A table as Sequelize sees it. */
export type Table = ModelStatic<Model<StoredRow, StoredRow>>;

type ColumnKind = 'id' | 'long' | 'int' | 'text';

/** Columns by table; a `!` marks those of the primary key. Flags are integers and JSON is text in every dialect. */
const columns = {
  companies:
    'company_id!:id company_key name time_zone locale country grain_minutes:int policies active:int revision:int',
  branches: 'company_id!:id id!:id branch_key name time_zone address schedule_id:id rules active:int position:int',
  phone_numbers:
    'company_id!:id id!:id e164 branch_id:id default_service_id:id default_resource_id:id active:int position:int',
  agents: 'company_id!:id agent_id! branch_id:id active:int position:int',
  api_keys: 'company_id!:id id!:id name prefix hash managed:int active:int position:int',
  schedules:
    'company_id!:id id!:id schedule_key time_zone weekly overrides valid_from valid_to rules active:int position:int',
  resources:
    'company_id!:id id!:id resource_key name kind branch_id:id schedule_id:id time_off capacity:int rules active:int position:int',
  services:
    'company_id!:id id!:id service_key name duration_minutes:int step_minutes:int buffer_before_minutes:int' +
    ' buffer_after_minutes:int buffers_within_hours:int grid notice_minutes:int horizon_days:int price_minor:long' +
    ' price_currency rules active:int position:int',
  service_resources: 'company_id!:id service_id!:id position!:int resource_id:id',
  documents: 'company_id!:id collection! id! content version:int',
  document_indexes: 'company_id!:id collection! name! content! document_id!',
} as const;

/** A table that is reached through its model. */
export type TableName = keyof typeof columns;

/** All models of one connected Sequelize. */
export type Models = Readonly<Record<TableName, Table>>;

/**
 * Defines the models of everything that is not on the hot path.
 * @param id - the type of columns that hold an id
 */
export function defineModels(
  sequelize: Sequelize,
  types: typeof import('sequelize').DataTypes,
  id: ModelAttributes[string],
): Models {
  const kinds: Record<ColumnKind, ModelAttributes<Model>[string]> = {
    id,
    long: types.BIGINT,
    int: types.INTEGER,
    text: types.TEXT,
  };
  const define = (name: TableName): Table => {
    const attributes: ModelAttributes<Model<StoredRow, StoredRow>> = {};
    for (const column of columns[name].split(' ')) {
      const [key = '', kind = 'text'] = column.split(':');
      attributes[key.replace('!', '')] = { type: kinds[kind as ColumnKind] as string, primaryKey: key.endsWith('!') };
    }
    return sequelize.define(name, attributes, { tableName: name, timestamps: false, freezeTableName: true });
  };
  return Object.fromEntries((Object.keys(columns) as TableName[]).map((name) => [name, define(name)])) as Record<
    TableName,
    Table
  >;
}
