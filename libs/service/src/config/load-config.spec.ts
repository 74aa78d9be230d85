import { describe, expect, it } from 'vitest';
import { ConfigError, loadConfig } from './load-config.ts';
import { flag, listOf, serviceConfig } from './service-config.ts';
import { z } from 'zod';

const good = {
  PORT: '3001',
  MANAGEMENT_PORT: '9001',
  KAFKA_BROKERS: '127.0.0.1:9092, 127.0.0.1:9093',
  REDIS_URL: 'redis://127.0.0.1:6379/0',
  JWKS_URL: 'http://127.0.0.1:3000/.well-known/jwks.json',
  SERVICE_TOKEN_SECRET: 's'.repeat(32),
  CURSOR_SECRET: 'c'.repeat(32),
};

function faultOf(work: () => unknown): ConfigError {
  try {
    work();
  } catch (error) {
    if (error instanceof ConfigError) return error;
  }
  throw new Error('The configuration was taken.');
}

describe('loadConfig', () => {
  it('reads numbers, lists and defaults', () => {
    expect(loadConfig(serviceConfig, good)).toMatchObject({
      PORT: 3001,
      HOST: '127.0.0.1',
      KAFKA_BROKERS: ['127.0.0.1:9092', '127.0.0.1:9093'],
      TABLE_PREFIX: 'registrar_',
    });
  });

  it('names every fault at once and repeats no value', () => {
    const bad = { ...good, PORT: 'seven', REDIS_URL: undefined, CURSOR_SECRET: 'too-short' };
    const { message } = faultOf(() => loadConfig(serviceConfig, bad));
    expect(message).toContain('PORT');
    expect(message).toContain('REDIS_URL is missing');
    expect(message).toContain('CURSOR_SECRET: must have at least 32 characters');
    expect(message).not.toContain('too-short');
  });

  it('takes an empty variable as absent', () => {
    expect(loadConfig(serviceConfig, { ...good, HOST: '' }).HOST).toBe('127.0.0.1');
  });

  it('knows the campus: its name, its zone and its languages', () => {
    expect(loadConfig(serviceConfig, good)).toMatchObject({
      CAMPUS_NAME: 'Registrar',
      CAMPUS_TIME_ZONE: 'UTC',
      CAMPUS_LOCALES: ['en', 'de'],
    });
    const own = {
      CAMPUS_NAME: ' Example University ',
      CAMPUS_TIME_ZONE: 'America/New_York',
      CAMPUS_LOCALES: 'pt-br, EN',
    };
    expect(loadConfig(serviceConfig, { ...good, ...own })).toMatchObject({
      CAMPUS_NAME: 'Example University',
      CAMPUS_TIME_ZONE: 'America/New_York',
      CAMPUS_LOCALES: ['pt-BR', 'en'],
    });
  });

  it.each([
    ['CAMPUS_TIME_ZONE', 'Mars/Olympus_Mons'],
    ['CAMPUS_TIME_ZONE', '+05:00'],
    ['CAMPUS_TIME_ZONE', '05:00'],
    ['CAMPUS_LOCALES', 'en, not a language'],
    ['GRADES', 'A,B,A|F'],
    ['GRADES', '1,2,3|5'],
    ['PASS_MARK', '101'],
    ['CAMPUS_LOCALES', ','],
    ['CAMPUS_NAME', ' '],
    ['GRADES', 'A,B,A|F'],
    ['GRADES', '|F'],
    ['GRADES', 'A,B|F|G'],
    ['GRADES', 'A,P|F'],
    ['GRADES', '100,90|0'],
    ['GRADES', 'A B,C'],
    ['PASS_MARK', '101'],
    ['PASS_MARK', '-1'],
    ['PASS_MARK', '49.5'],
    ['PASS_MARK', 'half'],
  ])('refuses to start with %s=%s', (name, value) => {
    const { faults } = faultOf(() => loadConfig(serviceConfig, { ...good, [name]: value }));
    expect(faults.join()).toMatch(new RegExp(`^${name}`));
  });

  it('knows the grades of the campus, and says what a list of them is', () => {
    const defaults = { GRADES: 'A+,A,A-,B+,B,B-,C+,C,C-,D+,D,D-|F', PASS_MARK: 50 };
    expect(loadConfig(serviceConfig, good)).toMatchObject(defaults);
    const own = { GRADES: '1,2,3,4|5', PASS_MARK: '60' };
    expect(() => loadConfig(serviceConfig, { ...good, ...own })).toThrow(
      'GRADES: Grades are a list such as "A,B,C|F": each once, best first, no "P" and no number.',
    );
    const letters = { GRADES: 'HD,D,CR|N', PASS_MARK: '60' };
    expect(loadConfig(serviceConfig, { ...good, ...letters })).toMatchObject({ ...letters, PASS_MARK: 60 });
  });

  it('reads flags and refuses what is neither', () => {
    const schema = z.object({ ON: flag, LIST: listOf(z.string()) });
    expect(loadConfig(schema, { ON: 'off', LIST: 'a,,b' })).toEqual({ ON: false, LIST: ['a', 'b'] });
    expect(() => loadConfig(schema, { ON: 'perhaps', LIST: ' , ' })).toThrow(ConfigError);
  });
});
