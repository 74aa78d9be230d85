/** What node is started with in the stack and in the images, for apps that are measured in processes of their own. */
export const asDeployed = [
  '--max-old-space-size=256',
  '--max-semi-space-size=32',
  '--single-threaded-gc',
  '--no-allocation-site-pretenuring',
];
