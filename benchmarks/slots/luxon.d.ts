/** What the peer's own documentation sets of the library it brings. */
declare module 'luxon' {
  export const Settings: { defaultZone: string };
}
