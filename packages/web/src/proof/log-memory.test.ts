import { describe, expect, it } from 'vitest';
import { forgetVisit, lastVisit, readAlarm, readMemory, writeAlarm, writeMemory, type Keeper } from './log-memory.ts';

function keeper(): Keeper {
  const values = new Map<string, string>();
  return {
    getItem: (name) => values.get(name) ?? null,
    setItem: (name, value) => void values.set(name, value),
    removeItem: (name) => void values.delete(name),
  };
}

const memory = {
  key: 'k',
  size: 10,
  root: 'r',
  note: 'n',
  verifiedAt: '2026-11-20T00:00:00.000Z',
  trustedSince: '2026-11-01T00:00:00.000Z',
};

describe('the memory of the log', () => {
  it('comes back as it was written, and can be forgotten', () => {
    const here = keeper();
    expect(readMemory(here)).toBeNull();
    writeMemory(here, memory);
    expect(readMemory(here)).toEqual(memory);
    writeMemory(here, null);
    expect(readMemory(here)).toBeNull();
  });
  it('keeps an alarm until it is put away', () => {
    const here = keeper();
    const alarm = { kind: 'shrunk', at: 'now', before: memory, key: 'k', note: 'n', consistency: null } as const;
    writeAlarm(here, alarm);
    expect(readAlarm(here)).toEqual(alarm);
    writeAlarm(here, null);
    expect(readAlarm(here)).toBeNull();
  });
  it('is nothing where storage is refused or spoilt, and that is no error', () => {
    const refused: Keeper = {
      getItem: () => {
        throw new Error('denied');
      },
      setItem: () => {
        throw new Error('denied');
      },
      removeItem: () => {
        throw new Error('denied');
      },
    };
    writeMemory(refused, memory);
    expect(readMemory(refused)).toBeNull();
    expect(readMemory({ ...keeper(), getItem: () => '{"half' })).toBeNull();
  });
});

describe('since your visit', () => {
  it('counts from the checkpoint of the visit before, however often the page reloads', () => {
    const [tab, here] = [keeper(), keeper()];
    writeMemory(here, memory);
    expect(lastVisit(tab, here)).toEqual({ size: 10, verifiedAt: memory.verifiedAt });
    writeMemory(here, { ...memory, size: 25 });
    expect(lastVisit(tab, here)?.size).toBe(10);
  });
  it('is nothing on the first visit, and stays so for the life of the tab', () => {
    const [tab, here] = [keeper(), keeper()];
    expect(lastVisit(tab, here)).toBeNull();
    writeMemory(here, memory);
    expect(lastVisit(tab, here)).toBeNull();
    forgetVisit(tab);
    expect(lastVisit(tab, here)?.size).toBe(10);
  });
});
