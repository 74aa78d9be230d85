import type { CampusPerson } from './people.ts';

/** The page that asks who signs in, by a click. @param action where the form goes */
export function loginPage(action: string, people: readonly CampusPerson[]): string {
  const buttons = people.map(
    ({ sub, name, groups }) =>
      `<button name="sub" value="${sub}">${name}<small>${groups.join(', ')}</small></button>`,
  );
  return page(
    'Campus sign-in',
    `<p>This provider is for trying things out. Who are you?</p>
<form method="post" action="${action}">
${buttons.join('\n')}
<button name="sub" value="">Cancel</button>
</form>`,
  );
}

/** The page that asks whether to sign out here too. @param form the provider's, without a button */
export function logoutPage(form: string): string {
  return page(
    'Campus sign-out',
    `<p>Sign out of the campus too?</p>
${form}
<button form="op.logoutForm" name="logout" value="yes">Sign out</button>
<button form="op.logoutForm">Stay signed in</button>`,
  );
}

function page(title: string, content: string): string {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${title} (demo)</title>
<style>
body { font: 1.1rem/1.5 system-ui, sans-serif; max-width: 28rem; margin: 4rem auto; padding: 0 1rem; }
button { display: block; width: 100%; margin: 0.75rem 0; padding: 0.75rem 1rem; font: inherit; text-align: left; cursor: pointer; }
small { display: block; color: #555; }
</style>
<h1>${title}</h1>
${content}
</html>
`;
}
