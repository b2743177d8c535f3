import { Directory } from '../contracts/directory.ts';
import { Storage } from '../contracts/storage.ts';
import { definePlugin, type Plugin } from '../kernel/definePlugin.ts';
import { createPhone, Phone } from './resolve.ts';

/** Phone resolution as a part of the engine. */
export const phonePlugin: Plugin = definePlugin({
  name: 'askpro/phone',
  apiVersion: 1,
  requires: { directory: Directory, storage: Storage },
  provides: [Phone],
  setup({ provide }, { directory, storage }) {
    provide(Phone, createPhone(directory, storage));
  },
});
