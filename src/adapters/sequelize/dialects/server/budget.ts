import { rows, runLater } from '../../program.ts';
import type { PoolSettings } from './pool.ts';
import type { Wire } from './wire.ts';

/** What a server holds for everybody together. */
export interface ServerLimits {
  /** Connections, without those that it keeps for its operators. */
  readonly connections: number;
  /** Prepared statements over all connections; null where only memory limits them. */
  readonly preparedStatements: number | null;
}

const number = (value: number): string => value.toLocaleString('en');

/** What a server cannot hold of what its processes may come to ask for, in words for its operator. */
export function beyondBudget(name: string, pool: PoolSettings, limits: ServerLimits): readonly string[] {
  const { max, processes, preparedStatements } = pool;
  const connections = processes * max;
  const statements = connections * preparedStatements;
  const told = `${number(processes)} process${processes === 1 ? '' : 'es'} with ${number(max)} connections each`;
  const beyond: string[] = [];
  if (connections > limits.connections) {
    beyond.push(
      `${name} takes ${number(limits.connections)} connections, and ${told} may want ${number(connections)}:` +
        ` raise max_connections, or lower connections.max to ${number(Math.floor(limits.connections / processes))}.`,
    );
  }
  if (limits.preparedStatements !== null && statements > limits.preparedStatements) {
    beyond.push(
      `${name} holds ${number(limits.preparedStatements)} prepared statements, and ${told} may want` +
        ` ${number(statements)}: raise max_prepared_stmt_count, or lower connections.preparedStatements to` +
        ` ${number(Math.floor(limits.preparedStatements / connections))}. What finds no room is sent unprepared, which is slower.`,
    );
  }
  return beyond;
}

/** Asks a server what it holds, and tells where that is too little. A server that does not say is believed to be right. */
export async function tellBudget<Connection>(
  connection: Connection,
  wire: Wire<Connection>,
  name: string,
  pool: PoolSettings,
): Promise<void> {
  const [row] = await runLater(rows(wire.limits, []), (step) => wire.answer(connection, step)).catch(
    (error: unknown) => {
      if (wire.isConnectionLost(error)) throw error;
      return [];
    },
  );
  if (row === undefined) return;
  const [connections = null, statements = null] = row;
  const limits = {
    connections: Number(connections),
    preparedStatements: statements === null ? null : Number(statements),
  };
  for (const told of beyondBudget(name, pool, limits)) warn(told);
}

/** Tells an operator something that does not keep the engine from working. */
export const warn = (text: string): void =>
  process.emitWarning(text, { type: 'AskproWarning', code: 'ASKPRO_STORAGE' });
