import { describe, expect, it } from 'vitest';
import { PersonalData } from './personal-data.ts';
import { PersonalDataRegistry } from './personal-data-registry.ts';

class Notes extends PersonalData {
  readonly erased: string[] = [];

  constructor(
    registry: PersonalDataRegistry,
    name: string,
    private readonly fault?: Error,
  ) {
    super(registry, name);
  }

  override erase(userId: string): Promise<void> {
    if (this.fault) return Promise.reject(this.fault);
    this.erased.push(userId);
    return Promise.resolve();
  }

  override exported(userId: string) {
    return Promise.resolve({ [this.name]: [{ userId }] });
  }
}

describe('the personal data of a service', () => {
  it('is erased feature by feature, those after one that fails too', async () => {
    const registry = new PersonalDataRegistry();
    new Notes(registry, 'first', new Error('away'));
    const second = new Notes(registry, 'second');
    await expect(registry.erase('usr_1', 0)).rejects.toThrow('away');
    expect(second.erased).toEqual(['usr_1']);
  });

  it('is erased twice, for what was under way the first time', async () => {
    const registry = new PersonalDataRegistry();
    const notes = new Notes(registry, 'notes');
    await registry.erase('usr_1', 0);
    expect(notes.erased).toEqual(['usr_1', 'usr_1']);
  });

  it('is exported as one', async () => {
    const registry = new PersonalDataRegistry();
    new Notes(registry, 'first');
    new Notes(registry, 'second');
    expect(await registry.exported('usr_1')).toEqual({
      first: [{ userId: 'usr_1' }],
      second: [{ userId: 'usr_1' }],
    });
  });

  it('refuses two features of one name', () => {
    const registry = new PersonalDataRegistry();
    new Notes(registry, 'notes');
    expect(() => registry.addData(new Notes(new PersonalDataRegistry(), 'notes'))).toThrow('notes');
  });
});
