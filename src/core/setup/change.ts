/** One difference between the document and what is stored. */
export interface Change {
  readonly action: 'create' | 'update' | 'deactivate' | 'reactivate' | 'delete';
  /** Where in the document's terms: `companies.salon-mitte.services.haircut`, or a whole list whose order changes. */
  readonly path: string;
  /** The fields that differ, of an update. */
  readonly fields: readonly string[];
}
