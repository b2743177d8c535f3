/** The statements of a script. One that has parts has an end of its own there, which is for a client and not for a driver. */
export const statementsIn = (sql: string): readonly string[] =>
  sql
    .replace(/^DELIMITER \/\/\n(.*) \/\/\nDELIMITER ;$/gm, '$1;')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('--'));
