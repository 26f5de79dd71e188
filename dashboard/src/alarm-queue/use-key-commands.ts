import type { KeyCommand } from './key-command.ts';
import { belongsElsewhere, keyCommand } from './key-command.ts';
import { useDocumentKeys } from './use-document-keys.ts';

/** Answers `true` if the command was meant for this page: then the browser does nothing else with the key. */
export function useKeyCommands(carryOut: (command: KeyCommand) => boolean): void {
  useDocumentKeys((event) => {
    const command = keyCommand(event);
    if (command === undefined || event.defaultPrevented || belongsElsewhere(event.target, document)) return;
    const isOnControl = event.target instanceof HTMLElement && event.target.closest('a, button') !== null;
    if (command === 'open' && isOnControl) return;
    if (carryOut(command)) event.preventDefault();
  });
}
