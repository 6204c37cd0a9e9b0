/** The exact commands that repeat a check without these pages. */
export const proofFileName = (index: number): string => `entry-${index}.tlog-proof`;

export const proveEntryCommand = (index: number, key: string): string =>
  `custody log prove ${index} > ${proofFileName(index)}\ncustody-verify ${proofFileName(index)} --key '${key}'`;

/** The same command, folded for a narrow column; what is copied is the one above. */
export const shownCommand = (index: number, key: string): string =>
  `custody log prove ${index} \\\n  > ${proofFileName(index)}\ncustody-verify ${proofFileName(index)} \\\n  --key '${key}'`;
