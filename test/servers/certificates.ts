import { spawnSync } from 'node:child_process';
import { chownSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { canInstall, isPresent } from './installed.ts';
import type { Account } from './installed.ts';

/** A certificate and its key, as files and as texts. */
export interface Certificate {
  readonly certFile: string;
  readonly keyFile: string;
  readonly cert: string;
  readonly key: string;
}

/** An authority of this test run alone, and what it has signed. */
export interface Authority {
  readonly caFile: string;
  readonly ca: string;
  /** Signs a certificate for those names, such as `DNS:db.test,IP:127.0.0.1`. @param owner - may alone read its key */
  sign(names: string, owner?: Account): Certificate;
  remove(): void;
}

/** Whether certificates can be made here. */
export const canMakeCertificates = (): boolean => canInstall(() => isPresent('openssl'), ['openssl']);

function openssl(...flags: readonly string[]): void {
  const { status, stderr } = spawnSync('openssl', flags, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`openssl ${flags.join(' ')} failed: ${stderr}`);
}

const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'] as const;

/** Makes an authority whose certificates hold for a day. */
export function makeAuthority(name: string): Authority {
  const folder = mkdtempSync(join(tmpdir(), 'askpro-certificates-'));
  const path = (file: string): string => join(folder, file);
  const [caFile, caKey] = [path('ca.pem'), path('ca.key')];
  openssl('req', '-x509', ...newKey, '-keyout', caKey, '-out', caFile, '-days', '1', '-subj', `/CN=${name}`);
  let signed = 0;
  return {
    caFile,
    ca: readFileSync(caFile, 'utf8'),
    sign(names, owner) {
      const number = ++signed;
      const [certFile, keyFile, asked, extension] = ['pem', 'key', 'csr', 'txt'].map((end) => path(`${number}.${end}`));
      if (certFile === undefined || keyFile === undefined || asked === undefined || extension === undefined)
        throw new TypeError('four files are needed');
      writeFileSync(extension, `subjectAltName=${names}\n`);
      openssl('req', ...newKey, '-keyout', keyFile, '-out', asked, '-subj', `/CN=${number}.of.${name}`);
      const by = ['-CA', caFile, '-CAkey', caKey, '-set_serial', String(number)];
      openssl('x509', '-req', '-in', asked, ...by, '-days', '1', '-extfile', extension, '-out', certFile);
      const texts = { cert: readFileSync(certFile, 'utf8'), key: readFileSync(keyFile, 'utf8') };
      // The server runs as somebody else, who enters no folder of root's.
      if (owner !== undefined) for (const file of [folder, keyFile]) chownSync(file, owner.uid, owner.gid);
      return { certFile, keyFile, ...texts };
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
