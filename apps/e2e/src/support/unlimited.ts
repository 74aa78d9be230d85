/** Rate limits off: a test asks for more in a second than one caller may. */
export const unlimited = {
  RATE_LIMIT_USER_PER_SECOND: '0',
  RATE_LIMIT_ADDRESS_PER_SECOND: '0',
  RATE_LIMIT_CLIENT_PER_SECOND: '0',
  RATE_LIMIT_SIGN_IN_PER_SECOND: '0',
};
