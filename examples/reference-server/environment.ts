import { z } from 'zod';

/** What the environment may say; every variable may be left out. */
const variables = z.object({
  PORT: z
    .string()
    .regex(/^\d{1,5}$/, 'must be a port number')
    .transform(Number)
    .refine((port) => port <= 65_535, 'must be at most 65535')
    .default(3000),
  HOST: z.string().min(1, 'must be an address of this machine; 0.0.0.0 to be reached from others').default('127.0.0.1'),
  ASKPRO_DATA_DIR: z.string().min(1, 'must be a folder').default('.askpro'),
  ASKPRO_DATABASE: z.string().min(1, 'must be the path of a file, or the address of a server').optional(),
  ASKPRO_SECRET: z
    .string()
    .min(32, 'must have at least 32 random characters, like `openssl rand -base64 48`')
    .optional(),
  RETELL_API_KEY: z.string().min(8, 'must be the API key of the Retell account that sends the webhooks').optional(),
});

/** The settings of the host. */
export interface Settings {
  /** 0: any free one. */
  readonly port: number;
  readonly host: string;
  /** Demo keys, and the database where none is named. */
  readonly dataDir: string;
  /** File or address; left out: a file in the folder. */
  readonly database: string | undefined;
  /** Signs offers; left out: the demo's own. */
  readonly secret: string | undefined;
  /** Signs the voice provider's webhooks; left out: the demo's own. */
  readonly retellApiKey: string | undefined;
}

/** Reads the environment; one line for each variable that is wrong, without its value. */
export function readEnvironment(
  env: Readonly<Record<string, string | undefined>>,
): { readonly ok: true; readonly settings: Settings } | { readonly ok: false; readonly errors: readonly string[] } {
  // An empty variable is how shells and compose files leave one out.
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const read = variables.safeParse(given);
  if (!read.success)
    return { ok: false, errors: read.error.issues.map(({ path, message }) => `${path.join('.')} ${message}`) };
  const { PORT, HOST, ASKPRO_DATA_DIR, ASKPRO_DATABASE, ASKPRO_SECRET, RETELL_API_KEY } = read.data;
  const settings = { port: PORT, host: HOST, dataDir: ASKPRO_DATA_DIR, database: ASKPRO_DATABASE };
  return { ok: true, settings: { ...settings, secret: ASKPRO_SECRET, retellApiKey: RETELL_API_KEY } };
}
