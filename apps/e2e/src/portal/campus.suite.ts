import type { System } from '@registrar/stack';
import type { Browser, Page } from 'playwright-core';
import { describe, it } from 'vitest';
import { Client, password } from '../support/client.ts';
import { Visitor } from './visitor.ts';

const byCampus = (page: Page) => page.getByRole('link', { name: /^Sign in with/ });
const account = (page: Page) => page.getByRole('button', { name: 'Account' });

async function signOut(page: Page): Promise<void> {
  await account(page).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
}

/** Sign-in by a real provider, in a browser. The system runs with the local one. */
export function describeCampusSignIn(running: () => { system: System; browser: Browser }): void {
  async function withPage(path: string, work: (page: Page) => Promise<void>): Promise<void> {
    const { system, browser } = running();
    const visitor = await Visitor.open(browser, system.gatewayUrl);
    try {
      await work(await visitor.page(path));
    } finally {
      await visitor.close();
    }
  }

  describe('somebody whom the campus knows', () => {
    it('signs in by it, comes to the page that was asked for, and signs out at both', async () => {
      await withPage('/sign-in?returnTo=/enrollments', async (page) => {
        await byCampus(page).click();
        await page.getByRole('button', { name: /^Casey Campus/ }).click();
        await page.waitForURL('**/enrollments');
        await account(page).waitFor();
        await page.reload();
        await account(page).waitFor();
        await signOut(page);
        await page.getByRole('button', { name: 'Sign out', exact: true }).click();
        await page.waitForURL('**/sign-in**');
        await byCampus(page).click();
        await page.getByRole('button', { name: /^Casey Campus/ }).waitFor();
      });
    });

    it('links it to an account with a password, and signs in to that account by it', async () => {
      const student = await Client.newStudent(running().system.gatewayUrl);
      await withPage('/sign-in?returnTo=/account', async (page) => {
        await page.getByRole('textbox', { name: 'Email' }).fill(student.user.email);
        await page.getByLabel('Password').fill(password);
        await page.getByRole('button', { name: 'Sign in', exact: true }).click();
        await page.getByRole('button', { name: /^Link / }).click();
        await page.getByRole('button', { name: /^Indra Campus/ }).click();
        await page.waitForURL('**/account');
        await page.getByText(/linked since/).waitFor();
      });
      await withPage('/sign-in?returnTo=/account', async (page) => {
        await byCampus(page).click();
        await page.getByRole('button', { name: /^Indra Campus/ }).click();
        await page.waitForURL('**/account');
        await page.getByText(student.user.email).waitFor();
        await page.getByRole('button', { name: /^Remove / }).waitFor();
      });
    });

    it('is told why where they did not want to', async () => {
      await withPage('/sign-in', async (page) => {
        await byCampus(page).click();
        await page.getByRole('button', { name: 'Cancel' }).click();
        await page.getByRole('alert').getByText('did not sign you in').waitFor();
      });
    });
  });
}
