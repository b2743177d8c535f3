import type { SchemaEditor } from '../schema.ts';

/** A step of the schema, written once for all dialects. */
export interface Migration {
  /** Begins with its number: `0001-first`. The numbers rise without gaps. */
  readonly name: string;
  up(schema: SchemaEditor): Promise<void>;
  down(schema: SchemaEditor): Promise<void>;
  /** What is gone for good once it is taken back. Left out: nothing. */
  readonly loses?: string;
}
