/** Whether a model's write was refused by a unique key; databases let this one error through as it is. */
export const isUniqueConstraintError = (error: unknown): boolean =>
  error instanceof Error && error.name === 'SequelizeUniqueConstraintError';
